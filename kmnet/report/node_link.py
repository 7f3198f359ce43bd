"""Node-link pictures of a moment: what to draw, and a small SVG writer.

The positions come from the map, so that the report and the map show the same picture. A picture of 120 people is about
20 KB. :mod:`kmnet.report.figures` paints the same :class:`Drawing` for the PNG.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax import saxutils

import numpy as np
from numpy.typing import NDArray

from kmnet.network.exchange import clean
from kmnet.network.network import Network
from kmnet.report import style
from kmnet.report import words as w
from kmnet.report.name_spots import Placed, placed
from kmnet.report.reading import Reading

WIDTH, HEIGHT, MARGIN, LINE = 520.0, 430.0, 16.0, 17.0
MOST = 1500
"""Above so many people a picture of persons is a hairball; the map then opens on organisations."""
ORDER = ("kept", "tie", "cannot_tell", "dissolved", "formed")
"""Tie states from the bottom of the picture to its top."""


Legend = Sequence[tuple[str, style.Symbol, int]]
"""Groups of people with their symbol and their number."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture ready to be painted, in points with the origin at the top left.

    ``place`` is (n, 2), ``radius`` (n,); ``ties`` holds (from, to) positions by state; ``names`` the few that are
    written; ``groups`` the legend; ``weights`` the number of ties that each line of ties["tie"] stands for, where a line
    stands for several; ``floor`` where the drawing ends and its legend begins.
    """

    title: str
    alt: str
    height: float
    place: NDArray[np.float64]
    radius: NDArray[np.float64]
    symbols: Sequence[style.Symbol]
    ties: Mapping[str, NDArray[np.int64]]
    names: Mapping[int, str]
    groups: Legend
    weights: NDArray[np.float64] | None = None
    floor: float = HEIGHT + 22


def line(state: str) -> style.Line:
    """How a tie in a state is drawn."""
    return style.TIES.get(state, style.TIE)


def drawing(
    reading: Reading,
    network: Network,
    positions: Mapping[str, tuple[float, float]],
    states: Mapping[tuple[str, str], str],
    *,
    title: str,
    top: float,
) -> Drawing:
    """What to draw of one moment.

    Parameters
    ----------
    positions : mapping of id to (x, y)
        Where people stand, in any unit; all moments share it.
    states : mapping of (id, id) to str
        What became of a pair between the moments; pairs that are not in it are plain ties.
    top : float
        The largest betweenness of all moments: the largest symbol.
    """
    place = _fit(positions, network.ids)
    groups = [reading.roles.get(i, "") for i in network.ids]
    symbols = [reading.symbols.get(g, style.UNSTATED) for g in groups]
    size = _bridging(reading, network)
    gap = math.sqrt((WIDTH - 2 * MARGIN) * (HEIGHT - 2 * MARGIN) / max(network.n, 1))
    small, large = max(1.6, min(3.6, gap * 0.14)), max(3.2, min(9.0, gap * 0.36))
    radius = small + (large - small) * np.sqrt(np.clip(size / top if top else size * 0, 0, 1))
    ties: dict[str, list[tuple[int, int]]] = {}
    first, second = network.pairs
    for i, j in zip(first.tolist(), second.tolist()):
        ties.setdefault(states.get((network.ids[i], network.ids[j]), "tie"), []).append((i, j))
    counts = {g: groups.count(g) for g in dict.fromkeys(groups)}
    legend = _legend(reading, counts)
    named = np.argsort(-size, kind="stable")[:6].tolist() if reading.results.share == "inside" else []
    lines = math.ceil(len(legend) / 2) + math.ceil(len(ties) / 2)
    return Drawing(
        title=title,
        alt=_alt(title, network, ties, legend),
        height=HEIGHT + 22 + LINE * lines + 8,
        place=place + np.array([0.0, 22.0]),
        radius=radius,
        symbols=symbols,
        ties={s: np.array(ties[s], dtype=np.int64) for s in ORDER if s in ties},
        names={i: reading.label(network.ids[i]) for i in named if size[i] > 0},
        groups=legend,
    )


def group_drawing(
    network: Network, positions: Mapping[str, tuple[float, float]], labels: Mapping[str, str], title: str
) -> Drawing:
    """What to draw where groups stand in place of people: every symbol is a group and carries its name."""
    first, second = network.pairs
    linked = w.many(len(first), "pair of groups is linked", "pairs of groups are linked")
    names = [labels.get(i, i) for i in network.ids]
    top = _fit(positions, [*positions])[:, 1]  # of all moments: few groups leave room above and below
    place = _fit(positions, network.ids) * np.array([0.72, 0.9]) + np.array([0.0, 46.0 - 0.9 * top.min()])
    floor = 46.0 + 0.9 * float(top.max() - top.min()) + 24.0
    return Drawing(
        title=title,
        alt=f"{title}: {linked} among {w.listing(names)}.",
        height=floor + 2 * LINE + 8,
        place=place,
        radius=np.full(network.n, 8.0),
        symbols=[style.ORGANISATION] * network.n,
        ties={"tie": np.column_stack([first, second])} if len(first) else {},
        names=dict(enumerate(names)),
        groups=(),
        weights=_between(network, first, second),
        floor=floor,
    )


def _between(network: Network, first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.float64]:
    """Ties between the two groups of each pair."""
    held: dict[tuple[int, int], float] = {}
    for i, j, n in zip(network.source.tolist(), network.target.tolist(), network.weight.tolist()):
        held[min(i, j), max(i, j)] = held.get((min(i, j), max(i, j)), 0.0) + n
    return np.array([held[pair] for pair in zip(first.tolist(), second.tolist())], dtype=np.float64)


def widths(picture: Drawing) -> NDArray[np.float64]:
    """Line widths where lines stand for several ties: from 1 to 5."""
    weights = np.zeros(0) if picture.weights is None else picture.weights
    return 1 + 4 * np.sqrt(weights / weights.max(initial=1.0))


def _fit(positions: Mapping[str, tuple[float, float]], ids: Sequence[str]) -> NDArray[np.float64]:
    everyone = np.array(list(positions.values()), dtype=np.float64).reshape(-1, 2)
    low, high = everyone.min(axis=0), everyone.max(axis=0)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    wide = np.where(high > low, high - low, 1.0)
    scale = float((room / wide).min())
    here = np.array([positions[i] for i in ids], dtype=np.float64).reshape(-1, 2)
    return MARGIN + (here - low) * scale + (room - (high - low) * scale) / 2


def _bridging(reading: Reading, network: Network) -> NDArray[np.float64]:
    rows = reading.pick(
        "people", network=network.label.network, cohort=network.label.cohort, moment=network.label.moment
    )
    if "betweenness" not in rows.columns:
        return np.zeros(network.n)
    known = {i: w.real(v, 0.0) for i, v in zip(rows["id"], rows["betweenness"])}
    return np.array([known.get(i, 0.0) for i in network.ids])


def largest(reading: Reading, networks: Sequence[Network]) -> float:
    """The largest betweenness of several moments: one scale for all of them."""
    return max((float(_bridging(reading, n).max(initial=0.0)) for n in networks), default=0.0)


def _legend(reading: Reading, counts: Mapping[str, int]) -> Legend:
    own: list[tuple[str, style.Symbol, int]] = []
    rest: list[str] = []
    for group in sorted(counts):
        symbol = reading.symbols.get(group, style.UNSTATED)
        if symbol == style.OTHER:
            rest.append(group)
        else:
            name = style.UNSTATED_NAME if group in ("", "(missing)") else group
            own.append((name, symbol, counts[group]))
    return [*own, *([(style.joined_name(rest), style.OTHER, sum(counts[g] for g in rest))] if rest else [])]


def _alt(title: str, network: Network, ties: Mapping[str, list], legend: Legend) -> str:
    tied = sum(map(len, ties.values()))
    parts = [f"{title}: {w.many(network.n, 'person', 'people')} and {w.many(tied, 'tied pair')}"]
    parts += [f"{len(ties[s])} {line(s).title.lower()}" for s in ORDER if s in ties and s != "tie"]
    parts.append("people by group: " + w.listing(f"{name} {number}" for name, _, number in legend))
    return "; ".join(parts) + "."


def svg(picture: Drawing, name: str, *, bare: bool = False) -> str:
    """The drawing as an SVG element with a title and a description for screen readers.

    Parameters
    ----------
    name : str
        Prefix of the ids, so that several pictures fit on one page.
    bare : bool
        Without the legend, which then stands beside the picture (:func:`legend`).
    """
    height = picture.floor + 4 if bare else picture.height
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc" font-family={saxutils.quoteattr(style.FONT)} font-size="13">',
        f'<title id="{name}-title">{escape(picture.title)}</title>',
        f'<desc id="{name}-desc">{escape(picture.alt)}</desc>',
        f'<text x="{MARGIN:.0f}" y="15" font-weight="bold" font-size="15" fill="{style.INK}">'
        f"{escape(picture.title)}</text>",
    ]
    for state, ends in picture.ties.items():
        look = line(state)
        lines = [
            f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
            for (x1, y1), (x2, y2) in zip(picture.place[ends[:, 0]].tolist(), picture.place[ends[:, 1]].tolist())
        ]
        if picture.weights is not None:
            drawn = [(path, float(wide)) for path, wide in zip(lines, widths(picture))]
        else:
            drawn = [("".join(lines), look.width * (0.7 if len(ends) > 150 else 0.9))]
        for path, wide in drawn:
            out.append(f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{wide:.2f}"{_dash(look)}/>')
    out.append(f'<g stroke="{style.INK}" stroke-width="0.8">')
    for k in np.argsort(-picture.radius, kind="stable").tolist():
        x, y = picture.place[k].tolist()
        out.append(symbol(picture.symbols[k], x, y, float(picture.radius[k])))
    out.append("</g>")
    out += _names(picture)
    out += [] if bare else _key(picture)
    out.append("</svg>")
    return "\n".join(out)


def legend(pictures: Sequence[Drawing]) -> list[tuple[str, str]]:
    """One legend for several moments: (SVG of a symbol or a line, text with the numbers of each moment)."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for picture in pictures:
        moment = picture.title.rsplit(":", 1)[0].lower()
        for name, look, number in picture.groups:
            found.setdefault((_small(symbol(look, 8, 8, 6)), name), []).append((moment, number))
        for state, ends in picture.ties.items():
            look_of = line(state)
            path = f'<path d="M0 8h26" stroke="{look_of.colour}" stroke-width="{look_of.width + 0.4:.1f}"{_dash(look_of)}/>'
            found.setdefault((_small(path, 26), look_of.title), []).append((moment, len(ends)))
    out = []
    for (look_svg, name), held in found.items():
        numbers = {number for _, number in held}
        told = [w.count(n) if len(numbers) == 1 else f"{w.count(n)} {moment}" for moment, n in held]
        out.append((look_svg, f"{name} ({', '.join(dict.fromkeys(told))})"))
    return out


def _small(inner: str, wide: int = 16) -> str:
    return f'<svg width="{wide}" height="16" viewBox="0 0 {wide} 16" aria-hidden="true" stroke="{style.INK}" stroke-width="0.8" fill="none">{inner}</svg>'


def _names(picture: Drawing) -> list[str]:
    names = placed_names(picture)
    out = []
    for colour, wide in ((style.PAPER, 2.6), (style.INK, 0.8)):
        path = "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for _, _, _, lead in names for x1, y1, x2, y2 in lead)
        out += [f'<path d="{path}" stroke="{colour}" stroke-width="{wide}"/>'] if path else []
    return out + [
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="12" fill="{style.INK}"'
        f' stroke="{style.PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
        for x, y, text, _ in names
    ]


def placed_names(picture: Drawing) -> list[Placed]:
    """Where the names of a drawing stand."""
    return placed(picture.place, picture.radius, picture.names, WIDTH, picture.floor)


def key(picture: Drawing) -> list[tuple[style.Symbol | style.Line, float, float, str]]:
    """The legend: symbol or line, left edge, base line and text of each entry, in two columns."""
    groups: list[tuple[style.Symbol | style.Line, str]]
    groups = [(look, f"{_short(name)} ({w.count(number)})") for name, look, number in picture.groups]
    ties: list[tuple[style.Symbol | style.Line, str]]
    ties = [(line(state), f"{line(state).title} ({w.count(len(ends))})") for state, ends in picture.ties.items()]
    if picture.weights is not None and len(picture.weights):
        least, most = w.count(picture.weights.min()), w.count(picture.weights.max())
        between = f"Between two groups: {least} to {most} ties; wider = more"
        ties = [(line("tie"), between if least != most else f"Between two groups: {least} ties each")]
    out: list[tuple[style.Symbol | style.Line, float, float, str]] = []
    y = picture.floor + 10.0
    for block in (groups, ties):
        for k, (look, text) in enumerate(block):
            out.append((look, MARGIN + (WIDTH / 2) * (k % 2), y + LINE * (k // 2), text))
        y += LINE * math.ceil(len(block) / 2)
    return out


def _key(picture: Drawing) -> list[str]:
    out = []
    for look, x, y, text in key(picture):
        if isinstance(look, style.Symbol):
            out.append(f'<g stroke="{style.INK}" stroke-width="0.8">{symbol(look, x + 8, y - 4, 5)}</g>')
        else:
            wide = look.width + 0.4
            path = f"M{x:.0f} {y - 4:.0f}h18"
            out.append(f'<path d="{path}" stroke="{look.colour}" stroke-width="{wide:.1f}"{_dash(look)}/>')
        out.append(f'<text x="{x + 24:.0f}" y="{y:.0f}" fill="{style.INK}">{escape(text)}</text>')
    return out


def escape(text: str) -> str:
    """Text for an SVG: no markup, and no control sign, which XML cannot hold."""
    return saxutils.escape(clean(text))


def _dash(look: style.Line) -> str:
    return f' stroke-dasharray="{" ".join(f"{d:g}" for d in look.dash)}"' if look.dash else ""


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27] + "\u2026"


def symbol(look: style.Symbol, x: float, y: float, r: float) -> str:
    """A symbol as an SVG element; the shapes have equal areas."""
    if look.shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{look.colour}"/>'
    points = " ".join(f"{x + r * a:.1f},{y + r * b:.1f}" for a, b in outline(look.shape))
    return f'<polygon points="{points}" fill="{look.colour}"/>'


def outline(shape: str) -> list[tuple[float, float]]:
    """Corners of a shape round (0, 0), y downward, with the area of a circle of radius 1."""
    if shape == "bar":
        return [(-1.5, -0.52), (1.5, -0.52), (1.5, 0.52), (-1.5, 0.52)]
    corners, turn, inner = _SHAPES.get(shape, _SHAPES["square"])
    steps = corners * (2 if inner else 1)
    raw = []
    for k in range(steps):
        angle = math.radians(turn) + 2 * math.pi * k / steps
        reach = inner if inner and k % 2 else 1.0
        raw.append((reach * math.cos(angle), reach * math.sin(angle)))
    area = abs(sum(a * d - b * c for (a, b), (c, d) in zip(raw, raw[1:] + raw[:1]))) / 2
    scale = math.sqrt(math.pi / area)
    return [(scale * a, scale * b) for a, b in raw]


_SHAPES = {
    "square": (4, 45.0, 0.0),
    "diamond": (4, 0.0, 0.0),
    "triangle": (3, -90.0, 0.0),
    "down": (3, 90.0, 0.0),
    "hexagon": (6, 0.0, 0.0),
    "pentagon": (5, -90.0, 0.0),
    "star": (5, -90.0, 0.45),
}
"""Corners, degrees of the first one, and the inner radius of a star."""

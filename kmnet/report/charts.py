"""Statistical figures: ranges, lines over time, and bars, in one look. Each takes finished values and paints them.

Shape and label stand beside colour everywhere; an axis says in words what its numbers are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kmnet.report import figures, style
from kmnet.report.blocks import Picture

_MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "hexagon": "h", "pentagon": "p", "down": "v"}
PLAIN = style.Symbol(style.GROUPS[0].colour, "circle")
_TICKS = 24
"""Steps of a line that are named and marked; of more, every so many are named."""

_LINES = tuple(style.GROUPS[k] for k in (0, 5, 2, 3, 1, 4))
"""Symbols of lines, the best told apart first."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A row of a range chart: its name, its value, its range (NaN: none), an earlier value (NaN: none)."""

    label: str
    value: float
    low: float = float("nan")
    high: float = float("nan")
    before: float = float("nan")
    symbol: style.Symbol = PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a panel: one value a step, NaN where there is none, and a band."""

    label: str
    values: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines over common steps."""

    title: str
    steps: Sequence[str]
    lines: Sequence[Line]


def ranges(
    dots: Sequence[Dot], name: str, title: str, alt: str, axis: str, *, zero: bool = False, first: bool = False
) -> Picture:
    """Dots with their ranges, one row each; ``zero`` marks no difference, ``first`` starts an axis of places at 1."""
    with figures.canvas():
        figure, (axes,) = figures.panels(0.75 + 0.29 * len(dots))
        if zero:
            axes.axvline(0, color=style.MUTED, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
        for k, dot in enumerate(dots):
            if dot.low == dot.low and dot.high == dot.high:
                axes.plot(
                    [dot.low, dot.high], [k, k], color=style.BEFORE, linewidth=3, solid_capstyle="round", zorder=2
                )
            if dot.before == dot.before:
                axes.plot([dot.before, dot.value], [k, k], color=style.BEFORE, linewidth=1.2, zorder=2)
                _mark(axes, dot.before, k, style.Symbol(style.PAPER, dot.symbol.shape))
            _mark(axes, dot.value, k, dot.symbol)
        axes.set_yticks(range(len(dots)), [lines_of(dot.label) for dot in dots], linespacing=0.95)
        axes.set_ylim(len(dots) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        narrow = max((len(dot.label) for dot in dots), default=0) > 24
        axes.set_xlabel(textwrap.fill(axis, 44) if narrow else axis)
        if first:
            from matplotlib.ticker import MaxNLocator

            right = axes.get_xlim()[1]
            axes.set_xlim(0.4, max(right, 2.0))
            ticks = MaxNLocator(6, integer=True).tick_values(1, right)
            axes.set_xticks([1, *(t for t in ticks if 1 < t <= right)])
        return figures.finish(figure, name, title, alt)


def _mark(axes: object, x: float, y: float, look: style.Symbol) -> None:
    axes.plot(  # type: ignore[attr-defined]
        [x], [y], marker=_MARKERS.get(look.shape, "o"), markersize=7, color=look.colour,
        markeredgecolor=style.INK, markeredgewidth=0.8, linestyle="none", zorder=3,
    )  # fmt: skip


def lines(panels: Sequence[Panel], name: str, title: str, alt: str, axis: str, *, top: float | None = None) -> Picture:
    """Small multiples on one scale (up to ``top``); each line has its own marker, and its name at its end."""
    with figures.canvas():
        figure, every = figures.panels(2.9, len(panels))
        values = [v for p in panels for x in p.lines for v in (*x.values, *x.low, *x.high) if v == v]
        low, high = min([0.0, *values]), max([0.0, *values])
        for k, (axes, panel) in enumerate(zip(every, panels)):
            steps = list(range(len(panel.steps)))
            apart = -(-len(steps) // _TICKS)  # steps from one that is named to the next
            for number, line in enumerate(panel.lines):
                look = _LINES[number % len(_LINES)]
                if line.low and line.high:
                    axes.fill_between(steps, line.low, line.high, color=look.colour, alpha=0.15, linewidth=0)
                axes.plot(
                    steps, line.values, color=look.colour, marker=_MARKERS[look.shape] if apart == 1 else None, markersize=5.5,
                    markeredgecolor=style.INK, markeredgewidth=0.7, linewidth=1.6, label=short(line.label),
                )  # fmt: skip
            axes.set_title(panel.title, fontsize=9.5, loc="left")
            axes.set_xticks(
                steps[::apart],
                [short(s, 14) for s in panel.steps[::apart]],
                rotation=0 if len(steps) < 5 or max(map(len, panel.steps)) < 3 else 40,
            )
            axes.set_ylim(low, top or high * 1.08 or 1)
            axes.set_xlim(-0.25, len(steps) - 0.75)
            if k == 0:
                axes.set_ylabel(axis)
            else:
                axes.set_yticklabels([])
            if len(panel.lines) > 1:
                _name_ends(axes, panel)
        return figures.finish(figure, name, title, alt)


def _name_ends(axes: Any, panel: Panel) -> None:
    """The name of each line at its end: those that end on one step are moved apart as far as their letters are high."""
    from matplotlib.patheffects import Normal, Stroke

    ends: dict[int, list[tuple[float, str]]] = {}
    for line in panel.lines:
        known = [k for k, v in enumerate(line.values) if v == v]
        if known:
            ends.setdefault(known[-1], []).append((line.values[known[-1]], lines_of(line.label, 20)))
    last = len(panel.steps) - 1
    low, high = axes.get_ylim()
    most = max((name.count("\n") + 1 for held in ends.values() for _, name in held), default=1)
    gap = 0.075 * (high - low) * most
    for step, held in ends.items():
        held.sort()
        at = [v for v, _ in held]
        for k in range(1, len(at)):
            at[k] = max(at[k], at[k - 1] + gap)
        shift = max(0.0, at[-1] - high)
        near = [v for x in panel.lines for v in x.values[max(0, step - 1) : step + 3] if v == v]
        high_here = max(near, default=0.0)
        for y, (value, name) in zip(at, held):
            early = step < last  # named over the other lines, with a stroke to the end of its own
            where = (step + 0.35, max(high_here, y) + 1.6 * gap) if early else (step + 0.08, y - shift)
            axes.annotate(
                name, (step, value), where, va="center", annotation_clip=False, fontsize=9, color=style.INK,
                arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 0.7, "shrinkB": 4} if early else None,
                path_effects=[Stroke(linewidth=2.6, foreground=style.PAPER), Normal()],
            )  # fmt: skip
    longest = max((len(part) for _, name in ends.get(last, []) for part in name.split("\n")), default=0)
    axes.set_xlim(-0.25, last + 0.25 + 0.021 * longest * max(last, 1))


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: parts of a whole, from the smallest to the largest (each within the next)."""

    label: str
    parts: Sequence[float]


def bars(rows: Sequence[Bar], parts: Sequence[str], name: str, title: str, alt: str, axis: str) -> Picture:
    """Bars within bars: each part lies within the next, told apart by shade, width and label."""
    looks = (style.INK, style.GROUPS[0].colour, "#c3d6e6", style.FADED)[-len(parts) :]
    widths = (0.3, 0.5, 0.7, 0.8)[-len(parts) :]
    with figures.canvas():
        figure, (axes,) = figures.panels(1.0 + 0.28 * len(rows))
        for k in reversed(range(len(parts))):
            axes.barh(
                range(len(rows)), [row.parts[k] for row in rows], height=widths[k], color=looks[k],
                edgecolor=style.INK, linewidth=0.4, label=parts[k],
            )  # fmt: skip
        axes.set_yticks(range(len(rows)), [lines_of(row.label) for row in rows], linespacing=0.95)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(axis)
        figure.legend(loc="outside lower center", ncols=len(parts), frameon=False)
        return figures.finish(figure, name, title, alt)


def lines_of(text: str, most: int = 34) -> str:
    """A label on one line, or on two where it is long; what does not fit on these ends in three dots."""
    parts = textwrap.wrap(text, most) if len(text) > most else [text]
    return "\n".join(parts if len(parts) < 3 else [parts[0], short(" ".join(parts[1:]), most)])


def short(text: str, most: int = 30) -> str:
    """Text that fits beside an axis."""
    return text if len(text) <= most else text[: most - 1] + "\u2026"

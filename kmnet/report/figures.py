"""Pictures as SVG (texts stay texts) and as PNG of 300 dots an inch, the same bytes on every run.

matplotlib is imported when the first picture is painted, and used through its objects: no window, no global state.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np

from kmnet.network.exchange import clean
from kmnet.report import node_link, style
from kmnet.report.blocks import Picture
from kmnet.report.node_link import Drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FALLBACKS = (
    "Noto Sans", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari",
    "Noto Sans Symbols2", "Segoe UI", "Segoe UI Symbol", "Microsoft YaHei", "Malgun Gothic", "Arial Unicode MS",
)  # fmt: skip
"""Fonts asked, in this order and where installed, for signs that the bundled font lacks."""


@contextmanager
def canvas() -> Iterator[None]:
    """Settings under which figures are made and saved: nothing of the machine or the moment gets into them."""
    import matplotlib
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    look: dict[Any, Any] = {
        "svg.fonttype": "none", "svg.hashsalt": "kmnet", "text.parse_math": False, "axes.unicode_minus": True,
        "font.family": ["DejaVu Sans", *(f for f in _FALLBACKS if f in installed)], "font.size": 9.5, "axes.labelsize": 9,
        "text.color": style.INK, "axes.labelcolor": style.INK, "axes.edgecolor": style.MUTED,
        "xtick.color": style.INK, "ytick.color": style.INK, "axes.spines.top": False, "axes.spines.right": False,
        "axes.linewidth": 0.8, "xtick.major.width": 0.8, "ytick.major.width": 0.8, "figure.facecolor": style.PAPER,
    }  # fmt: skip
    with matplotlib.rc_context(look), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # the SVG keeps the sign; only the PNG shows a box
        yield


def panels(height: float, count: int = 1, width: float = 5.8) -> tuple[Figure, list[Axes]]:
    """A figure of ``count`` axes beside each other, in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(1, count, squeeze=False)[0])


def finish(figure: Figure, name: str, title: str, alt: str) -> Picture:
    """Save a figure in both formats."""
    svg, png = io.BytesIO(), io.BytesIO()
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    figure.set_layout_engine("none")  # the first saving has placed everything; finding it out again takes as long
    figure.savefig(png, format="png", dpi=300, metadata={"Software": None})
    return Picture(name, title, alt, tidy(svg.getvalue(), name, title, alt), png.getvalue())


def map_picture(picture: Drawing, name: str) -> Picture:
    """A node-link picture: the SVG by our own writer, the PNG painted from the same drawing."""
    with canvas():
        figure = _paint(picture)
        png = io.BytesIO()
        figure.savefig(png, format="png", dpi=300, metadata={"Software": None})
    return Picture(name, picture.title, picture.alt, node_link.svg(picture, name), png.getvalue())


def _paint(picture: Drawing) -> Figure:
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.figure import Figure
    from matplotlib.patheffects import Normal, Stroke

    figure = Figure(figsize=(node_link.WIDTH / 96, picture.height / 96))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, node_link.WIDTH), ylim=(picture.height, 0))
    axes.text(node_link.MARGIN, 15, picture.title, fontsize=11, fontweight="bold")
    for state, ends in picture.ties.items():
        look = node_link.line(state)
        wide: Any = look.width * (0.7 if len(ends) > 150 else 0.9) * 0.75
        dashes = (0, tuple(d * 0.75 / wide for d in look.dash)) if look.dash else "solid"
        wide = wide if picture.weights is None else node_link.widths(picture) * 0.75
        axes.add_collection(
            LineCollection(list(picture.place[ends]), colors=look.colour, linewidths=wide, linestyles=[dashes])
        )
    order = np.argsort(-picture.radius, kind="stable")
    shapes = [_corners(picture.symbols[k], picture.place[k], picture.radius[k]) for k in order]
    colours = [picture.symbols[k].colour for k in order]
    axes.add_collection(PolyCollection(shapes, facecolors=colours, edgecolors=style.INK, linewidths=0.6, zorder=3))
    halo = [Stroke(linewidth=2.4, foreground=style.PAPER), Normal()]
    for x, y, text, lines in node_link.placed_names(picture):
        for x1, y1, x2, y2 in lines:
            axes.plot([x1, x2], [y1, y2], color=style.INK, linewidth=0.6, zorder=4, path_effects=halo)
        axes.text(x, y, text, fontsize=8.5, zorder=5, ha="center", path_effects=halo)
    _paint_key(axes, picture)
    return figure


def _paint_key(axes: Axes, picture: Drawing) -> None:
    from matplotlib.collections import PolyCollection

    for look, x, y, text in node_link.key(picture):
        if isinstance(look, style.Symbol):
            shape = _corners(look, np.array([x + 8, y - 4]), 5.0)
            axes.add_collection(PolyCollection([shape], facecolors=look.colour, edgecolors=style.INK, linewidths=0.6))
        else:
            dashes = (0, tuple(d * 0.75 for d in look.dash)) if look.dash else "solid"
            axes.plot([x, x + 18], [y - 4, y - 4], color=look.colour, linewidth=look.width, linestyle=dashes)
        axes.text(x + 24, y, text, fontsize=9)


def _corners(look: style.Symbol, place: np.ndarray, radius: float) -> np.ndarray:
    if look.shape == "circle":
        angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        unit = np.column_stack([np.cos(angle), np.sin(angle)])
    else:
        unit = np.array(node_link.outline(look.shape))
    return place + radius * unit


def tidy(raw: bytes, name: str, title: str, alt: str) -> str:
    """matplotlib's SVG made fit for a page: no inline styles (a strict page refuses them), own ids, title, description.

    Parameters
    ----------
    name : str
        Prefix of every id, so that several pictures can stand on one page.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(clean(raw.decode("utf-8")))  # noqa: S314 (our own output)
    for child in list(root):
        if child.tag.endswith("}metadata"):
            root.remove(child)
    for parent in root.iter(f"{{{_SVG}}}defs"):
        for child in [c for c in parent if c.tag == f"{{{_SVG}}}style"]:
            parent.remove(child)
    for element in root.iter():
        _plain_attributes(element, name)
    wide, high = root.get("viewBox", "0 0 1 1").split()[2:]
    root.attrib.update(
        {
            "role": "img", "aria-labelledby": f"{name}-title {name}-desc", "font-family": style.FONT,
            "stroke-linejoin": "round", "width": f"{float(wide) * 4 / 3:.0f}", "height": f"{float(high) * 4 / 3:.0f}",
        }
    )  # fmt: skip
    for position, (tag, text) in enumerate((("title", title), ("desc", alt))):
        child = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        child.text = clean(text)
        root.insert(position, child)
    return ElementTree.tostring(root, encoding="unicode")


def _plain_attributes(element: ElementTree.Element, name: str) -> None:
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = (piece.strip() for piece in part.partition(":"))
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size.group(1) if size else "10")
            if re.search(r"\b(700|bold)\b", value):
                element.set("font-weight", "bold")
        elif key:
            element.set(key, value)
    link = element.attrib.pop(_LINK, None)
    if link:
        element.set("href", f"#{name}-{link[1:]}")
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.attrib['id']}")
    clip = element.get("clip-path", "")
    if clip:
        element.set("clip-path", clip.replace("url(#", f"url(#{name}-"))

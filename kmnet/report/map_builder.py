"""The map as a pyvis network: pyvis holds nodes, ties and options, our own template makes the page.

Of pyvis 0.3 only ``nodes``, ``edges``, ``options``, ``get_network_data``, ``templateEnv``, ``path`` and
``generate_html`` are used; its template, its menus and its writer are not, because they fetch scripts from elsewhere,
run scripts that stand in a label, and write files beside the page. Importing this module imports pyvis (a second).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from pyvis.network import Network as PyvisNetwork

from kmnet.report import style

SCRIPTS = (
    "map_data",
    "map_recalc",
    "map_scene",
    "map_draw",
    "map_names",
    "map_painter",
    "map_panel",
    "map_table",
    "map_controls",
    "map_start",
)
"""Our own scripts, in the order in which the page reads them."""

VIS = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
"""vis-network inside the pyvis package. Its style sheet (220 kB) is only for menus and tooltips that are not used."""

OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom", "chosen": False, "font": {"size": 0}},
    "interaction": {
        "dragNodes": True,
        "dragView": True,
        "zoomView": True,
        "hover": False,
        "keyboard": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "selectable": True,
        "multiselect": False,
        "tooltipDelay": 3_600_000,
    },
}
"""What vis-network is told: positions are given, so nothing moves by itself."""


class MapNetwork(PyvisNetwork):  # type: ignore[misc]
    """A pyvis network whose page is safe to open and to send on.

    Parameters
    ----------
    directed : bool
        Whether ties have a direction.
    """

    def __init__(self, *, directed: bool = False) -> None:
        super().__init__(directed=directed, cdn_resources="in_line")
        self.options = OPTIONS
        self.templateEnv = Environment(
            loader=PackageLoader("kmnet.report", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.path = "map.html.j2"

    def add_node(self, n_id: int | str, label: str | None = None, **options: Any) -> None:
        """Add a node once; the label is kept as it is, and a title can only be plain text."""
        if n_id in self.node_map:
            return
        node = {"id": n_id, "label": str(n_id) if label is None else label} | options
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: int | str, to: int | str, **options: Any) -> None:
        """Add a tie between nodes that are there; parallel ties of a pair are kept."""
        if source not in self.node_map or to not in self.node_map:
            raise KeyError(source if source not in self.node_map else to)
        arrows = {"arrows": "to"} if self.directed else {}
        self.edges.append({"from": source, "to": to} | arrows | options)

    def page(self, payload: Mapping[str, Any], texts: Mapping[str, str]) -> str:
        """The page: the payload with this network's nodes and first ties, our scripts, and a strict policy.

        Parameters
        ----------
        payload : mapping
            Of :func:`kmnet.report.map_payload.payload`, without nodes and the first network's ties.
        texts : mapping
            title, subtitle and footer.
        """
        nodes, edges, *_, options = self.get_network_data()
        wanted = {"id": "", "label": "", "kind": 0, "role": -1, "org": -1, "team": -1, "more": "", "staff": 0}
        first = payload["networks"][0] | {"a": [e["from"] for e in edges], "b": [e["to"] for e in edges]}
        data = dict(payload) | {
            "nodes": {
                column: [node["name"] if column == "id" else node.get(column, empty) for node in nodes]
                for column, empty in wanted.items()
            },
            "networks": [first, *payload["networks"][1:]],
            "options": json.loads(options),
        }
        css = _inline(_static("map.css"))
        vis = _inline(vis_network())
        code = _inline("\n".join(_static(f"{name}.js") for name in SCRIPTS))
        policy = (
            f"default-src 'none'; script-src {_digest(vis)} {_digest(code)}; style-src {_digest(css)}; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'"
        )
        return self.templateEnv.get_template(self.path).render(
            **texts,
            policy=_raw(policy),
            css=_raw(css),
            vis=_raw(vis),
            code=_raw(code),
            data=_raw(_json(data)),
        )


def vis_network() -> str:
    """The vis-network script that comes with pyvis."""
    return Path(str(files("pyvis").joinpath(*VIS))).read_text(encoding="utf-8")


def _static(name: str) -> str:
    return files("kmnet.report").joinpath("static", name).read_text(encoding="utf-8")


def _inline(text: str) -> str:
    """Text that cannot end the element it stands in."""
    closed = re.sub(r"</(?=script|style)", r"<\\/", text.replace("\r\n", "\n"), flags=re.IGNORECASE)
    return "\n" + closed.replace("<!--", "<\\!--").strip() + "\n"


def _raw(text: str) -> Markup:
    """Text that the template must not escape: our own code, or JSON that :func:`_json` made safe."""
    return Markup(text)  # noqa: S704


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(data: Mapping[str, Any]) -> str:
    """JSON that is also safe inside an HTML element; a number that is none is an error."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "&<>\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def builder(payload: dict[str, Any]) -> tuple[MapNetwork, dict[str, Any]]:
    """Move the nodes and the first network's ties of a payload into a :class:`MapNetwork`; gives the rest back."""
    first = payload["networks"][0]
    net = MapNetwork(directed=first["directed"])
    drawing = first["drawings"].get("ties", [])
    at = {node: (drawing[2 * k], drawing[2 * k + 1]) for k, node in enumerate(first["people"])}
    for number, row in enumerate(payload["nodes"]):
        x, y = at.get(number, (0.0, 0.0))
        symbol = payload["roles"][row["role"]] if "role" in row else {"colour": style.PAPER, "shape": "circle"}
        net.add_node(
            number,
            row["label"],
            x=x,
            y=y,
            shape=symbol["shape"],
            color=symbol["colour"],
            name=row["id"],
            **{key: value for key, value in row.items() if key not in ("id", "label")},
        )
    for a, b in zip(first["a"], first["b"]):
        net.add_edge(a, b)
    rest = {key: value for key, value in payload.items() if key != "nodes"}
    return net, rest

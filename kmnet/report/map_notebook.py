"""A network for notebooks: a plain pyvis network with our positions, symbols and colours, safe to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kmnet.report import scene, style
from kmnet.report.map_index import Index

if TYPE_CHECKING:
    from pyvis.network import Network as PyvisNetwork

    from kmnet.results import Results

SHAPES = {"circle": "dot", "down": "triangleDown", "pentagon": "hexagon"}
"""Our shapes under the names of vis-network, where they differ (it has no pentagon)."""


def to_pyvis(results: Results, network: str = "", moment: str = "", cohort: str = "All") -> PyvisNetwork:
    """One network as :class:`pyvis.network.Network`, with positions given and physics off.

    Parameters
    ----------
    results : Results
    network, moment, cohort : str
        Which one; the first network and its last moment when left out.

    Returns
    -------
    pyvis.network.Network
        pyvis runs scripts in the labels of a network in which any tooltip holds "href"; here none can. Its page asks
        other servers for styles; ``map.html`` does not.

    Raises
    ------
    KeyError
        If there is no such network.
    """
    from pyvis.network import Network as PyvisNetwork  # takes a second

    name = network or next(iter(scene.network_names(results)), "")
    shots = [s for s in scene.snapshots(results, name) if s.label.cohort == cohort and moment in ("", s.label.moment)]
    if not shots:
        raise KeyError((name, cohort, moment))
    shot, spots = shots[-1], scene.positions(results, name)
    index = Index.of(results, shot.ids, shot.ids)
    drawn = PyvisNetwork(directed=shot.directed, cdn_resources="in_line")
    drawn.toggle_physics(False)
    for person in shot.ids:
        row = index.rows[index.where[person]]
        symbol = index.roles[row["role"]]
        title = ", ".join(t for t in (row["label"], symbol["name"], index.organisations[row["org"]]) if t)
        drawn.add_node(
            person,
            row["label"],
            shape=SHAPES.get(symbol["shape"], symbol["shape"]),
            color={"background": symbol["colour"], "border": style.INK},
            title=title.replace("href", "h\u200bref"),
            x=spots[person][0],
            y=spots[person][1],
            size=10,
        )
    for i, j in zip(shot.source.tolist(), shot.target.tolist()):
        tie = {"from": shot.ids[i], "to": shot.ids[j], "color": style.TIE.colour}
        drawn.edges.append(tie | ({"arrows": "to"} if shot.directed else {}))
    return drawn

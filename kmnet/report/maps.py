"""The interactive map: one HTML file that opens from disk, asks the network for nothing and remembers nothing.

``map.html`` holds every network of the results, the headline one first; where there are several, each also has a file
of its own. Where people stand is kept in ``layout.csv``, so that a later run draws them on the same spots.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kmnet.report import words
from kmnet.report.export import harmless
from kmnet.report.labels import slugs
from kmnet.report.map_events import shown
from kmnet.report.map_payload import payload
from kmnet.report.scene import Spots, network_names, positions
from kmnet.results import Results

LAYOUT = "layout.csv"
"""Positions of people by network, read back by the next run into the same folder."""

_SHARE = {
    "inside": "For use inside the team: people can be recognised",
    "partners": "For partners: people are shown by code",
    "public": "Public: no person is shown",
}


def write_maps(results: Results, folder: Path, earlier: Path | None = None) -> list[Path]:
    """Write ``map.html``, one ``map-<network>.html`` a network where there are several, and ``layout.csv``.

    Parameters
    ----------
    results : Results
        Whatever may be shown at their level of sharing is drawn; labels are drawn as they are.
    folder : Path
        Where to write; it must be there.
    earlier : Path, optional
        Output folder of an earlier run (left out: ``folder``); people found in its ``layout.csv`` keep their spots.

    Returns
    -------
    list of Path
        The files, ``map.html`` first; none where there is no network to draw.
    """
    names = network_names(results)
    if not names:
        return []
    drawings = draw(results, read_layout((earlier or folder) / LAYOUT))
    data = payload(results, names, drawings)
    pages = {"map.html": names}
    if len(names) > 1:
        pages |= {f"map-{slug}.html": (name,) for name, slug in slugs(names).items()}
    written = [_write(folder / file, _page(results, data, chosen)) for file, chosen in pages.items()]
    written.append(_write(folder / LAYOUT, layout_csv(drawings)))
    return written


def map_html(results: Results, *, networks: Sequence[str] = (), drawings: Mapping[str, Spots] | None = None) -> str:
    """The page as text.

    Parameters
    ----------
    results : Results
    networks : sequence of str, optional
        Networks to offer, the first one being shown; all when left out.
    drawings : mapping of network to positions, optional
        Of :func:`draw`; made when left out.
    """
    names = tuple(networks) or network_names(results)
    return _page(results, payload(results, names, draw(results, {}, names) if drawings is None else drawings), names)


def _page(results: Results, data: Mapping[str, Any], names: Sequence[str]) -> str:
    """The page of some of a payload's networks."""
    from kmnet.report.map_builder import builder  # pyvis takes a second to import

    held = {network["name"]: network for network in data["networks"]}
    data = {
        **data,
        "networks": [held[name] for name in names],
        "evidenceSpots": {name: spots for name, spots in data["evidenceSpots"].items() if name in names},
        "slug": slugs(names)[names[0]],
        "date": _period(results),
    }
    net, rest = builder(data)
    counts = [words.many(data["peopleCount"], *data["noun"])]
    organisations = results.facts.get("organisations", 0)
    if organisations > 1 and data["noun"][0] != "organisation":
        counts.append(words.many(organisations, "organisation"))
    subtitle = ". ".join(part for part in (", ".join(counts), _period(results), _SHARE[results.share]) if part) + "."
    made = f"Made by kmnet {results.provenance.versions.get('kmnet', '')}".rstrip()
    footer = f"{made}. This file asks the network for nothing, stores nothing and sends nothing."
    return net.page(rest, {"title": results.title, "subtitle": subtitle, "footer": footer})


def draw(
    results: Results, earlier: Mapping[str, Mapping[str, tuple[float, float]]], names: Sequence[str] = ()
) -> dict[str, Spots]:
    """Positions of the people of each network; those of an ``earlier`` drawing stay."""
    return {name: positions(results, name, earlier.get(name)) for name in names or network_names(results)}


def _period(results: Results) -> str:
    start, end = results.facts.get("start"), results.facts.get("end")
    return f"Records from {shown(results, start)} to {shown(results, end)}" if start and end else ""


def layout_csv(drawings: Mapping[str, Spots]) -> str:
    """Positions as a table: network, id, x, y."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["network", "id", "x", "y"])
    for name, spots in drawings.items():
        for person, (x, y) in sorted(spots.items()):
            out.writerow([harmless(name), harmless(person), f"{x:.1f}", f"{y:.1f}"])
    return text.getvalue()


def read_layout(path: Path) -> dict[str, dict[str, tuple[float, float]]]:
    """Positions of an earlier run; nothing where there is no such file, and rows that cannot be read are left out."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    if not path.is_file():
        return found
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            try:
                x, y = float(row[2]), float(row[3])
            except (IndexError, ValueError):
                continue
            if abs(x) < 1e6 and abs(y) < 1e6:
                found.setdefault(_wild(row[0]), {})[_wild(row[1])] = (x, y)
    return found


def _wild(text: str) -> str:
    """What :func:`kmnet.report.export.harmless` was given."""
    return text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path

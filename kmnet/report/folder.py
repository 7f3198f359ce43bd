"""The output folder: which files it holds. :mod:`kmnet.report.swap` puts it in place whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kmnet.catalogue import collect
from kmnet.network.exchange import Writer, graphml
from kmnet.report import export, page
from kmnet.report.labels import slugs
from kmnet.report.maps import LAYOUT, read_layout, write_maps
from kmnet.report.naming import with_names
from kmnet.report.swap import MANIFEST, replace_folder
from kmnet.report.workbook import workbook
from kmnet.results import Results

Progress = Callable[[str, float], None]


def publish(results: Results, folder: Path, progress: Progress | None = None, *, single_file: bool = False) -> Path:
    """Write everything: report, summary, map, tables, workbook, JSON, figures, graphs, manifest.

    Parameters
    ----------
    results : Results
        What was found, names and ids already treated for its sharing level.
    folder : Path
        The output folder; what an earlier run put there is replaced whole.
    progress : callable, optional
        Told what is being written and how far the whole job is.
    single_file : bool
        Put the interactive map into the report, so that ``report.html`` can be sent alone.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ConfigError, OutputError
        As :func:`kmnet.report.swap.replace_folder`.
    """
    say = progress or _quiet
    replace_folder(Path(folder), lambda new: _write_all(results, new, Path(folder), say, single_file))
    return Path(folder)


def publish_map(results: Results, folder: Path) -> list[Path]:
    """Write only the maps (and the manifest) into a folder of their own; the paths of the maps."""
    made: list[str] = []

    def build(new: Path) -> None:
        made.extend(path.name for path in write_maps(results, new, Path(folder)))
        (new / MANIFEST).write_bytes(manifest(results, new))

    replace_folder(Path(folder), build)
    return [Path(folder) / name for name in made if name.endswith(".html")]


def publish_graphs(results: Results, folder: Path, to: str) -> list[Path]:
    """Write only the networks, in the format that ``to`` names (and the manifest); the paths of the files."""
    writer = next(w for w in collect("kmnet.network", Writer) if w.name == to)

    def build(new: Path) -> None:
        _write_graphs(results, new, writer)
        (new / MANIFEST).write_bytes(manifest(results, new))

    replace_folder(Path(folder), build)
    return sorted((Path(folder) / "graphs").glob("*"))


def _write_all(results: Results, new: Path, earlier: Path, say: Progress, single_file: bool) -> None:
    say("drawing the map", 0.75)
    maps = [path.name for path in write_maps(results, new, earlier) if path.suffix == ".html"]
    say("writing the report", 0.82)
    inside = (new / maps[0]).read_text(encoding="utf-8") if single_file and maps else ""
    made = page.make(results, maps, read_layout(new / LAYOUT), inside)
    (new / "report.html").write_bytes(made.report)
    (new / "summary.html").write_bytes(made.summary)
    (new / "figures").mkdir()
    for picture in made.pictures:
        (new / "figures" / f"{picture.name}.svg").write_text(picture.svg + "\n", encoding="utf-8", newline="\n")
        (new / "figures" / f"{picture.name}.png").write_bytes(picture.png)
    say("writing tables", 0.9)
    _write_tables(results, new)
    say("writing graphs", 0.97)
    _write_graphs(results, new)
    (new / MANIFEST).write_bytes(manifest(results, new))


def _write_tables(results: Results, new: Path) -> None:
    (new / "tables").mkdir()
    tables = export.sheets(results)
    for table in tables:
        (new / "tables" / f"{table.spec.name}.csv").write_bytes(export.csv_bytes(table))
    (new / "tables" / "README.md").write_bytes(export.readme(results, tables))
    with (new / "results.json").open("wb") as file:
        file.writelines(export.results_json(results, tables))
    (new / "results.xlsx").write_bytes(workbook(tables, with_names(tables, results)))


def _write_graphs(results: Results, new: Path, writer: Writer = graphml) -> None:
    graphs = results.networks
    if not graphs:
        return
    (new / "graphs").mkdir()
    names = [slugs(dict.fromkeys(key[k] for key in graphs)) for k in range(3)]
    for key, graph in graphs.items():
        stem = "_".join(names[k][key[k]] for k in range(3))
        writer.write(graph, new / "graphs" / f"{stem}{writer.suffix}")


def manifest(results: Results, folder: Path) -> bytes:
    """How to remake the folder and to see whether it was changed: hashes of inputs, config and every other file.

    Holds no clock time and no path of a machine. ``files`` maps each file of the folder to its SHA-256.
    """
    made = results.provenance
    ledger = results.tables.get("ledger")
    whole: dict[str, Any] = {
        "run": made.run,
        "title": results.title,
        "share": results.share,
        "seed": made.seed,
        "config_hash": made.config_hash,
        "inputs": dict(made.inputs),
        "versions": dict(made.versions),
        "notes": list(results.notes),
        "ledger": [] if ledger is None else [dict(zip(ledger.columns, row)) for row in export.rows(ledger)],
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != MANIFEST
        },
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "backslashreplace")


def _quiet(what: str, share: float) -> None:
    pass

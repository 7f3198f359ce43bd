"""Whether an output folder, and the inputs it was made from, are as they were."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from kmnet.errors import ConfigError, Place, Problem

MANIFEST = "manifest.json"
ABOVE = 5
"""Folders above the results in which inputs are looked for."""


def verify(folder: Path, data: Path | None = None) -> tuple[list[Problem], int]:
    """Compare every file with the manifest.

    Parameters
    ----------
    folder : Path
        An output folder.
    data : Path, optional
        Where the inputs lie; else they are looked for above the folder and in the working directory.

    Returns
    -------
    list of Problem, int
        KM706 for each file changed, added or taken away, KM709 for inputs that were not found; files looked at.

    Raises
    ------
    ConfigError
        KM107 when the folder holds no readable manifest.
    """
    made = _manifest(folder)
    found = [*_outputs(folder, made["files"])]
    inputs = made["inputs"]
    for name, seal in inputs.items():
        there = [p for p in _candidates(name, folder, data) if p.is_file()]
        if not there:
            place = Place(name)
            found.append(Problem.of("KM709", "this input was not found, so it was not compared", place=place))
        elif all(_seal(p) != seal for p in there):
            found.append(
                Problem.of("KM706", "this input is not the one that the results were made from", place=Place(name))
            )
    return found, len(made["files"]) + len(inputs)


def _manifest(folder: Path) -> dict[str, dict[str, str]]:
    place = Place(str(folder / MANIFEST))
    try:
        made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {"files": dict(made["files"]), "inputs": dict(made["inputs"])}
    except (OSError, ValueError, KeyError, TypeError):
        fix = "Name a folder that kmnet analyse has written."
        raise ConfigError(Problem.of("KM107", "there is no manifest that can be read", place=place, fix=fix)) from None


def _outputs(folder: Path, files: dict[str, str]) -> list[Problem]:
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST}
    said = {name: "this file was taken away" for name in files if name not in there}
    said |= {name: "this file was added afterwards" for name in there if name not in files}
    said |= {n: "this file was changed afterwards" for n, p in there.items() if n in files and _seal(p) != files[n]}
    return [Problem.of("KM706", said[name], place=Place(name)) for name in sorted(said)]


def _candidates(name: str, folder: Path, data: Path | None) -> list[Path]:
    below = re.sub(r"^(\.\.?/)+", "", name)
    if data is not None:
        return [data / name, data / below, data / Path(name).name]
    places = [*list(folder.resolve().parents)[:ABOVE], Path.cwd()]
    return [place / n for place in places for n in dict.fromkeys((name, below))]


def _seal(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

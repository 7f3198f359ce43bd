"""Whether the files that a config names are there."""

from __future__ import annotations

from pathlib import Path

from kmnet.config.nodes import MAX_BYTES, Parsed, Path_
from kmnet.config.wording import did_you_mean
from kmnet.errors import ConfigError, Place, Problem


def read_text(path: Path) -> str:
    """The text of a config file.

    Raises
    ------
    ConfigError
        KM107 when it cannot be opened, KM106 when it is larger than 1 MiB, KM105 when it is not UTF-8.
    """
    why = _why_not(path)
    if why:
        raise ConfigError(Problem.of("KM107", why, place=Place(str(path)), fix="Name the config, a .yaml file."))
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        fix = "Is this the config? It is a short YAML file."
        raise ConfigError(Problem.of("KM106", "the config is larger than 1 MiB", place=Place(str(path)), fix=fix))
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(str(path), raw[: error.start].count(b"\n") + 1)
        fix = "Save it again with the encoding UTF-8."
        raise ConfigError(Problem.of("KM105", "the config is not saved as UTF-8", place=place, fix=fix)) from None


def missing_files(tree: Parsed, folder: Path, file: str) -> list[Problem]:
    """A problem for each input file that is not there or cannot be read, with the nearest name that is there."""
    problems = []
    for path, spot in tree.values.items():
        if spot.text and _is_source(path) and (why := _why_not(folder / spot.text)):
            message = f"data.{path[1]}: {why}"
            place = tree.place(path, file)
            problems.append(Problem.of("KM107", message, place=place, fix=_fix(spot.text), seen=spot.text[:200]))
    return problems


def _is_source(path: Path_) -> bool:
    """Whether a file name stands here: data.people, data.people[1], data.people.path or data.people[1].path."""
    if path[0] != "data" or len(path) < 2:
        return False
    rest = path[2:]
    return rest == () or rest[-1:] == ("path",) and len(rest) <= 2 or len(rest) == 1 and isinstance(rest[0], int)


def _why_not(path: Path) -> str:
    if any(c < " " for c in str(path)):
        return "the path holds a tab or a new line"
    try:
        if path.is_dir():
            return "this is a folder, not a file"
        if path.exists() and not path.is_file():
            return "this is not an ordinary file"
        with path.open("rb"):
            return ""
    except FileNotFoundError:
        return f"there is no such file{did_you_mean(path.name, _names(path.parent))}"
    except (OSError, ValueError):
        return "this file cannot be read"


def _fix(name: str) -> str:
    if "\\" in name or any(c < " " for c in name):
        return "Write / between folders."
    if "$" in name or name.startswith("~"):
        return "Write the path out: $VARIABLES and ~ are not filled in."
    return ""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(p.name for p in folder.iterdir() if p.is_file())
    except OSError:
        return []

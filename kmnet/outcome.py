"""What is said of a study that was checked or analysed: its findings, where the results are, what to do next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmnet.console import findings_json, talk, tell
from kmnet.errors import Problem

if TYPE_CHECKING:
    from kmnet.pipeline import Checked
    from kmnet.tables.schema import Tables


def refused(findings: Iterable[Problem], command: str, strict: bool, as_json: bool) -> int:
    """1 where warnings are not allowed and there are some."""
    if not strict or not any(p.severity == "warning" for p in findings):
        return 0
    if as_json:
        click.echo(findings_json(command, findings, ok=False))
    else:
        tell(findings)
        talk("Nothing was written, because --strict allows no warnings.")
    return 1


def new_key(checked: Checked, quiet: bool) -> None:
    loaded = checked.loaded
    if loaded.study.share != "inside" and not loaded.key.exists() and not quiet:
        tell([Problem.of("KM708", f"A new key for the codes of people is made: {near(loaded.key)}")])


def near(path: Path) -> str:
    """A path as it is easiest to read: from the working directory where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


_WHO = {
    "inside": "It shows names: for the project team only.",
    "partners": "People are shown by codes. Before you pass the folder on: kmnet scan {folder} --people {people}",
    "public": "No person is shown. Before you publish it: kmnet scan {folder} --people {people}",
}


def summary(checked: Checked, share: str, folder: Path) -> None:
    study = checked.loaded.study
    sources = study.data.people
    plain = len(sources) == 1 and sources[0].model_dump(exclude_defaults=True).keys() == {
        "path"
    }  # else the config says
    people = near(checked.loaded.file(sources[0]) if plain else checked.loaded.path)
    maps = sorted((p.name for p in folder.glob("map*.html")), key=lambda name: (name != "map.html", name))
    talk()
    talk(f"{study.title}: {len(checked.tables.people)} people, {_networks(checked)}. {ledger(checked)}")
    talk(_WHO[share].format(folder=near(folder), people=people))
    seen = near(folder / "report.html") + (f" and {near(folder / maps[0])}" if maps else "")
    talk(f"Next: open {seen} in a browser; for Excel, {near(folder / 'results.xlsx')} holds every table.")


def _networks(checked: Checked) -> str:
    number = len(checked.shots.rules)
    return f"{number} network{'s' if number != 1 else ''}"


def ledger(checked: Checked) -> str:
    """What became of the rows of all files together."""
    ledger = checked.tables.ledger
    return _fates({c: int(ledger[c].sum()) for c in ("read", "used", *_FATES)})


def ledger_lines(checked: Checked) -> list[str]:
    """The same of each file, as a table that it feeds."""
    rows = checked.tables.ledger.to_dict("records")
    return [f"{row['file']} ({str(row['table']).replace('_', ' ')}): {_fates(row)}" for row in rows]


_FATES = ("set_aside", "merged", "withdrawn")


def _fates(counts: Mapping[Hashable, int]) -> str:
    rest = [f"{counts[c]} {c.replace('_', ' ')}" for c in _FATES if counts[c]]
    return f"{counts['read']} row{'' if counts['read'] == 1 else 's'} read, {counts['used']} used{''.join(', ' + text for text in rest)}."


def to_review(folder: Path, tables: Tables) -> list[tuple[str, int]]:
    """Spellings for the user to confirm, in a file beside the config: its name, and how many there are, if any."""
    from kmnet.tables.suggest import suggestions

    rows = suggestions(tables)
    path = folder / "aliases-to-review.csv"
    if rows.empty:
        path.unlink(missing_ok=True)
        return []
    safe = rows.map(lambda text: f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text)
    try:
        safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
    except OSError:
        return []
    return [(near(path), len(rows))]


def tell_review(review: Iterable[tuple[str, int]]) -> None:
    """Say that there are spellings to confirm."""
    for file, count in review:
        talk(f"Spellings that may be one person ({count}) are listed in {file}. kmnet joins nobody by itself:")
        talk(
            "delete the rows that are not one person from a copy of it, and name the copy in the config: under `data:`,"
        )
        talk("`aliases: YOUR-COPY.csv`.")

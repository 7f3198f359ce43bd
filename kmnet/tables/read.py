"""From files to :class:`Tables`: open, understand, find out who is who, and let every row meet the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kmnet.catalogue import collect
from kmnet.config.schema import Source, Study
from kmnet.errors import DataError, LimitError, Problem
from kmnet.tables import answers, check, shape
from kmnet.tables.cells import fold
from kmnet.tables.desk import Desk, Policies
from kmnet.tables.door import decode, fetch
from kmnet.tables.identity import Identity
from kmnet.tables.people import read_people, split, with_strangers
from kmnet.tables.reader import Opened, Reader
from kmnet.tables.resolve import leavers, resolve
from kmnet.tables.schema import INPUTS, InputTable, Register, Tables
from kmnet.tables.typed import typed
from kmnet.tables.work import Work, framed, stack

REGISTER = ("people", "aliases", "withdrawn")
"""The tables that say who is who; they are read before all others."""

LIMITS = frozenset({"KM231", "KM232"})
"""Problems that are safety limits: they end the run with the exit code of limits."""


def read(
    study: Study,
    folder: Path,
    progress: Callable[[str], None] | None = None,
    look: Callable[[Tables], None] | None = None,
) -> Tables:
    """Read and check every input table of a study.

    Parameters
    ----------
    study : Study
        The config.
    folder : Path
        Paths of the config are relative to this folder.
    progress : callable, optional
        Told the name of each file before it is read.
    look : callable, optional
        Shown the tables as far as they could be made, before errors among them are raised.

    Returns
    -------
    Tables
        Everything observed; warnings and notes stand in ``findings``.

    Raises
    ------
    DataError
        With every problem that is an error, and the warnings beside them.
    LimitError
        Where a file is larger than a safety limit.
    """
    desk = Desk(Policies(study.policies))
    hashes: dict[str, str] = {}

    def table(name: str, identity: Identity | None = None, held: Mapping[str, str] | None = None) -> Work:
        parts = []
        for source in getattr(study.data, name):
            if progress is not None:
                progress(source.path)
            day = (held or {}).get(fold(source.workshop or ""), "")
            parts.append(_file(INPUTS[name], source, study, folder, desk, hashes, identity, day))
        broken.update(name for work in parts if work is None)
        return stack(INPUTS[name], [work for work in parts if work is not None])

    broken: set[str] = set()
    people, aliases, withdrawn = map(table, REGISTER)
    people, identity, register = read_people(people, aliases, withdrawn, study, desk)
    works: dict[str, Work] = {}
    for name in INPUTS:
        if name not in REGISTER:
            works[name] = table(name, identity, _held(works["workshops"]) if name == "attendance" else None)
    tables = _together(people, works, identity, register, study, desk)
    if broken & {*REGISTER}:  # of a register that was not read, nobody is known; to say so of each helps nobody
        tables = replace(tables, findings=tuple(p for p in tables.findings if p.code not in ("KM301", "KM307")))
    if look is not None:
        look(tables)
    errors = [p for p in tables.findings if p.severity == "error"]
    if any(p.code in LIMITS for p in errors):
        raise LimitError(tables.findings)
    if errors:
        raise DataError(tables.findings)
    return replace(tables, hashes=hashes)


def readers() -> Mapping[str, Reader]:
    """The catalogue of formats by name."""
    return {r.name: r for r in collect("kmnet.tables.readers", Reader)}


def _file(
    table: InputTable,
    source: Source,
    study: Study,
    folder: Path,
    desk: Desk,
    hashes: dict[str, str],
    identity: Identity | None,
    held: str,
) -> Work | None:
    fetched = fetch(folder / source.path, source.path)
    if isinstance(fetched, Problem):
        desk.add(replace(fetched, fix=_near(folder / source.path) or fetched.fix))
        return None
    hashes[source.path] = fetched.sha256
    drops = desk.policies.of("KM204") != "error"
    opened = Opened(source.path, fetched.data, source, table, study.limits.rows, drops, held=held)
    if identity is not None:
        opened = replace(opened, who=lambda text: identity.find(text)[0])
        # Where consent is not understood the run ends anyway, and every problem is told in it.
        if not any(p.code == "KM309" and p.severity == "error" for p in desk.problems):
            opened = replace(opened, left=leavers(table.name, identity))
    chosen = choose(opened)
    if isinstance(chosen, Problem):
        desk.add(chosen)
        return None
    reading = chosen(opened)
    if reading.failed:
        desk.add(*reading.problems)
        return None
    if chosen.feeds:  # such a reader has headings of its own, and has found the mapped ones itself
        left = {c: h for c, h in source.columns.items() if c not in reading.headings}
        opened = replace(opened, source=source.model_copy(update={"columns": left}))
    work = typed(reading, opened, desk)
    if work is None and source.format == "auto" and (fitting := _looks_like(opened)):
        fix = f"The file looks like this format: {fitting.title}. Then set `format: {fitting.name}`."
        desk.cure("KM206", opened.named, fix)
    return work


def _held(workshops: Work) -> dict[str, str]:
    """The day of each workshop (by its folded id) that the workshops table gives."""
    days = zip(workshops["id"].cells(), workshops.values["date"], strict=True)
    return {fold(who): str(day.astype("datetime64[D]")) for who, day in days if not np.isnat(day)}


def _looks_like(opened: Opened) -> Reader | None:
    """A format of exports that makes rows of a file which is no plain table."""
    for one in readers().values():
        if opened.table.name in one.feeds and not one.endings:
            found = one(opened)
            if len(found.lines) and not any(p.severity == "error" for p in found.problems):
                return one
    return None


def _near(path: Path) -> str:
    """The name of a file beside the one that is not there, if one is alike."""
    if path.exists() or not path.parent.is_dir():
        return ""
    near = get_close_matches(path.name, sorted(p.name for p in path.parent.iterdir()), 1)
    return f"Did you mean {near[0]}?" if near else ""


def choose(opened: Opened) -> Reader | Problem:
    """The reader that the config names, or the one for the file's ending."""
    every = readers()
    name, table = opened.source.format.casefold().replace(" ", "_").replace("-", "_"), opened.table.name
    fitting = sorted(r.name for r in every.values() if not r.feeds or table in r.feeds)
    if name == "auto":
        for one in every.values():
            if opened.ending in one.endings and one.name in fitting:
                return one
        if isinstance(decode(opened.data, opened.file, opened.source.encoding), Problem):
            return opened.problem("KM216", f'Nothing is known of files ending in ".{opened.ending}"')
        return every["csv"]
    if name in fitting:
        return every[name]
    near = get_close_matches(name, fitting, 1)
    what = "feeds other tables" if name in every else "is not known"
    message = f'The format "{opened.source.format}" {what}; {table} can be read from {", ".join(fitting)}'
    return opened.problem("KM216", message, fix=f"Did you mean `{near[0]}`?" if near else "")


def _together(
    people: Work, works: dict[str, Work], identity: Identity, register: Register, study: Study, desk: Desk
) -> Tables:
    """Let the tables meet: who is who and who withdrew first, then what the rows say of each other."""
    raw = works
    works, kept, strangers = resolve(raw, identity, study, desk)
    raw.clear()  # the rows as they were read are let go
    works = _spellings(works, study, desk)
    people = with_strangers(_people_spellings(people, study, desk), kept, study)
    for name in ("organisations", "workshops", "artefacts"):
        works[name] = shape.unique(works[name], desk)
    works["attendance"], works["workshops"] = shape.attendance(works["attendance"], works["workshops"], desk)
    works["interactions"] = shape.interactions(works["interactions"], desk)
    works["survey"], reported = answers.survey(works["survey"], desk)
    ids = sorted(people["id"].cells())
    works["respondents"], response = answers.respondents(works["respondents"], reported, ids, desk)
    events = shape.artefact_events(works["artefact_events"], desk)
    events, works["artefacts"] = shape.refer(
        events,
        "artefact",
        works["artefacts"],
        desk,
        "KM409",
        "The artefact is not in the artefacts table",
        "title",
    )
    message = "The organisation is not in the organisations table"
    owners = works["organisations"]
    people, owners = shape.refer(people, "organisation", owners, desk, "KM410", message, "name")
    works["artefact_events"], works["organisations"] = shape.refer(
        events, "organisation", owners, desk, "KM410", message, "name"
    )
    works["people"] = people
    check.across(works, study, desk)
    return _tables(works, register, desk, {"response": response, "unregistered": str(len(kept))}, strangers)


def _spellings(works: dict[str, Work], study: Study, desk: Desk) -> dict[str, Work]:
    """Values that differ only in case or spaces are one, written as in the config where it names them."""
    waves = [m.wave for m in study.moments if m.wave]
    rules = study.networks.values()
    relations = [r.relation for r in rules if r.relation]
    kinds = [k for r in rules for k in r.kinds]
    works = dict(works)
    for table, columns, preferred in (
        ("interactions", ("kind",), kinds),
        ("survey", ("wave",), waves),
        ("survey", ("relation",), relations),
        ("respondents", ("wave",), waves),
        ("attendance", ("table",), ()),
        ("workshops", ("kind",), ()),
        ("artefacts", ("kind", "team"), ()),
    ):
        works[table] = shape.unify(works[table], columns, desk, preferred)
    works["workshops"] = shape.unify_lists(works["workshops"], "cohort", [c.name for c in study.cohorts])
    return works


def _people_spellings(people: Work, study: Study, desk: Desk) -> Work:
    extra = sorted(set(people.texts) - {f.name for f in people.table.fields})
    named = [study.facilitators, study.effect.comparison if study.effect else {}]
    values = [*study.equity.values(), *(v for columns in named for vs in columns.values() for v in vs)]
    people = shape.unify(people, ["role", *extra], desk, values)
    people = shape.unify(people, ["team"], desk)
    return shape.unify_lists(people, "cohort", [c.name for c in study.cohorts])


def _tables(
    works: dict[str, Work], register: Register, desk: Desk, facts: dict[str, str], strangers: tuple[str, ...]
) -> Tables:
    frames: dict[str, Any] = {name: framed(works, name) for name in [*works]}
    for name in ("people", "workshops"):
        frames[name]["cohort"] = pd.Series([tuple(split(c)) for c in frames[name]["cohort"]], dtype=object)
    frames["people"] = frames["people"].drop(columns=["name", "email", "consent"])
    counts = {f"rows.{name}": str(len(frame)) for name, frame in sorted(frames.items())}
    findings = tuple(sorted(set(desk.problems), key=lambda p: (*p.order, p.seen)))
    return Tables(
        **frames,
        register=register,
        ledger=desk.ledger(),
        findings=findings,
        facts={**counts, **facts},
        strangers=strangers,
    )

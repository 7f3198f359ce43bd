"""Whether the settings fit together: names that refer to each other, dates, and where the results may be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kmnet.codes import CODES
from kmnet.config.nodes import Parsed, Path_
from kmnet.config.schema import EXPRESSION, Moment, Study
from kmnet.config.wording import did_you_mean, dots
from kmnet.errors import Problem


@dataclass(frozen=True)
class Origin:
    """Where a study was read from.

    ``unsure`` holds the blocks in which something else is wrong already: nothing is said of what they lack.
    ``asked`` says that the output folder was given on the command line.
    """

    folder: Path
    tree: Parsed
    path: Path
    unsure: frozenset[str]
    asked: bool

    def problem(self, code: str, where: Path_, message: str, *, fix: str = "", seen: str = "") -> Problem:
        place = self.tree.place(where, str(self.path))
        return Problem.of(code, f"{dots(where)}: {message}", place=place, fix=fix, seen=seen)


def crosscheck(study: Study, origin: Origin) -> list[Problem]:
    """Every contradiction between settings."""
    checks: tuple[tuple[Callable[[Study, Origin], Iterator[Problem]], tuple[str, ...]], ...] = (
        (_files, ("data",)),
        (_cohorts, ("cohorts",)),
        (_moments, ("moments",)),
        (_anchors, ("moments", "cohorts")),
        (_waves, ("moments", "data")),
        (_compare, ("moments", "compare")),
        (_networks, ("networks", "data")),
        (_effect, ("networks", "effect", "data")),
        (_associations, ("networks", "associations", "moments", "data")),
        (_groupings, ("groups", "equity")),
        (_policies, ("policies",)),
        (_disclosure, ("disclosure",)),
        (_output, ("output",)),
    )
    return [p for check, needs in checks if not origin.unsure & set(needs) for p in check(study, origin)]


def _files(study: Study, origin: Origin) -> Iterator[Problem]:
    if not study.data.people:
        yield origin.problem("KM104", ("data", "people"), "no file is named")
    for table in type(study.data).model_fields:
        seen = set()
        for k, source in enumerate(getattr(study.data, table)):
            this = (source.path, source.sheet)
            if this in seen:
                yield origin.problem("KM112", ("data", table, k), "the same file is named twice")
            seen.add(this)


def _cohorts(study: Study, origin: Origin) -> Iterator[Problem]:
    yield from _same_names("cohorts", [c.name for c in study.cohorts], origin)
    for k, cohort in enumerate(study.cohorts):
        if cohort.start and cohort.end and cohort.start >= cohort.end:
            yield origin.problem("KM112", ("cohorts", k, "end"), "the end is not after the start")


def _same_names(block: str, names: list[str], origin: Origin) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for k, name in enumerate(names):
        folded = " ".join(name.split()).casefold()
        if not folded:
            yield origin.problem("KM104", (block, k, "name"), "the name is empty")
        elif folded in first:
            yield origin.problem("KM112", (block, k, "name"), "this name is there already", seen=name)
        elif folded == "all" and block == "cohorts":
            fix = "Choose another name; All stands for every cohort together."
            yield origin.problem("KM112", (block, k, "name"), "this name is taken", fix=fix, seen=name)
        first[folded] = name


def _moments(study: Study, origin: Origin) -> Iterator[Problem]:
    yield from _same_names("moments", [m.name for m in study.moments], origin)
    for k, moment in enumerate(study.moments):
        if moment.from_ is None and moment.until is None and moment.wave is None:
            fix = "Add from and until, or wave."
            yield origin.problem("KM104", ("moments", k), "it says neither dates nor a wave", fix=fix)
        wrong = list(_not_dates(k, moment, origin))
        yield from wrong
        ends = (_day(moment.from_), _day(moment.until))
        if not wrong and ends[0] and ends[1] and ends[0] >= ends[1]:
            yield origin.problem("KM112", ("moments", k, "until"), "until is not after from")


def _ends(moment: Moment) -> Iterator[tuple[str, str]]:
    yield from ((key, text) for key, text in (("from", moment.from_), ("until", moment.until)) if text is not None)


def _not_dates(k: int, moment: Moment, origin: Origin) -> Iterator[Problem]:
    for key, text in _ends(moment):
        match = EXPRESSION.match(text.strip())
        if match is None or match["date"] and _day(text) is None:
            yield origin.problem("KM108", ("moments", k, key), "this is not a date or a distance", seen=text)


def _anchors(study: Study, origin: Origin) -> Iterator[Problem]:
    """Whether the cohorts have the starts and ends that moments count from."""
    for k, moment in enumerate(study.moments):
        for key, text in _ends(moment):
            match = EXPRESSION.match(text.strip())
            anchor = match["anchor"] if match else None
            lacking = [c.name for c in study.cohorts if getattr(c, anchor) is None] if anchor else []
            if anchor and (lacking or not study.cohorts):
                who = f"cohort {lacking[0]} has none" if lacking else "there are no cohorts"
                message = f"it counts from the {anchor} of a cohort, but {who}"
                fix = "Add `cohorts: [{name: ..., start: 2017-01-16, end: 2017-10-31}]`, or write a date."
                yield origin.problem("KM108", ("moments", k, key), message, fix=fix)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _waves(study: Study, origin: Origin) -> Iterator[Problem]:
    for k, moment in enumerate(study.moments):
        if moment.wave is not None and not study.data.survey:
            message = "it names a survey wave, but there is no survey under data"
            yield origin.problem("KM110", ("moments", k, "wave"), message)


def _compare(study: Study, origin: Origin) -> Iterator[Problem]:
    if study.compare is None:
        return
    names = [m.name for m in study.moments]
    for key in ("before", "after") if names else ():
        yield from _known(getattr(study.compare, key), names, "moment", ("compare", key), origin)
    if study.compare.before == study.compare.after:
        yield origin.problem("KM112", ("compare", "after"), "a moment is compared with itself")


def _known(name: str, names: Iterable[str], what: str, where: Path_, origin: Origin) -> Iterator[Problem]:
    names = list(names)
    if name not in names:
        message = f"there is no such {what}{did_you_mean(name, names)}"
        yield origin.problem("KM110", where, message, fix=f"There are: {', '.join(names)}.", seen=name)


_TABLE = {
    "survey": "survey",
    "interactions": "interactions",
    "attendance": "attendance",
    "artefacts": "artefact_events",
}


def _networks(study: Study, origin: Origin) -> Iterator[Problem]:
    for name, rule in study.networks.items():
        table = _TABLE[rule.from_]
        if not getattr(study.data, table):
            message = f"its ties come from {rule.from_}, but there is no {table} under data"
            yield origin.problem("KM110", ("networks", name, "from"), message, fix=f"Add `{table}:` under `data:`.")


def _effect(study: Study, origin: Origin) -> Iterator[Problem]:
    if study.effect is None:
        return
    if study.effect.outcome is not None and study.networks:
        yield from _known(study.effect.outcome, study.networks, "network", ("effect", "outcome"), origin)
    if study.effect.exposure in ("workshops", "tables") and not study.data.attendance:
        message = f"{study.effect.exposure} are seen in attendance, which is not under data"
        yield origin.problem("KM110", ("effect", "exposure"), message, fix="Add `attendance:` under `data:`.")
    yield from _comparison(study, origin)
    yield from _further_outcomes(study, origin)


def _associations(study: Study, origin: Origin) -> Iterator[Problem]:
    """Outcomes and moments that are there; what a predictor names is seen only with the people."""
    for k, model in enumerate(study.associations):
        where = ("associations", k)
        if study.networks:
            yield from _known(model.outcome, study.networks, "network", (*where, "outcome"), origin)
        if model.moment is not None and study.moments:
            names = [moment.name for moment in study.moments]
            yield from _known(model.moment, names, "moment", (*where, "moment"), origin)
        for j, name in enumerate(model.predictors):
            if name in ("workshops", "tables") and not study.data.attendance:
                message = f"{name} are seen in attendance, which is not under data"
                yield origin.problem(
                    "KM110", (*where, "predictors", j), message, fix="Add `attendance:` under `data:`."
                )


def _comparison(study: Study, origin: Origin) -> Iterator[Problem]:
    """Participation needs people who took no part, and nothing else does."""
    effect = study.effect
    if effect is None:
        return
    if effect.exposure == "participation" and not any(effect.comparison.values()):
        message = "participation is compared with people who took no part, and nothing says who they are"
        fix = "Add `comparison: {arm: [comparison]}`, a column of people and its values."
        yield origin.problem("KM104", ("effect", "exposure"), message, fix=fix)
    if effect.comparison and effect.exposure != "participation":
        message = "a comparison group is read only with `exposure: participation`"
        yield origin.problem("KM112", ("effect", "comparison"), message)


def _further_outcomes(study: Study, origin: Origin) -> Iterator[Problem]:
    """Each network is asked the question once."""
    effect = study.effect
    if effect is None:
        return
    seen = {effect.outcome or next(iter(study.networks), None)}
    for key in ("secondary", "exploratory"):
        for k, name in enumerate(getattr(effect, key)):
            if study.networks:
                yield from _known(name, study.networks, "network", ("effect", key, k), origin)
            if name in seen:
                yield origin.problem("KM112", ("effect", key, k), "this network is asked already", seen=name)
            seen.add(name)


def _groupings(study: Study, origin: Origin) -> Iterator[Problem]:
    where: list[tuple[str, Path_]] = [(column, ("groups", k)) for k, column in enumerate(study.groups)]
    where += [(column, ("equity", column)) for column in study.equity]
    for column, path in where:
        if column.casefold().strip() in ("id", "name", "email", "e-mail", "consent"):
            fix = "Name a column that many people share, such as role."
            yield origin.problem("KM112", path, "this column tells people apart one by one", fix=fix)
        if column.casefold().strip() == "facilitator":
            fix = "Leave it out: numbers are printed with and without programme staff anyway."
            yield origin.problem("KM112", path, "programme staff are no grouping", fix=fix)
    columns = [column.casefold() for column in study.groups]
    for k, column in enumerate(columns):
        if column in columns[:k]:
            yield origin.problem("KM112", ("groups", k), "this grouping is there already")


def _policies(study: Study, origin: Origin) -> Iterator[Problem]:
    names = [*CODES, *(code.name for code in CODES.values())]
    for name in study.policies:
        if name not in names:
            message = f"there is no such problem{did_you_mean(name, names)}"
            yield origin.problem("KM110", ("policies", name), message, fix="`kmnet explain` lists the codes.")


def _disclosure(study: Study, origin: Origin) -> Iterator[Problem]:
    if study.disclosure.small_numbers == "none" and not (study.disclosure.reason or "").strip():
        message = "showing small numbers needs a reason"
        yield origin.problem("KM104", ("disclosure", "small_numbers"), message, fix="Add `reason:` beside it.")
    key = (origin.folder / study.disclosure.key).resolve()
    if key.is_relative_to((origin.folder / study.output).resolve()):
        message = "the key to the codes lies in the output folder, which is passed on"
        yield origin.problem("KM701", ("disclosure", "key"), message)


def _output(study: Study, origin: Origin) -> Iterator[Problem]:
    where, out = ("output",), (origin.folder / study.output).resolve()
    inputs = [origin.path.resolve(), *(p.resolve() for p in _inputs(study, origin.folder))]
    if "\0" in study.output or not study.output.strip():
        yield origin.problem("KM109", where, "this is not the name of a folder")
    elif out in (Path(out.anchor), Path.home().resolve()):
        yield origin.problem("KM109", where, "the whole disk or a home folder is no place for results")
    elif any(path.is_relative_to(out) for path in inputs):
        yield origin.problem("KM109", where, "it holds the config or an input file", fix="Name a folder of its own.")
    elif not origin.asked and not out.is_relative_to(origin.folder):
        yield origin.problem("KM109", where, "it lies outside the config's folder")


def _inputs(study: Study, folder: Path) -> Iterator[Path]:
    for table in type(study.data).model_fields:
        for source in getattr(study.data, table):
            if "\0" not in source.path:
                yield folder / source.path

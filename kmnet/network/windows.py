"""When a moment is: the config's expressions turned into dates, for each cohort's own start and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from pandas.api.typing import NaTType

from kmnet.config.schema import EXPRESSION, Cohort, Moment, Study
from kmnet.errors import DataError, Place, Problem
from kmnet.tables.schema import Tables

ALL = "All"
"""Name of the one cohort where none is named, and of all cohorts together where several are."""

WHOLE = "all"
"""Name of the one moment where no change can be shown."""

_EARLY = ("before", "baseline", "pre", "start", "t0", "w0", "first")
_LATE = ("after", "end", "post", "follow", "final", "last")


@dataclass(frozen=True, slots=True)
class Window:
    """One moment of one cohort: rows dated in [start, stop), and one survey wave.

    ``start`` and ``stop`` are NaT where that side is open; ``dated`` says whether the moment has dates at all.
    """

    moment: str
    start: pd.Timestamp | NaTType
    stop: pd.Timestamp | NaTType
    wave: str
    dated: bool

    @property
    def days(self) -> float:
        """Length in days; NaN where a side is open."""
        if isinstance(self.start, NaTType) or isinstance(self.stop, NaTType):
            return float("nan")
        return (self.stop - self.start) / pd.Timedelta(days=1)


def moment_order(name: str) -> tuple[int, str]:
    """Sort key that puts names such as baseline first and follow-up last, others by name between them."""
    folded = name.casefold()
    if folded.startswith(_EARLY):
        return (0, folded)
    if folded.startswith(_LATE):
        return (2, folded)
    return (1, folded)


def cohorts(study: Study) -> tuple[Cohort, ...]:
    """The study's cohorts; one called :data:`ALL` where the config names none."""
    return study.cohorts or (Cohort(name=ALL),)


def resolve(expression: str | None, cohort: Cohort) -> pd.Timestamp | NaTType:
    """The day an expression such as ``start - 6 months`` means for a cohort; NaT for None.

    Raises
    ------
    DataError
        KM108 when the expression needs a start or end that the cohort lacks.
    """
    if expression is None:
        return pd.NaT
    match = EXPRESSION.match(str(expression).strip())
    if match is None:
        raise DataError(Problem.of("KM108", f"`{expression}` is not a date or a distance from start or end"))
    if match["date"]:
        return pd.Timestamp(match["date"])
    anchor = cohort.start if match["anchor"] == "start" else cohort.end
    if anchor is None:
        raise DataError(
            Problem.of(
                "KM108",
                f"`{expression}` needs the {match['anchor']} of cohort {cohort.name}, which is not given",
                place=Place(column="cohorts"),
            )
        )
    day = pd.Timestamp(anchor)
    if match["count"] is None:
        return day
    step = pd.DateOffset(**{match["unit"] + "s": int(match["count"])})  # type: ignore[arg-type]
    return day + step if match["sign"] == "+" else day - step


def windows(study: Study, tables: Tables, cohort: Cohort) -> tuple[Window, ...]:
    """The moments of one cohort in order: those of the config, or sensible ones made from waves or dates."""
    if study.moments:
        return tuple(_window(moment, cohort) for moment in study.moments)
    waves = sorted({*tables.survey["wave"], *tables.respondents["wave"]}, key=moment_order)
    if waves:
        return tuple(Window(wave, pd.NaT, pd.NaT, wave, False) for wave in waves)
    days = pd.concat([tables.interactions["date"], tables.attendance["date"]]).dropna()
    if cohort.start and cohort.end and len(days):
        return _around(cohort.start, cohort.end, days.min(), days.max())
    return (Window(WHOLE, pd.NaT, pd.NaT, "", False),)


def _window(moment: Moment, cohort: Cohort) -> Window:
    start, stop = resolve(moment.from_, cohort), resolve(moment.until, cohort)
    dated = moment.from_ is not None or moment.until is not None
    return Window(moment.name, start, stop, moment.wave or "", dated)


def _around(start: date, end: date, first: pd.Timestamp, last: pd.Timestamp) -> tuple[Window, ...]:
    """Before, during and after, the outer two equally long (unequal windows invent change)."""
    begin, finish = pd.Timestamp(start), pd.Timestamp(end)
    length = min(begin - first.normalize(), last.normalize() + pd.Timedelta(days=1) - finish)
    during = Window("during", begin, finish, "", True)
    if length < pd.Timedelta(days=1):
        return (during,)
    return (
        Window("before", begin - length, begin, "", True),
        during,
        Window("after", finish, finish + length, "", True),
    )

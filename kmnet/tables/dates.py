"""One proved date format a column: every cell is read in every known way, and only a way that fits all counts.

Nothing depends on the clock, the locale or the time zone: months are English words or numbers, a written offset
keeps the local time that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

EARLIEST, LATEST = 1900, 2100
"""Years outside this range are slips of the pen (0023, 2203)."""

_MONTHS = {
    name[:length]: month
    for month, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for length in (3, 4 if name == "september" else 3, len(name))
}
_TIME = (
    r"(?:(?:\s*,?\s+|T)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|thu|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})" + _TIME)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + _TIME)
_TRIPLE = re.compile(r"(?P<a>\d{1,2})(?P<sep>[/.\-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})" + _TIME)
_DAY_WORD = re.compile(
    _DAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-/]+(?:of\s+)?(?P<word>[a-z]{3,9})\.?,?[\s\-/]+(?P<y>\d{4}|\d{2})"
    + _TIME,
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    _DAY + r"(?P<word>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + _TIME, re.IGNORECASE
)
_SERIAL = re.compile(r"\d{1,6}(\.\d+)?")


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else int(text) + (2000 if int(text) < 69 else 1900)


def _build(found: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    parts = found.groupdict()
    hour, minute, second = (int(parts.get(k) or 0) for k in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def readings(text: str) -> dict[str, datetime]:
    """Every way in which a cell is a full date: name of the format to the moment.

    Examples
    --------
    >>> sorted(readings("01/02/2023"))
    ['day/month/year', 'month/day/year']
    >>> readings("May"), readings("2023"), readings("31/02/2023")
    ({}, {}, {})
    """
    out: dict[str, datetime | None] = {}
    if found := _ISO.fullmatch(text):
        out["year-month-day"] = _build(found, int(found["y"]), int(found["m"]), int(found["d"]))
    elif found := _COMPACT.fullmatch(text):
        out["yearmonthday"] = _build(found, int(found["y"]), int(found["m"]), int(found["d"]))
    elif found := _YEAR_FIRST.fullmatch(text):
        sep = found["sep"]
        out[f"year{sep}month{sep}day"] = _build(found, int(found["y"]), int(found["m"]), int(found["d"]))
    elif found := _TRIPLE.fullmatch(text):
        sep, a, b, year = found["sep"], int(found["a"]), int(found["b"]), _year(found["y"])
        yy = "year" if len(found["y"]) == 4 else "yy"
        out[f"day{sep}month{sep}{yy}"] = _build(found, year, b, a)
        if sep != ".":  # nobody who writes points puts the month first
            out[f"month{sep}day{sep}{yy}"] = _build(found, year, a, b)
    elif found := _DAY_WORD.fullmatch(text):
        if month := _MONTHS.get(found["word"].lower()):
            out["day month-name year"] = _build(found, _year(found["y"]), month, int(found["d"]))
    elif (found := _WORD_DAY.fullmatch(text)) and (month := _MONTHS.get(found["word"].lower())):
        out["month-name day year"] = _build(found, int(found["y"]), month, int(found["d"]))
    return {name: moment for name, moment in out.items() if moment is not None}


@dataclass(frozen=True)
class Proof:
    """What a column's dates are.

    ``moments`` holds the cells that were understood; ``bad`` those that were not; ``serial`` bare numbers that may be
    Excel's day numbers; ``ambiguous`` the two readings, with a cell that they read differently.
    """

    moments: dict[str, datetime]
    bad: tuple[str, ...] = ()
    serial: tuple[str, ...] = ()
    format: str = ""
    ambiguous: tuple[str, str, str] | None = None


def _declared(cells: list[str], form: str) -> Proof:
    moments: dict[str, datetime] = {}
    bad = []
    for cell in cells:
        try:
            moments[cell] = datetime.strptime(cell, form).replace(tzinfo=None)
        except ValueError:
            # A workbook's real dates arrive as ISO; an export's have a time that the declared format leaves out.
            first = {"%d": "day", "%m": "month"}.get(form[:2], "year")
            ways = readings(cell)
            fits = [m for name, m in ways.items() if name == "year-month-day" or name.startswith(first)]
            if fits:
                moments[cell] = fits[0]
            else:
                bad.append(cell)
    return Proof(moments, tuple(bad), format=form)


def excel_day(cell: str) -> datetime:
    """The moment that is Excel's day number in its 1900 system.

    Examples
    --------
    >>> excel_day("45307").date().isoformat()
    '2024-01-16'
    """
    return datetime(1899, 12, 30) + timedelta(seconds=round(float(cell) * 86400))


def prove(cells: Iterable[str], form: str | None = None, serial: bool = False) -> Proof:
    """Read the distinct cells of a column as dates of one format.

    Parameters
    ----------
    cells : iterable of str
        Distinct cells; empty ones are passed over.
    form : str, optional
        A declared strptime format; nothing is proved then.
    serial : bool
        Bare numbers are Excel's day numbers (1900 system).

    Examples
    --------
    >>> prove(["01/02/2023", "25/02/2023"]).format
    'day/month/year'
    >>> prove(["01/02/2023"]).ambiguous
    ('day/month/year', 'month/day/year', '01/02/2023')
    """
    todo = sorted({c for c in cells if c})
    moments: dict[str, datetime] = {}
    if serial:
        moments = {c: excel_day(c) for c in todo if _SERIAL.fullmatch(c)}
        todo = [c for c in todo if c not in moments]
    if form:
        found = _declared(todo, form)
        return Proof(moments | found.moments, found.bad, format=form)
    numbers = tuple(c for c in todo if _SERIAL.fullmatch(c) and not readings(c))
    ways = {c: readings(c) for c in todo if c not in numbers}
    votes: dict[str, int] = {}
    for way in ways.values():
        for name in way:
            votes[name] = votes.get(name, 0) + 1
    if not votes:
        return Proof(moments, tuple(ways), numbers)
    most = max(votes.values())
    best = sorted(name for name, count in votes.items() if count == most)
    if len(best) == 2:
        bad = tuple(c for c, way in ways.items() if not {*best} & way.keys())
        for cell, way in ways.items():
            if {*best} <= way.keys() and way[best[0]] != way[best[1]]:
                return Proof(moments, bad, numbers, ambiguous=(best[0], best[1], cell))
    bad = tuple(c for c, way in ways.items() if best[0] not in way)
    moments |= {c: way[best[0]] for c, way in ways.items() if best[0] in way}
    return Proof(moments, bad, numbers, best[0])


def on_day(cells: Iterable[str], formats: Iterable[str], day: str) -> Proof | None:
    """Read a column in the one of several formats that puts every cell on a known day (or None where none does).

    Examples
    --------
    >>> on_day(["3/6/23, 1:55:10 PM"], ["day/month/yy", "month/day/yy"], "2023-03-06").format
    'month/day/yy'
    """
    ways = {c: readings(c) for c in cells if c}
    for name in formats:
        if ways and all(name in way and way[name].date().isoformat() == day for way in ways.values()):
            return Proof({c: way[name] for c, way in ways.items()}, format=name)
    return None

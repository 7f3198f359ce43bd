"""Numbers to words. The only place where a number is rounded.

Every function takes the full number and gives text. An undefined value gives an en dash; a text (a suppressed
count such as ``*``) passes through as it is. ``NBSP`` keeps a number and its unit on one line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

NBSP = "\u00a0"
DASH = "\u2013"
MINUS = "\u2212"

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def undefined(value: Any) -> bool:
    """Whether there is no value: None, NaN, NaT, NA or an empty text."""
    if value is None or isinstance(value, str):
        return not value
    try:
        return bool(value != value)
    except TypeError:  # pandas' NA is neither equal nor unequal to itself
        return True


def known(value: Any) -> bool:
    """Whether there is a number that can be drawn and compared: neither undefined nor hidden."""
    return not isinstance(value, str) and not undefined(value)


def real(value: Any, otherwise: float = math.nan) -> float:
    """The number, or ``otherwise`` where there is none that can be drawn.

    Examples
    --------
    >>> real(2), real("*"), real(None, 0.0)
    (2.0, nan, 0.0)
    """
    return float(value) if known(value) else otherwise


def _text(value: Any) -> str | None:
    if undefined(value):
        return DASH
    return value if isinstance(value, str) else None


def _signed(text: str) -> str:
    """A real minus sign, and none before a number that was rounded to nothing."""
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.,") else MINUS + text[1:]
    return text


def number(value: Any) -> str:
    """A value of a measure: about three digits, at most three decimals.

    Examples
    --------
    >>> number(4.8123), number(0.04362), number(1234.5), number(3.0), number(float("nan")), number("*")
    ('4.8', '0.044', '1,234', '3.0', '–', '*')
    """
    text = _text(value)
    if text is not None:
        return text
    if math.isinf(value):
        return "no limit" if value > 0 else f"{MINUS}no limit"
    size = abs(float(value))
    if size >= 99.95:
        return _signed(f"{value:,.0f}")
    if size >= 0.995 or size == 0:
        return _signed(f"{value:.1f}")
    if size >= 0.0995:
        return _signed(f"{value:.2f}")
    if size >= 0.0005:
        return _signed(f"{value:.3f}")
    return "under 0.001" if value > 0 else f"above {MINUS}0.001"


def count(value: Any) -> str:
    """A number of people, ties or pairs.

    Examples
    --------
    >>> count(1122), count(7.0), count("*")
    ('1,122', '7', '*')
    """
    text = _text(value)
    return text if text is not None else _signed(f"{float(value):,.0f}")


def small(value: Any) -> str:
    """A count in running text: words below ten.

    Examples
    --------
    >>> small(3), small(12), small(0)
    ('three', '12', 'no')
    """
    if not known(value):
        return count(value)
    return _SMALL[int(value)] if 0 <= value < 10 and float(value).is_integer() else count(value)


def many(value: Any, one: str, more: str = "") -> str:
    """A count with its noun.

    Examples
    --------
    >>> many(1, "tie"), many(61, "tie"), many(2, "person", "people")
    ('1\\xa0tie', '61\\xa0ties', '2\\xa0people')
    """
    noun = one if known(value) and value == 1 else (more or f"{one}s")
    return f"{count(value)}{NBSP}{noun}"


def percent(share: Any) -> str:
    """A share as a percentage; 0 and 100 stand only for none and all.

    Examples
    --------
    >>> percent(0.29), percent(0.043), percent(0.0001), percent(0.9999), percent(1.0)
    ('29%', '4.3%', 'under 0.1%', 'over 99.9%', '100%')
    """
    text = _text(share)
    if text is not None:
        return text
    value, sign = abs(float(share)) * 100, MINUS if share < 0 else ""
    if value == 0 or value == 100:
        shown = f"{value:.0f}"
    elif value < 0.1:
        return f"under {sign}0.1%"
    elif 99.9 < value < 100:
        return f"over {sign}99.9%"
    else:
        shown = f"{value:.1f}" if value < 9.95 or value >= 99.5 else f"{value:.0f}"
    return f"{sign}{shown}%"


def points(share: Any) -> str:
    """A difference of two shares, in percentage points, with its sign.

    Examples
    --------
    >>> points(0.083), points(-0.2)
    ('+8.3 points', '−20 points')
    """
    text = _text(share)
    if text is not None:
        return text
    value = float(share) * 100
    shown = f"{abs(value):.1f}" if abs(value) < 9.95 else f"{abs(value):.0f}"
    return f"{_sign(value, shown)}{shown} points"


def _sign(value: float, shown: str) -> str:
    return "" if not shown.strip("0.,") else ("+" if value > 0 else MINUS)


def part(some: Any, whole: Any) -> str:
    """``x of y (z%)``: never a percentage without what it is of.

    Examples
    --------
    >>> part(29, 100), part(0, 0), part("*", 40)
    ('29 of 100 (29%)', 'none of 0', '* of 40')
    """
    if not (known(some) and known(whole)):
        return f"{count(some)} of {count(whole)}"
    if not whole:
        return "none of 0"
    return f"{count(some)} of {count(whole)} ({percent(some / whole)})"


def difference(value: Any) -> str:
    """A change, with its sign.

    Examples
    --------
    >>> difference(1.594), difference(-0.02), difference(0.0)
    ('+1.6', '−0.020', '0.0')
    """
    text = _text(value)
    if text is not None:
        return text
    shown = number(abs(float(value)))
    if not shown[0].isdigit():
        return number(value)
    return f"{_sign(float(value), shown)}{shown}"


def span(low: Any, high: Any, *, signed: bool = True) -> str:
    """An interval; an en dash when either end is unknown.

    Examples
    --------
    >>> span(0.13, 3.06), span(1.9, 8.1, signed=False), span(float("nan"), 2.0)
    ('+0.13 to +3.1', '1.9 to 8.1', '–')
    """
    if undefined(low) or undefined(high):
        return DASH
    say = difference if signed else number
    return f"{say(low)} to {say(high)}"


def chance(p: Any) -> str:
    """A p-value, three decimals; never 0.

    Examples
    --------
    >>> chance(0.0336), chance(0.00025), chance(float("nan"))
    ('0.034', 'under 0.001', '–')
    """
    text = _text(p)
    if text is not None:
        return text
    return "under 0.001" if p < 0.001 else f"{p:.3f}"


def day(value: Any) -> str:
    """A date in British order, whatever the machine's locale.

    Examples
    --------
    >>> day("2017-01-16"), day(date(2018, 10, 3)), day("2017-01")
    ('16 January 2017', '3 October 2018', 'January 2017')
    """
    if undefined(value):
        return DASH
    if isinstance(value, str):
        parts = value[:10].split("-")
        if not all(p.isdigit() for p in parts) or not 2 <= len(parts) <= 3 or not 1 <= int(parts[1]) <= 12:
            return value
        year, month, dom = int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 0
    elif isinstance(value, (date, datetime)):
        year, month, dom = value.year, value.month, value.day
    else:
        return str(value)
    return f"{dom} {_MONTHS[month - 1]} {year}" if dom else f"{_MONTHS[month - 1]} {year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def listing(items: Iterable[str], last: str = "and") -> str:
    """A list in running text.

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a"]), listing([])
    ('a, b and c', 'a', '')
    """
    texts = list(items)
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def plain(name: str) -> str:
    """A column's name as words: ``mean_degree`` becomes ``mean degree``."""
    return name.replace("_", " ")


def sentence(text: str) -> str:
    """Text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def certainty(low: Any, high: Any) -> str:
    """The tag of a described difference: Clear where the interval lies on one side of no difference."""
    if not (known(low) and known(high)):
        return ""
    return "Clear" if low > 0 or high < 0 else "Cannot tell"


def hundred(share: Any, *, signed: bool = False) -> str:
    """A share out of 100, without a sign of per cent, for cells whose heading says what they are out of.

    Examples
    --------
    >>> hundred(0.077), hundred(0.0004), hundred(-0.031, signed=True)
    ('7.7', 'under 0.1', '−3.1')
    """
    text = _text(share)
    if text is not None:
        return text
    value = float(share) * 100
    if 0 < abs(value) < 0.05:
        return "under 0.1" if value > 0 else f"above {MINUS}0.1"
    shown = f"{abs(value):.1f}"
    return f"{_sign(value, shown)}{shown}" if signed or value < 0 else shown

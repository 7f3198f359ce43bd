"""The table checker: do the numbers of a published table of networks add up?

Every printed number stands for all values that round to it, so nothing is flagged that rounding can explain. Density is
tried against every denominator that is in use, and the ones that fit are named: two waves whose densities need two
different denominators cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kmnet.errors import Place, Problem
from kmnet.tablerows import Range, Row, read_rows

Denominator = Callable[[Row], Range | None]


def _times(a: Range, b: Range) -> Range:
    return Range(a.low * b.low, a.high * b.high)


def _less(a: Range, by: float) -> Range:
    return Range(max(a.low - by, 0.0), max(a.high - by, 0.0))


def _scaled(a: Range, by: float) -> Range:
    return Range(a.low * by, a.high * by)


def _pairs(column: str, scale: float) -> Denominator:
    def pairs(row: Row) -> Range | None:
        n = row.value.get(column)
        return None if n is None else _scaled(_times(n, _less(n, 1)), scale)

    return pairs


def _asked(row: Row) -> Range | None:
    if not row.has("n", "respondents"):
        return None
    return _times(row.value["respondents"], _less(row.value["n"], 1))


def _reportable(row: Row) -> Range | None:
    if not row.has("n", "respondents"):
        return None
    n, r = row.value["n"].low, row.value["respondents"].low
    pairs = (n * (n - 1) - (n - r) * (n - r - 1)) / 2
    return Range(pairs, pairs)


def _everybody(row: Row) -> Range | None:
    """Nodes of a two-mode network, both kinds together."""
    if row.has("n1", "n2"):
        return Range(row.value["n1"].low + row.value["n2"].low, row.value["n1"].high + row.value["n2"].high)
    return row.value.get("n") if row.two_mode else None


def _two_mode(row: Row) -> Range | None:
    if row.has("n1", "n2"):
        return _times(row.value["n1"], row.value["n2"])
    n = _everybody(row)  # split in an unknown way: from one event to as many events as people
    return None if n is None else Range(_less(n, 1).low, n.high * n.high / 4)


def _both_modes(scale: float) -> Denominator:
    def pairs(row: Row) -> Range | None:
        n = _everybody(row)
        return None if n is None else _scaled(_times(n, _less(n, 1)), scale)

    return pairs


def _one_mode(scale: float) -> Denominator:
    usual = _pairs("n", scale)
    return lambda row: None if row.two_mode else usual(row)


def _squared(row: Row) -> Range | None:
    return _times(row.value["n"], row.value["n"]) if row.has("n") and not row.two_mode else None


DENOMINATORS: dict[str, Denominator] = {
    "n(n-1), directed": _one_mode(1.0),
    "n(n-1)/2, undirected": _one_mode(0.5),
    "n1 x n2, two-mode": _two_mode,
    "respondents x (n-1), directed reports of those who answered": _asked,
    "pairs that somebody who answered could report, undirected": _reportable,
    "respondents x (respondents-1), directed among those who answered": _pairs("respondents", 1.0),
    "respondents x (respondents-1)/2, undirected among those who answered": _pairs("respondents", 0.5),
    "N(N-1)/2 with all N nodes, the one-mode formula on a two-mode network": _both_modes(0.5),
    "N(N-1) with all N nodes, the one-mode formula on a two-mode network": _both_modes(1.0),
    "n x n, self ties counted as possible": _squared,
}
"""Denominators of density that are in use, the soundest first."""


def sound(row: Row) -> tuple[str, ...]:
    """The denominators that a row may rightly have, by what it says of itself."""
    names = list(DENOMINATORS)
    if row.two_mode:
        return (names[2],)
    directed, undirected = (names[0], names[3], names[5]), (names[1], names[4], names[6])
    if row.directed is None:
        return directed + undirected
    return directed if row.directed else undirected


def fitting(row: Row) -> tuple[str, ...]:
    """The denominators with which ties give the printed density."""
    found = []
    for name, denominator in DENOMINATORS.items():
        size = denominator(row)
        if size is None or size.low <= 0:
            continue
        ties = row.value["ties"]
        if Range(ties.low / size.high, ties.high / size.low).meets(row.value["density"]):
            found.append(name)
    return tuple(found)


def check_table(path: str | Path) -> list[Problem]:
    """Check a table of published rows and say what does not add up.

    Parameters
    ----------
    path : str or Path
        A CSV (comma, semicolon or tab) or a workbook, with headings in a row or down the first column. Columns, as far
        as the table prints them and in most spellings (see :data:`kmnet.tablerows.HEADINGS`): name, n, ties, density,
        mean_degree, internal, external, ei, directed (yes, no or two-mode), n1 and n2, respondents, response.

    Returns
    -------
    list of Problem
        Errors for numbers that do not add up, warnings for those that do only by an unusual definition, and a note a
        row that does, saying by which; in the order of the file.

    Raises
    ------
    ConfigError
        The file is not there, or has no column that can be checked.
    """
    rows, found = read_rows(Path(path))
    for row in rows:
        checks = [*_impossible(row)] or [*_density(row), *_mean_degree(row), *_ei(row), *_response(row)]
        found += checks
        if not any(p.severity != "note" for p in checks):
            found += _fine(row)
    found += _mixed(rows)
    return sorted(found, key=lambda p: p.order)


def _at(row: Row, column: str) -> Place:
    return Place(row.place.file, row.place.line, column)


def _span(low: float, high: float, digits: int = 4) -> str:
    one, two = (f"{x:.{digits}f}" for x in (low, high))
    return one if one == two else f"{one} to {two}"


_LIMITS = {"density": (0.0, 1.0), "response": (0.0, 1.0), "ei": (-1.0, 1.0)}
_SAID = {"ei": "E-I", "mean_degree": "mean degree"}


def _impossible(row: Row) -> Iterable[Problem]:
    """Numbers that no network could have, whatever else is printed."""
    for column, value in row.value.items():
        low, high = _LIMITS.get(column, (0.0, float("inf")))
        why = f"cannot be less than {low:g}" if value.high < low else f"cannot be more than {high:g}"
        if value.high < low - 1e-9 or value.low > high + 1e-9:
            yield _cannot(row, column, why)
    if row.has("n", "ties") and not row.two_mode:
        pairs = row.value["n"].high * (row.value["n"].high - 1)
        if row.value["ties"].low > pairs:
            yield _cannot(row, "ties", f"cannot be more than {pairs:g}, the ordered pairs of {row.text['n']} people")
    if row.has("n", "mean_degree") and not row.two_mode:
        others = 2 * max(row.value["n"].high - 1, 0)  # in and out ties added
        if row.value["mean_degree"].low > others:
            yield _cannot(row, "mean_degree", f"cannot be more than {others:g} among {row.text['n']} people")
    if row.has("n", "respondents") and row.value["respondents"].low > row.value["n"].high:
        yield _cannot(row, "respondents", f"cannot be more than the {row.text['n']} people")


def _cannot(row: Row, column: str, why: str) -> Problem:
    said = f"{row.name}: {_SAID.get(column, column)} is {row.text[column]}, but it {why}."
    return Problem.of("KM910", said, place=_at(row, column))


def _density(row: Row) -> Iterable[Problem]:
    if row.has("ties", "density") and (row.has("n") or row.has("n1", "n2")):
        fit, right = fitting(row), sound(row)
        if set(fit) & set(right):
            return
        usual = next((size for name in right if (size := DENOMINATORS[name](row)) is not None), None)
        if usual is None or usual.low <= 0:
            return
        ties = row.value["ties"]
        should = _span(ties.low / usual.high, ties.high / usual.low)
        if fit:
            yield Problem.of(
                "KM904",
                f"{row.name}: density is {row.text['density']}, but ties over possible ties ({right[0]}) is {should}; "
                f"the printed value fits only {' or '.join(fit)}.",
                place=_at(row, "density"),
            )
        else:
            yield Problem.of(
                "KM903",
                f"{row.name}: density is {row.text['density']}, but {row.text['ties']} ties give {should} "
                f"({right[0]}), and no other denominator in use gives the printed value.",
                place=_at(row, "density"),
            )
    elif row.has("mean_degree", "density", "n"):
        yield from _density_from_degree(row)


def _density_from_degree(row: Row) -> Iterable[Problem]:
    others, degree = _less(row.value["n"], 1), row.value["mean_degree"]
    if others.low <= 0:
        return
    ways = {"mean degree / (n-1)": 1.0, "mean degree / 2(n-1), in and out ties added": 2.0}
    spans = {name: Range(degree.low / others.high / k, degree.high / others.low / k) for name, k in ways.items()}
    fit = [name for name, span in spans.items() if span.meets(row.value["density"])]
    if "mean degree / (n-1)" in fit or (fit and row.directed is not False):
        return
    should = spans["mean degree / (n-1)"]
    yield Problem.of(
        "KM903",
        f"{row.name}: density is {row.text['density']}, but a mean degree of {row.text['mean_degree']} among "
        f"{row.text['n']} people gives {_span(should.low, should.high)} (mean degree / (n-1)).",
        place=_at(row, "density"),
    )


def _mean_degree(row: Row) -> Iterable[Problem]:
    if not row.has("ties", "n", "mean_degree") or row.value["n"].low <= 0:
        return
    ties, n = row.value["ties"], row.value["n"]
    ways = {"ties / n": 1.0, "2 x ties / n": 2.0}
    fit = [
        name
        for name, k in ways.items()
        if Range(k * ties.low / n.high, k * ties.high / n.low).meets(row.value["mean_degree"])
    ]
    if "2 x ties / n" in fit or (fit and row.directed is not False):
        return
    right = ways if row.directed is None else [*ways][1:] if row.directed is False else [*ways][:1]
    should = " or ".join(f"{_span(ways[w] * ties.low / n.high, ways[w] * ties.high / n.low)} ({w})" for w in right)
    yield Problem.of(
        "KM905",
        f"{row.name}: mean degree is {row.text['mean_degree']}, but {row.text['ties']} ties among {row.text['n']} "
        f"people give {should}.",
        place=_at(row, "mean_degree"),
    )


def _sides(row: Row) -> tuple[Range, Range] | None:
    """Internal and external ties; one of them from all ties where only the other is printed."""
    ties, inside, outside = (row.value.get(column) for column in ("ties", "internal", "external"))
    if inside is None and ties is not None and outside is not None:
        inside = Range(max(ties.low - outside.high, 0.0), max(ties.high - outside.low, 0.0))
    if outside is None and ties is not None and inside is not None:
        outside = Range(max(ties.low - inside.high, 0.0), max(ties.high - inside.low, 0.0))
    return None if inside is None or outside is None or inside.high + outside.high <= 0 else (inside, outside)


def _ei(row: Row) -> Iterable[Problem]:
    sides = _sides(row)
    if sides is None or not row.has("ei"):
        return
    inside, outside = sides

    def index(e: float, i: float) -> float:
        return (e - i) / (e + i) if e + i else 0.0

    right = Range(index(outside.low, inside.high), index(outside.high, inside.low))
    if right.meets(row.value["ei"]):
        return
    flipped = Range(-right.high, -right.low).meets(row.value["ei"])
    share = Range((right.low + 1) / 2, (right.high + 1) / 2).meets(row.value["ei"])
    why = " It has the opposite sign." if flipped else " It is the external share, not the index." if share else ""
    yield Problem.of(
        "KM906",
        f"{row.name}: E-I is {row.text['ei']}, but {outside.low:g} external and {inside.low:g} internal give "
        f" {_span(right.low, right.high)}.{why}",
        place=_at(row, "ei"),
    )


def _response(row: Row) -> Iterable[Problem]:
    if not row.has("respondents", "n", "response") or row.value["n"].low <= 0:
        return
    right = Range(
        row.value["respondents"].low / row.value["n"].high, row.value["respondents"].high / row.value["n"].low
    )
    if not right.meets(row.value["response"]):
        yield Problem.of(
            "KM907",
            f"{row.name}: response is {row.text['response']}, but {row.text['respondents']} of {row.text['n']} is "
            f"{_span(right.low, right.high)}.",
            place=_at(row, "response"),
        )


def _fine(row: Row) -> Iterable[Problem]:
    checked = []
    if row.has("ties", "density") and (row.has("n") or row.has("n1", "n2")):
        checked.append("density: " + " or ".join(name for name in fitting(row) if name in sound(row)))
    elif row.has("mean_degree", "density", "n"):
        checked.append("density: from the mean degree")
    if row.has("ties", "n", "mean_degree"):
        checked.append("mean degree: from the ties")
    if row.has("ei") and _sides(row) is not None:
        checked.append("E-I: (external - internal) / (external + internal)")
    if row.has("respondents", "n", "response"):
        checked.append("response: respondents / n")
    if checked:
        yield Problem.of("KM909", f"{row.name} adds up ({'; '.join(checked)}).", place=row.place)


def _mixed(rows: list[Row]) -> Iterable[Problem]:
    """Whether one denominator gives the densities of all rows that have one."""
    able = [r for r in rows if r.has("ties", "density") and (r.has("n") or r.has("n1", "n2")) and fitting(r)]
    if len(able) < 2 or set.intersection(*(set(fitting(r)) for r in able)):
        return
    each = "; ".join(f"{r.name}: {' or '.join(fitting(r))}" for r in able)
    yield Problem.of(
        "KM908",
        f"No one denominator gives the densities of all rows, so they cannot be compared ({each}).",
        place=Place(able[0].place.file, 0, "density"),
    )

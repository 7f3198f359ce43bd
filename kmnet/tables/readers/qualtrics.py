"""Qualtrics responses (CSV or workbook): three rows of headings, previews and unfinished forms among the answers."""

from __future__ import annotations

from collections import Counter

from kmnet.errors import Problem
from kmnet.tables import rosters
from kmnet.tables.cells import flag, many, plain
from kmnet.tables.grid import at, columns, person, whole
from kmnet.tables.reader import Opened, Reading, failed, reader

_OWN = ("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Duration", "Finished",
        "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
        "ExternalDataReference", "LocationLatitude", "LocationLongitude", "DistributionChannel",
        "UserLanguage", "ResponseID", "ResponseSet", "Name", "RecipientName", "EmailAddress", "Email")  # fmt: skip
_UNSEEN = "-99"
"""What Qualtrics writes for a question that was seen and not answered, where it was asked to: a blank."""

_PREVIEW = frozenset({"survey preview", "preview", "1", "survey test", "spam", "8"})


def _name(cells: list[str], places: dict[str, int], chosen: str) -> str:
    if chosen:
        return at(cells, places.get("chosen"))
    reference = at(cells, places.get("reference"))
    name = f"{at(cells, places.get('first'))} {at(cells, places.get('last'))}".strip() or at(cells, places.get("name"))
    return reference or person(name, at(cells, places.get("email")))


@reader(feeds=("survey",), title="Qualtrics responses")
def qualtrics(opened: Opened) -> Reading:
    """One report a person asked about. Previews are left out, and forms not finished: their people did not answer."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    tops = [
        k for k, (_, c) in enumerate(grid.rows[:40]) if columns(c, r=("ResponseId",)) and columns(c, f=("Finished",))
    ]
    if not tops:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No Qualtrics headings (ResponseId, Finished)", seen=seen))
    top = tops[0]
    line, ids = grid.rows[top]
    texts = grid.rows[top + 1][1] if top + 1 < len(grid.rows) else []
    third = " ".join(grid.rows[top + 2][1]) if top + 2 < len(grid.rows) else ""
    again = plain(at(texts, columns(ids, f=("Finished",))["f"])) == "finished"  # the second row repeats the headings
    start = top + (3 if "ImportId" in third else 2 if again else 1)
    headings = [at(texts, k) or c for k, c in enumerate(ids)] if start > top + 1 else ids
    chosen = opened.source.columns.get("source", "")
    places = columns(
        ids, status=("Status",), finished=("Finished",), reference=("ExternalReference", "ExternalDataReference"),
        email=("RecipientEmail", "EmailAddress"), first=("RecipientFirstName",), last=("RecipientLastName",),
        name=("RecipientName", "Name"), chosen=(chosen or "-",),
    )  # fmt: skip
    places |= columns(headings, chosen=(chosen,)) if chosen and "chosen" not in places else {}
    forms, aside, first = [], Counter[str](), dict[str, int]()
    for number, cells in grid.rows[start:]:
        preview = plain(at(cells, places.get("status"))) in _PREVIEW
        if preview or not flag(at(cells, places["finished"])):
            why = "a preview" if preview else "not finished"
            aside[why] += 1
            first.setdefault(why, number)
            continue
        answers = ["" if c == _UNSEEN else c for c in cells]
        forms.append(rosters.Form(number, _name(cells, places, chosen), answers))
    problems = [
        *grid.problems,
        *(opened.problem("KM244", f"{many(aside[w], 'form')}: {w}", first[w]) for w in sorted(aside)),
    ]
    skip = {k for k, c in enumerate(ids) if plain(c) in set(map(plain, _OWN))} | set(places.values())
    return rosters.survey(
        headings, forms, skip, opened, problems=problems, heading_line=line, set_aside=sum(aside.values())
    )

"""Can the data be trusted? Graded checks, each with its number and the place to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from kmnet.report import words as w
from kmnet.report.blocks import Check, Checks, Fold, Head, Section, Table, Text, named, value
from kmnet.report.reading import ALL, Reading, records
from kmnet.report.sections import missing

Grade = Literal["Good", "Check", "Problem"]


def section(reading: Reading) -> Section:
    """The checks, the ledger of rows, and the findings."""
    blocks: list[object] = [
        Text("Every row of every input file is accounted for, and what was odd is listed with the file and the line."),
        Checks(
            [
                *_answers(reading),
                *_gate(reading),
                *_unknown(reading),
                *missing.checks(reading),
                *_names(reading),
                *_attendance(reading),
                *_rows(reading),
                *_findings(reading),
            ]
        ),  # fmt: skip
        *missing.answers(reading),
        *missing.tables(reading),
    ]
    blocks += [*_ledger(reading), *_found(reading)]
    return Section("trust", "Can the data be trusted?", blocks)


def _graded(bad: float, check: float, problem: float) -> Grade:
    return "Good" if bad <= check else ("Check" if bad <= problem else "Problem")


def answers(reading: Reading, counts: tuple[float, float]) -> str:
    """How many of those who were asked answered; no percentage of rounded numbers, which would make 33 of 36 all."""
    if reading.results.share == "public":
        return f"About {w.count(counts[0])} of about {w.count(counts[1])}"
    return w.part(*counts)


def _answers(reading: Reading) -> Iterator[Check]:
    response = reading.results.facts.get("response") or {}
    how = str(reading.results.facts.get("responses") or "")
    inferred = " Who answered was inferred from who reported any tie." if how.startswith("inferred") else ""
    for wave, counts in response.items():
        answered, asked = counts
        if not (w.known(answered) and w.known(asked)) or not asked:
            yield Check("Check", f"Answers, {wave}", f"{w.count(answered)} of {w.count(asked)} answered.{inferred}")
            continue
        grade = _graded(1 - answered / asked, 0.25, 0.4)
        meaning = "" if grade == "Good" else " Ties among people who did not answer are missing, not absent."
        part = answers(reading, counts)
        yield Check(grade, f"Answers, {wave}", f"{part} answered.{inferred}{meaning}",
                    "tables/networks.csv, column answered")  # fmt: skip


def _gate(reading: Reading) -> Iterator[Check]:
    said = [n for n in reading.notes if "not comparable" in n]
    for text in dict.fromkeys(said):
        yield Check("Problem", "Comparing the moments", w.sentence(text), "tables/change.csv, column note")
    caution = [n for n in reading.notes if "compare with caution" in n]
    for text in dict.fromkeys(caution):
        yield Check("Check", "Comparing the moments", w.sentence(text))
    if not said and not caution and len(reading.table("change")):
        text = "Before and after were observed in the same way, as far as the data tell."
        yield Check("Good", "Comparing the moments", text)


def _unknown(reading: Reading) -> Iterator[Check]:
    rows = records(reading.pick("tie_change_summary", network=reading.network, cohort=reading.cohort))
    for r in rows:
        counts = [r[c] for c in ("formed", "kept", "dissolved", "cannot_tell")]
        if r["facilitators"] != "with" or not all(map(w.known, counts)) or not sum(counts):
            continue
        grade = _graded(counts[3] / sum(counts), 0.1, 0.35)
        text = f"{w.part(counts[3], sum(counts))} pairs ever tied cannot be judged at both moments and are left out."
        yield Check(grade, "Ties that cannot be judged", text, "tables/tie_change.csv, cannot_tell")
        if w.known(r["people"]):
            grade = "Good" if r["people"] >= 20 else ("Check" if r["people"] >= 10 else "Problem")
            text = f"{w.many(r['people'], 'person', 'people')} are in both moments."
            few = "" if grade == "Good" else " With so few, only large changes can be told from chance."
            yield Check(grade, "People in both moments", text + few, "tables/tie_change_summary.csv")


_COUNT = re.compile(r" \(([\d,]+) (row|time)s?\)")
"""How many rows a finding rests on, or how often it was made where places are not told."""

JOINED = ("KM305", "KM306", "KM307", "KM310")
"""Findings that tell how names were matched to people."""


def _names(reading: Reading) -> Iterator[Check]:
    """How names in the files were joined to people."""
    found = [r for r in records(reading.table("findings")) if r["code"] in JOINED]
    counts: dict[tuple[str, str], int] = {}
    for r in found:
        counted = _COUNT.search(str(r["message"]))
        what = _COUNT.sub("", str(r["message"])).rstrip("."), counted[2] if counted else "row"
        counts[what] = counts.get(what, 0) + (int(counted[1].replace(",", "")) if counted else 1)
    text = " ".join(w.sentence(f"{what} ({w.many(many, unit)})") for (what, unit), many in counts.items())
    grade: Grade = "Check" if any(r["severity"] != "note" for r in found) else "Good"
    if len(reading.table("ledger")):
        yield Check(grade, "Names and people", text or "Every row named a person of the people table by its id.",
                    "tables/findings.csv" if found else "")  # fmt: skip


def _attendance(reading: Reading) -> Iterator[Check]:
    """Whether every workshop has a list of who came."""
    rows = [r for r in records(reading.table("attendance")) if r["cohort"] != ALL or not reading.cohorts]
    counts = [r["attended"] for r in rows]
    if not rows or not all(map(w.known, counts)):
        return
    listed = sum(c > 0 for c in counts)
    bare = sum(w.undefined(r["date"]) for r in rows)
    text = f"{w.part(listed, len(rows))} workshops and meetings have a list of who came."
    if bare:
        text += f" {w.many(bare, 'has', 'have')} no date."
    grade = _graded(1 - listed / len(rows), 0.0, 0.2)
    yield Check("Check" if bare and grade == "Good" else grade, "Attendance", text, "tables/attendance.csv")


def _rows(reading: Reading) -> Iterator[Check]:
    ledger = records(reading.table("ledger"))
    counts = [(r["read"], r["set_aside"], r["withdrawn"]) for r in ledger]
    if not counts or not all(w.known(c) for row in counts for c in row):
        return
    read, aside, gone = (sum(int(row[k]) for row in counts) for k in range(3))
    grade = _graded(aside / read if read else 0.0, 0.01, 0.1)
    text = f"{w.part(aside, read)} rows were set aside, each with a finding."
    if gone:
        text += f" {w.many(gone, 'row')} of people who withdrew were removed."
    yield Check(grade, "Rows used", text, "tables/ledger.csv and tables/findings.csv")


def _findings(reading: Reading) -> Iterator[Check]:
    rows = records(reading.table("findings"))
    errors = sum(r["severity"] == "error" for r in rows)
    warnings = sum(r["severity"] == "warning" for r in rows)
    if not rows:
        yield Check("Good", "Findings", "Nothing odd was found in the files.")
        return
    grade: Grade = "Problem" if errors else ("Check" if warnings else "Good")
    notes = len(rows) - errors - warnings
    text = f"{w.many(warnings, 'warning')} and {w.many(notes, 'note')} about the files."
    yield Check(grade, "Findings", text, "tables/findings.csv")


def _ledger(reading: Reading) -> list[object]:
    rows = records(reading.table("ledger"))
    if not rows:
        return []
    names = ("read", "used", "set_aside", "merged", "withdrawn")
    heads = [Head("Table"), Head("File"), *(Head(w.sentence(w.plain(n)).rstrip("."), numeric=True) for n in names)]
    body = [[named(r["table"]), named(_bare(r["file"])), *(value(w.count(r[n]), r[n]) for n in names)] for r in rows]
    return [Table("Rows of each file: read = used + set aside + merged + withdrawn", heads, body)]


def _bare(file: Any) -> str:
    """A file's name without its folders, which the config says."""
    return "" if w.undefined(file) else str(file).replace("\\", "/").rsplit("/", 1)[-1]


def _found(reading: Reading) -> list[object]:
    """Findings by code: how often each was made, and what to do."""
    groups: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    for r in records(reading.table("findings")):
        groups.setdefault((str(r["severity"]), str(r["code"]), str(r["name"]), str(r["fix"])), []).append(r)
    if not groups:
        return []
    order = {"error": 0, "warning": 1, "note": 2}
    heads = [Head("Finding"), Head("Weight"), Head("Times", numeric=True), Head("First place"), Head("What was found"),
             Head("What to do")]  # fmt: skip
    body = []
    for (severity, code, name, fix), rows in sorted(groups.items(), key=lambda g: (order.get(g[0][0], 3), g[0][1])):
        first = rows[0]
        line = "" if w.undefined(first["line"]) or not first["line"] else f", line {w.count(first['line'])}"
        body.append(
            [
                named(f"{w.plain(name.replace('-', ' '))} ({code})"), named(severity),
                value(w.count(len(rows)), len(rows)),
                named(f"{_bare(first['file'])}{line}" if not w.undefined(first["file"]) else ""),
                named(w.sentence(str(first["message"]))), named(fix),
            ]
        )  # fmt: skip
    return [Fold("What was found in the files", [Table("Findings by kind", heads, body,
                                                       more="Each one is in tables/findings.csv.")])]  # fmt: skip

"""Microsoft Teams attendance reports, in every layout and language: the participants' section is found by its form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kmnet.errors import Problem
from kmnet.tables.cells import many, plain
from kmnet.tables.dates import readings
from kmnet.tables.grid import Grid, at, between, columns, minutes, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.reader import Opened, Reading, failed, reader
from kmnet.tables.tabulate import Row

_NAME = (
    "Name", "Full Name", "Participant", "Nome", "Nome completo", "Nombre", "Nombre completo", "Nom",
    "Nom complet", "Vollständiger Name", "Naam", "Volledige naam", "Imię i nazwisko", "Namn", "Navn"
)  # fmt: skip
_JOIN = (
    "First Join", "Join Time", "First join time", "Primeiro ingresso", "Primeira entrada",
    "Hora de ingresso", "Primera unión", "Primera entrada", "Hora de unión", "Première connexion",
    "Première participation", "Heure de connexion", "Erster Beitritt", "Beitrittszeit",
    "Prima partecipazione", "Ora di accesso", "Eerste deelname", "Tijdstip van deelname",
    "Pierwsze dołączenie", "Första anslutning"
)  # fmt: skip
_LEAVE = (
    "Last Leave", "Leave Time", "Last leave time", "Última saída", "Hora de saída", "Última salida",
    "Hora de salida", "Dernier départ", "Dernière sortie", "Heure de départ", "Letztes Verlassen",
    "Austrittszeit", "Ultima uscita", "Ora di uscita", "Laatst verlaten", "Laatste vertrek",
    "Ostatnie opuszczenie"
)  # fmt: skip
_DURATION = (
    "In-Meeting Duration", "Duration", "Time in Meeting", "Duração da reunião", "Duração na reunião",
    "Duração", "Duración de la reunión", "Duración en la reunión", "Duración", "Durée de la réunion",
    "Durée en réunion", "Durée", "Besprechungsdauer", "Dauer", "Durata della riunione", "Durata",
    "Duur van vergadering", "Duur", "Czas trwania spotkania", "Czas trwania", "Varaktighet"
)  # fmt: skip
_EMAIL = (
    "Email", "E-mail", "Email address", "Correo electrónico", "Adresse e-mail", "E-Mail-Adresse",
    "Indirizzo di posta elettronica", "Adres e-mail", "E-postadress"
)  # fmt: skip
_ACTION, _STAMP = ("User Action", "Action"), ("Timestamp", "UtcEventTimestamp")
_TITLE = (
    "Meeting title", "Meeting Title", "Título da reunião", "Título de la reunión", "Titre de la réunion",
    "Besprechungstitel", "Titolo riunione", "Titel van vergadering", "Tytuł spotkania"
)  # fmt: skip
_START = ("Start time", "Meeting Start Time", "Hora de início", "Hora de inicio", "Heure de début", "Startzeit")
_SECTION = re.compile(r"\d\.\s+\S.*")
_ENGLISH = frozenset({"join time", "first join", "first join time", "timestamp", "utceventtimestamp"})


@dataclass(frozen=True)
class Section:
    """A table within the export: where it begins, and its columns. ``kind`` is people, stays or actions."""

    row: int
    kind: str
    at: dict[str, int]


def _heading(cells: list[str]) -> tuple[str, dict[str, int]] | None:
    """What section a row of cells is the heading of."""
    known = columns(
        cells, name=(*_NAME, "FullName"), join=_JOIN, leave=_LEAVE, duration=_DURATION, email=_EMAIL, action=_ACTION,
        stamp=_STAMP,
    )  # fmt: skip
    upn = next((k for k, c in enumerate(cells) if "(upn)" in c.casefold()), -1)
    if upn in (5, 6):  # the order of columns is the same in every language
        places = {"name": 0, "join": 1, "leave": 2, "duration": 3, "email": 4, "upn": upn}
        return ("people" if upn == 5 else "stays"), places | known
    if {"name", "action", "stamp"} <= set(known):
        return "actions", known
    if {"name", "join"} <= set(known) and ("leave" in known or "duration" in known):
        return ("people" if plain(cells[known["join"]]) in {"first join", "first join time"} else "stays"), known
    return None


def _sections(rows: list[Row]) -> list[Section]:
    """Every table of the export; the numbered titles decide where the words are in an unknown language."""
    found, number = [], ""
    for k, (_, cells) in enumerate(rows):
        filled = [c for c in cells if c]
        if len(filled) == 1 and _SECTION.fullmatch(filled[0]):
            number = filled[0][0]
            continue
        heading = _heading(cells)
        after_title = k and len([c for c in rows[k - 1][1] if c]) == 1 and _SECTION.fullmatch(rows[k - 1][1][0])
        if heading is None and number == "2" and after_title and len(filled) >= 4:
            heading = ("people", {"name": 0, "join": 1, "leave": 2, "duration": 3, "email": 4})
        if heading is not None:
            kind, places = heading
            kind = "people" if number == "2" else "stays" if number == "3" else kind
            found.append(Section(k, kind, places))
    return found


def _rows(grid: Grid, section: Section, stop: int) -> list[Row]:
    out = []
    for line, cells in grid.rows[section.row + 1 : stop]:
        if len([c for c in cells if c]) <= 1 and _SECTION.match(cells[0] or " "):
            break
        out.append((line, cells))
    return out


def _joins(rows: list[Row], places: dict[str, int]) -> list[Join]:
    joins = []
    for line, cells in rows:
        cell = {name: at(cells, k) for name, k in places.items()}
        stayed = minutes(cell.get("duration", ""))
        if stayed is None:
            stayed = between(cell.get("join", ""), cell.get("leave", ""))
        email = cell.get("email") or (cell.get("upn", "") if "@" in cell.get("upn", "") else "")
        joins.append(Join(line, cell.get("name", ""), email, cell.get("join", ""), stayed))
    return joins


def _from_actions(rows: list[Row], places: dict[str, int]) -> list[Join]:
    """The oldest list: a row when somebody joined, another when they left (who only left had been there before)."""
    open_: dict[str, Join] = {}
    joins = []
    for line, cells in rows:
        name, stamp = at(cells, places["name"]), at(cells, places["stamp"])
        here = open_.pop(name, None)
        if plain(at(cells, places["action"])).startswith("join"):
            new = Join(line, name, at(cells, places.get("email")), stamp, None)
            open_[name] = replace(here, rows=here.rows + 1) if here else new
        elif here:
            joins.append(replace(here, minutes=between(here.date, stamp), rows=here.rows + 1))
        else:
            joins.append(Join(line, name, at(cells, places.get("email")), stamp, None))
    return sorted([*joins, *open_.values()], key=lambda j: j.line)


def _day_first(date: str) -> str:
    """A date that could be read in two ways, read day first."""
    ways = readings(date)
    days = [moment for name, moment in ways.items() if name.startswith("day")]
    return days[0].isoformat() if days and len(ways) > 1 else date


def _told(joins: list[Join], opened: Opened, problems: list[Problem]) -> tuple[list[Join], int]:
    """Stays of people who were there; those who only registered, and rows without a name, are set aside and told."""
    never = [j for j in joins if j.minutes is None and not j.date]
    nameless = [j for j in joins if not (j.name or j.email) and j not in never]
    for rows, why in ((never, "no time of joining"), (nameless, "no name")):
        if rows:
            problems.append(opened.problem("KM244", f"{many(len(rows), 'row')} with {why}", rows[0].line))
    aside = [*never, *nameless]
    return [j for j in joins if j not in aside], len(aside)


def _summary(grid: Grid, words: tuple[str, ...], stop: int) -> str:
    wanted = {plain(w) for w in words}
    return next((at(cells, 1) for _, cells in grid.rows[:stop] if plain(cells[0]) in wanted), "")


@reader(feeds=("attendance",), title="Microsoft Teams attendance report")
def teams(opened: Opened) -> Reading:
    """One attendance a person; stays of one person are added up, and the list of single stays is not counted again."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    sections = _sections(grid.rows)
    kinds = {s.kind for s in sections}
    kind = next((k for k in ("people", "stays", "actions") if k in kinds), "")
    if not kind:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No list of participants as Teams writes it was found", seen=seen))
    chosen = [s for s in sections if s.kind == kind]
    joins: list[Join] = []
    for section in chosen:
        stop = next((s.row for s in sections if s.row > section.row), len(grid.rows))
        rows = _rows(grid, section, stop)
        joins += _from_actions(rows, section.at) if kind == "actions" else _joins(rows, section.at)
    problems = list(grid.problems)
    joins, aside = _told(joins, opened, problems)
    start = _summary(grid, _START, chosen[0].row)
    joins = [replace(j, date=j.date or start) for j in joins]
    words = {plain(c) for s in chosen for c in grid.rows[s.row][1]}
    if not words & _ENGLISH and not opened.source.date_format:
        read = [replace(j, date=_day_first(j.date)) for j in joins]
        if read != joins:
            message = (
                "The headings are not English, and no other language puts the month first: dates were read day first"
            )
            problems.append(opened.problem("KM250", message, grid.rows[chosen[0].row][0]))
        joins = read
    return attendance(
        joins,
        opened,
        workshop=_summary(grid, _TITLE, chosen[0].row),
        problems=problems,
        set_aside=aside,
        heading_line=grid.rows[chosen[0].row][0],
    )

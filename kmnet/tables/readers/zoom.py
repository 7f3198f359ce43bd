"""Zoom participant reports: short, with the meeting's block above, or one row a user."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kmnet.errors import Problem
from kmnet.tables.cells import flag, many, number
from kmnet.tables.grid import Grid, at, between, columns, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.marks import read_mark
from kmnet.tables.reader import Opened, Reading, failed, reader

_NAME = (
    "Name (Original Name)", "Name", "User Name (Original Name)", "User Name", "Participant", "Name (Originalname)",
    "Name (ursprünglicher Name)", "Nom (nom d'origine)", "Nom (nom original)", "Nom", "Nombre (nombre original)",
    "Nombre", "Nome (nome original)", "Nome (nome originale)", "Nome", "Naam (oorspronkelijke naam)", "Naam"
)  # fmt: skip
_EMAIL = (
    "User Email", "Email", "E-Mail", "Benutzer-E-Mail", "E-Mail-Adresse des Benutzers", "E-Mail-Adresse",
    "Adresse e-mail de l'utilisateur", "E-mail de l'utilisateur", "Adresse e-mail", "Correo electrónico del usuario",
    "Correo electrónico", "E-mail do usuário", "E-mail utente", "E-mailadres gebruiker", "E-mailadres"
)  # fmt: skip
_JOIN = (
    "Join Time", "First Join Time", "Beitrittszeit", "Teilnahmezeit", "Heure d'arrivée", "Heure de connexion",
    "Hora de ingreso", "Hora para unirse", "Hora de entrada", "Ora di ingresso", "Tijdstip deelname"
)  # fmt: skip
_LEAVE = (
    "Leave Time", "Last Leave Time", "Verlassenszeit", "Austrittszeit", "Beendigungszeit", "Heure de départ",
    "Hora de salida", "Hora de saída", "Ora di uscita", "Tijdstip vertrek"
)  # fmt: skip
_MINUTES = (
    "Duration (Minutes)", "Total Duration (Minutes)", "Duration Minutes", "Time in Session (minutes)",
    "Dauer (Minuten)", "Gesamtdauer (Minuten)", "Durée (minutes)", "Durée totale (minutes)", "Duración (minutos)",
    "Duración total (minutos)", "Duração (minutos)", "Durata (minuti)", "Duur (minuten)"
)  # fmt: skip
_WAITING = ("In Waiting Room", "Im Warteraum", "Dans la salle d'attente", "En la sala de espera", "Na sala de espera")
_TOPIC = ("Topic", "Thema", "Sujet", "Tema", "Tópico", "Argomento", "Onderwerp")
_START = ("Start Time", "Actual Start Time", "Startzeit", "Heure de début", "Hora de inicio", "Hora de início")
_DETAILS = re.compile(r"(?:host|panelists?|attendees?|participants?) details|other attended", re.IGNORECASE)
"""Titles of the lists of a webinar's report, each with headings of its own."""


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        name=_NAME,
        email=_EMAIL,
        join=_JOIN,
        leave=_LEAVE,
        minutes=_MINUTES,
        waiting=_WAITING,
        attended=("Attended",),
    )


def _heading(grid: Grid) -> int | None:
    for k, (_, cells) in enumerate(grid.rows):
        places = _places(cells)
        if "name" in places and ("minutes" in places or "join" in places):
            return k
    return None


def _meeting(grid: Grid, stop: int) -> dict[str, str]:
    """The meeting's own block above the list: its topic and start."""
    for k in range(stop - 1):
        places = columns(grid.rows[k][1], topic=_TOPIC, start=_START)
        if "topic" in places:
            return {name: at(grid.rows[k + 1][1], column) for name, column in places.items()}
    return {}


def _not_there(cell: Mapping[str, str]) -> str:
    """Why a row is no attendance, if it is none."""
    if cell.get("waiting") and read_mark(cell["waiting"]).kind == "present":
        return "of stays in the waiting room"
    if cell.get("attended") and flag(cell["attended"]) is False:
        return "of people who registered and did not attend"
    return "" if cell["name"] or cell.get("email") else "without a name"


@reader(feeds=("attendance",), title="Zoom participant report")
def zoom(opened: Opened) -> Reading:
    """One attendance a person; time in the waiting room is not attendance, and rejoining is added up."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    top = _heading(grid)
    if top is None:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        if any(columns(cells, booked=("Registration Time",)) for _, cells in grid.rows):
            message = "This is a report of registrations: it says who booked, not who came"
            return failed(
                opened.problem("KM243", message, seen=seen, fix="Export the participants or attendee report.")
            )
        return failed(opened.problem("KM243", "No list of participants as Zoom writes it was found", seen=seen))
    places, meeting = _places(grid.rows[top][1]), _meeting(grid, top)
    joins, aside = [], dict[str, list[int]]()
    for line, cells in grid.rows[top + 1 :]:
        heads = _places(cells)
        if "name" in heads and ("minutes" in heads or "join" in heads):
            places = heads
            continue
        if _DETAILS.fullmatch(cells[0]) and not any(cells[1:]):
            continue
        cell = {name: "" if (text := at(cells, k)) == "--" else text for name, k in places.items()}
        why = _not_there(cell)
        if why:
            aside.setdefault(why, []).append(line)
            continue
        stayed = number(cell.get("minutes", ""))
        if stayed is None:
            stayed = between(cell.get("join", ""), cell.get("leave", ""))
        date = cell.get("join") or meeting.get("start", "")
        joins.append(Join(line, cell["name"], cell.get("email", ""), date, stayed))
    problems = list(grid.problems)
    for why, lines in sorted(aside.items()):
        problems.append(opened.problem("KM244", f"{many(len(lines), 'row')} {why}", lines[0]))
    return attendance(
        joins,
        opened,
        workshop=meeting.get("topic", ""),
        problems=problems,
        set_aside=sum(map(len, aside.values())),
        heading_line=grid.rows[top][0],
    )

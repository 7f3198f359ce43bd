"""Eventbrite attendee reports. To be registered is not to attend: only a check-in counts."""

from __future__ import annotations

from collections import Counter

from kmnet.errors import Problem
from kmnet.tables.cells import flag, many, plain
from kmnet.tables.dates import readings
from kmnet.tables.grid import at, columns, whole
from kmnet.tables.joins import Join, attendance
from kmnet.tables.marks import read_mark
from kmnet.tables.reader import Opened, Reading, failed, reader

_CAME = frozenset(
    {
        "checked in",
        "attended",
        "scanned",
        "eingecheckt",
        "enregistre",
        "presente",
        "registrado",
        "fez check in",
        "ingecheckt",
    }
)
_NO_NAME = frozenset({"", "info requested", "info requested info requested", "n a", "guest", "tbc", "tba"})


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        order=(
            "Order #",
            "Order no.",
            "Order ID",
            "Order number",
            "Bestellnr.",
            "Bestellnummer",
            "N° de commande",
            "Nº de pedido",
        ),
        first=("First Name", "Attendee First Name", "Forename", "Vorname", "Prénom", "Nombre", "Nome"),
        last=(
            "Surname",
            "Last Name",
            "Attendee Last Name",
            "Attendee Surname",
            "Nachname",
            "Nom",
            "Nom de famille",
            "Apellidos",
            "Apellido",
            "Sobrenome",
        ),
        name=("Attendee", "Attendee Name", "Name"),
        buyer_first=("Buyer First Name",),
        buyer_last=("Buyer Last Name", "Buyer Surname"),
        email=(
            "Email",
            "Attendee Email",
            "Email Address",
            "Buyer Email",
            "E-Mail",
            "E-mail",
            "Adresse e-mail",
            "Correo electrónico",
        ),
        status=(
            "Attendee Status",
            "Status",
            "Teilnehmerstatus",
            "Statut du participant",
            "Estado del asistente",
            "Estado del participante",
        ),
        checked=("Checked In", "Check In", "Checked-In", "Eingecheckt", "Enregistré", "Registrado"),
        event=(
            "Event Name",
            "Event",
            "Name der Veranstaltung",
            "Veranstaltung",
            "Nom de l'événement",
            "Nombre del evento",
        ),
        date=(
            "Event Date",
            "Date Attending",
            "Event Start Date",
            "Event Start",
            "Check-In Date",
            "Check In Date",
            "Check-In Time",
            "Check In Time",
            "Checked In Date",
        ),
    )


def _checked(cell: str) -> bool:
    """Whether the column of check-ins says that somebody came: a yes, a tick, or the time of it."""
    return bool(cell) and bool(flag(cell) or read_mark(cell).kind == "present" or readings(cell))


@reader(feeds=("attendance",), title="Eventbrite attendee report")
def eventbrite(opened: Opened) -> Reading:
    """One attendance a person who was checked in; a buyer's further tickets without a name of their own are joined."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    heads = [(k, _places(cells)) for k, (_, cells) in enumerate(grid.rows[:40])]
    fitting = [(k, p) for k, p in heads if ("first" in p or "name" in p) and ("status" in p or "checked" in p)]
    if not fitting:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        if any("order" in p for _, p in heads):
            message = "This is a report of orders: it says who booked, not who came"
            fix = "Export the attendee report, with the status of each attendee or who was checked in."
            return failed(opened.problem("KM243", message, seen=seen, fix=fix))
        return failed(opened.problem("KM243", "No attendee report with a status column was found", seen=seen))
    top, places = fitting[0]
    joins, aside, first, events = [], Counter[str](), dict[str, int](), Counter[str]()
    for line, cells in grid.rows[top + 1 :]:
        cell = {name: at(cells, k) for name, k in places.items()}
        status = plain(cell.get("status", ""))
        if not (status in _CAME or _checked(cell.get("checked", ""))):
            why = "not checked in" + (f": status {cell['status']}" if cell.get("status") else "")
            aside[why] += 1
            first.setdefault(why, line)
            continue
        name = f"{cell.get('first', '')} {cell.get('last', '')}".strip() or cell.get("name", "")
        if plain(name) in _NO_NAME:
            name = f"{cell.get('buyer_first', '')} {cell.get('buyer_last', '')}".strip()
        email = cell.get("email", "") if "@" in cell.get("email", "") else ""
        if plain(name) in _NO_NAME and not email:
            aside["checked in without a name"] += 1
            first.setdefault("checked in without a name", line)
            continue
        events[cell.get("event", "")] += 1
        joins.append(Join(line, name, email, cell.get("date", ""), None))
    problems = list(grid.problems)
    for why in sorted(aside):
        problems.append(opened.problem("KM244", f"{many(aside[why], 'row')} {why}", first[why]))
    if len(events) > 1 and not opened.source.workshop:
        message = "The report holds several events; all rows were taken as one workshop"
        problems.append(opened.problem("KM243", message, fix="Save a file for each event, or set `workshop:`."))
    return attendance(
        joins,
        opened,
        workshop=min(events, default=""),
        problems=problems,
        set_aside=sum(aside.values()),
        heading_line=grid.rows[top][0],
    )

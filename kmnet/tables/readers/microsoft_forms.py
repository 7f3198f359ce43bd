"""Microsoft Forms responses, as the workbook or CSV that Forms exports."""

from __future__ import annotations

from kmnet.errors import Problem
from kmnet.tables import rosters
from kmnet.tables.grid import at, columns, person, whole
from kmnet.tables.reader import Opened, Reading, failed, reader


def _places(cells: list[str]) -> dict[str, int]:
    return columns(
        cells,
        id=("ID", "Id"),
        start=(
            "Start time",
            "Started",
            "Startzeit",
            "Heure de début",
            "Hora de inicio",
            "Hora de início",
            "Begintijd",
            "Ora di inizio",
            "Godzina rozpoczęcia",
            "開始時刻",
        ),
        end=(
            "Completion time",
            "Completed",
            "Fertigstellungszeit",
            "Heure de fin",
            "Hora de finalización",
            "Hora de conclusão",
            "Tijd van voltooien",
            "Ora di completamento",
            "Godzina ukończenia",
            "完了時刻",
        ),
        email=(
            "Email",
            "E-mail",
            "Email address",
            "Adresse de messagerie",
            "Correo electrónico",
            "E-mailadres",
            "Posta elettronica",
            "Adres e-mail",
            "メール",
        ),
        name=("Name", "Nom", "Nombre", "Nome", "Naam", "Nazwa", "名前"),
        modified=("Last modified time",),
        language=("Language",),
        points=("Total points",),
        feedback=("Quiz feedback",),
        asked_name=(
            "Your name",
            "What is your name?",
            "Your full name",
            "Please enter your name",
            "Full name",
            "Name2",
        ),
    )


def _sent_by(cells: list[str], places: dict[str, int]) -> str:
    """Who was signed in when the form was sent; "" where it was sent anonymously."""
    email = at(cells, places.get("email"))
    return person(at(cells, places.get("name")), "" if email.casefold() == "anonymous" else email)


@reader(feeds=("survey",), title="Microsoft Forms responses")
def microsoft_forms(opened: Opened) -> Reading:
    """One report a person asked about; `wave:` says which wave the file is."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    heads = [(k, _places(cells)) for k, (_, cells) in enumerate(grid.rows[:40])]
    fitting = [(k, p) for k, p in heads if {"start", "end"} <= set(p)]
    if not fitting:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No Microsoft Forms headings (Start time, Completion time)", seen=seen))
    top, places = fitting[0]
    chosen = opened.source.columns.get("source")
    if chosen:
        places |= columns(grid.rows[top][1], asked_name=(chosen,))
    elif not any(_sent_by(cells, places) or at(cells, places.get("asked_name")) for _, cells in grid.rows[top + 1 :]):
        body = [cells for _, cells in grid.rows[top + 1 :]]
        own = rosters.own_name(grid.rows[top][1], body, set(places.values()), opened)
        places |= {} if own is None else {"asked_name": own}
    forms = []
    for line, cells in grid.rows[top + 1 :]:
        who = _sent_by(cells, places)
        asked = at(cells, places.get("asked_name"))
        forms.append(rosters.Form(line, asked if chosen or not who else who, cells))
    return rosters.survey(
        grid.rows[top][1], forms, set(places.values()), opened, problems=grid.problems, heading_line=grid.rows[top][0]
    )

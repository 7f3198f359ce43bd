"""Google Forms responses, as CSV or workbook: grid questions have a column a person, ``Question [Name]``."""

from __future__ import annotations

from kmnet.errors import Problem
from kmnet.tables import rosters
from kmnet.tables.grid import at, columns, person, whole
from kmnet.tables.reader import Opened, Reading, failed, reader

_STAMP = ("Timestamp", "Zeitstempel", "Horodateur", "Marca temporal", "Carimbo de data/hora", "Tijdstempel",
          "Informazioni cronologiche", "Sygnatura czasowa", "Tidsstämpel", "タイムスタンプ")  # fmt: skip
_EMAIL = ("Email Address", "Email", "Username", "Your email", "E-Mail-Adresse", "Adresse e-mail", "Nom d'utilisateur",
          "Dirección de correo electrónico", "Endereço de e-mail", "E-mailadres", "Indirizzo email",
          "メールアドレス")  # fmt: skip
_NAME = ("Name", "Your name", "What is your name?", "Full name", "Your full name", "Ihr Name", "Nom", "Nombre",
         "Nome", "Naam", "Votre nom", "Tu nombre", "Seu nome", "Uw naam", "名前", "氏名")  # fmt: skip


@reader(feeds=("survey",), title="Google Forms responses")
def google_forms(opened: Opened) -> Reading:
    """One report a person asked about; `wave:` says which wave the file is."""
    grid = whole(opened)
    if isinstance(grid, Problem):
        return failed(grid)
    tops = [k for k, (_, cells) in enumerate(grid.rows[:40]) if columns(cells, stamp=_STAMP)]
    if not tops:
        seen = " | ".join(grid.rows[0][1])[:200] if grid.rows else ""
        return failed(opened.problem("KM243", "No Google Forms headings (Timestamp)", seen=seen))
    line, headings = grid.rows[tops[0]]
    chosen = opened.source.columns.get("source", "")
    places = columns(
        headings,
        stamp=_STAMP,
        email=_EMAIL,
        name=(chosen,) if chosen else _NAME,
        score=("Score",),
    )
    body = [cells for _, cells in grid.rows[tops[0] + 1 :]]
    if not chosen and not any(at(cells, places.get(k)) for cells in body for k in ("name", "email")):
        own = rosters.own_name(headings, body, set(places.values()), opened)
        places |= {} if own is None else {"name": own}
    forms = [
        rosters.Form(
            number, person(at(cells, places.get("name")), "" if chosen else at(cells, places.get("email"))), cells
        )
        for number, cells in grid.rows[tops[0] + 1 :]
    ]
    return rosters.survey(headings, forms, set(places.values()), opened, problems=grid.problems, heading_line=line)

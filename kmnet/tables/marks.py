"""What people write into sign-in sheets: that somebody came, did not come, or that another came in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kmnet.tables.cells import fold, plain

PRESENT = frozenset(
    {
    "x", "✓", "✔", "☑", "☒", "✅", "👍", "🗸", "√", "ü", "v", "/", "\\", "●", "•", "*", "1", "y", "yes", "p", "pr",
    "present", "true", "t", "attended", "att", "here", "in", "came", "ok", "online", "virtual", "virtually",
    "remote", "remotely", "teams", "ms teams", "zoom", "dial in", "by phone", "phone", "in person", "f2f",
    "face to face", "late", "arrived late", "left early", "part", "part time", "signed", "signed in", "host",
    "facilitator", "speaker", "chair", "am", "pm", "am only", "pm only", "morning", "afternoon", "half day",
    "dialled in", "called in", "xx", "✓✓", "✔✔", "1.0", "hybrid",
    "ja", "anwesend", "da", "teilgenommen", "oui", "présent", "présente", "presente", "sí", "si", "sim", "asistió",
    "aanwezig", "tak", "obecny", "obecna", "närvarande"
}
)  # fmt: skip
ABSENT = frozenset(
    {
    "", "a", "ab", "abs", "absent", "ap", "apol", "apols", "apologies", "apology", "sent apologies",
    "apologies sent", "apologies received", "n", "no", "0", "false", "f", "dna", "did not attend",
    "didn't attend", "not attended", "-", "–", "—", "sick", "ill", "leave", "annual leave", "al", "on leave",
    "mat leave", "maternity leave", "sick leave", "n/a", "na", "not applicable", "cancelled", "canceled",
    "declined", "withdrawn", "left", "left programme", "no show", "noshow", "not invited",
    "unable to attend", "can't attend", "holiday", "not present", "excused", "a/l", "no reply", "no response", "not attending", "not able to attend", "away",
    "on a/l", "0.0", "nein", "abwesend", "entschuldigt", "krank", "fehlt", "fehlte", "urlaub", "non", "absente", "excusé",
    "excusée", "ausente", "não", "afwezig", "nee", "ziek", "nie", "nieobecny", "nieobecna", "frånvarande", "☐", "✗", "✘", "✕", "✖", "❌", "û"
}
)  # fmt: skip
_CLOCK = re.compile(
    r"\d{1,2}(?:[:h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|[.:]\d{2}\s*[ap]\.?m\.?)(?:\s*(?:-|–|to)\s*\d{1,2}[:.h]\d{2}.*)?",
    re.IGNORECASE,
)
"""When somebody signed in."""

_TABLE = re.compile(r"(?:t|tbl)\.?\s*(?P<number>\d{1,3})|(?:table|group|room)\.?\s*(?P<name>\w{1,3})", re.IGNORECASE)
_SUB = r"(?:subs?|substitut(?:e|ing)|deput(?:y|ising|izing)|dep|rep|repped|rep'd|represented|cover(?:ing|ed)?)"
_SENT = re.compile(
    rf"(?:apol\w*[;,:. (\-–—]*)?(?:(?:sent|{_SUB})\s*(?:sent|was|is|by|=|:|-)?\s*(?:a\s+)?(?:{_SUB})?\s*[:=\-]?\s+)"
    r"(?P<name>\S.*)",
    re.IGNORECASE,
)
_CAME_FOR = re.compile(
    rf"(?:(?P<mark>.*?)[\s(,;:-]*)?\b(?:{_SUB}\s+for|in place of|instead of|on behalf of|for)\s+(?P<name>.+?)\)?",
    re.IGNORECASE,
)
_ATTENDING = re.compile(
    rf"(?P<name>[^\W\d_].*?)\s+(?:attended|attending|came|in (?:his|her|their) place|instead|\(\s*{_SUB}\s*\))\.?",
    re.IGNORECASE,
)

_NAMELESS = frozenset({"sent", "attended", "came", "present", "yes", "tbc", "sub", "substitute", "deputy", "rep"})

Kind = Literal["present", "absent", "substitute", "unclear"]


@dataclass(frozen=True)
class Mark:
    """A cell of a sign-in sheet. ``who`` came in place of the row's own person; ``table`` says where they sat."""

    kind: Kind
    who: str = ""
    table: str = ""


def read_mark(cell: str) -> Mark:
    """Understand one cell.

    "sub for Jane Smith" in a person's row says that this person came (for Jane); "sub: Ann Lee" says that Ann Lee came
    in place of the row's person; a sick note or apologies say that nobody came.

    Examples
    --------
    >>> read_mark("✓").kind, read_mark("Apols").kind, read_mark("T3").table, read_mark("sub: Ann Lee").who
    ('present', 'absent', '3', 'Ann Lee')
    """
    cell = cell.replace("\ufe0f", "")  # asks for a coloured sign
    key, words = fold(cell).strip(" .!()[]"), plain(cell)
    if key in PRESENT or words in PRESENT:
        return Mark("present")
    if key in ABSENT or (words in ABSENT and words):
        return Mark("absent")
    if _CLOCK.fullmatch(cell):
        return Mark("present")
    if found := _TABLE.fullmatch(cell):
        return Mark("present", table=found["number"] or found["name"])
    if found := _CAME_FOR.fullmatch(cell):
        mark = (found["mark"] or "").strip()
        if not mark or fold(mark) in PRESENT:
            return Mark("present")
        if len(mark) > 2 and fold(mark) not in ABSENT:  # "Ann Lee for Jane"
            return Mark("substitute", who=mark)
    if found := _SENT.fullmatch(cell):
        who = found["name"].strip(" ().")
        return Mark("absent") if plain(who) in _NAMELESS else Mark("substitute", who=who)
    if found := _ATTENDING.fullmatch(cell):
        return Mark("substitute", who=found["name"])
    if re.match(r"no\s*[-–,(;:]", key):  # "No - childcare"
        return Mark("absent")
    if words.startswith(
        ("left early", "arrived ", "arr ", "joined ", "late ", "part of ", "via ", "on teams", "on zoom")
    ):
        return Mark("present")
    first = re.split(r"[\s(,;:\-–]+", key, maxsplit=1)
    if len(first) == 2:  # "x (online)", "P - left early", "A: sick"
        if first[0] in PRESENT - {"in", "part"}:
            return Mark("present")
        if first[0] in ABSENT - {"left", "no", "not"} or words.startswith(("apol", "did not", "unable", "not attend")):
            return Mark("absent")
    if words.startswith(("apol", "absent")):
        return Mark("absent")
    return Mark("unclear")


def is_mark(cell: str) -> bool:
    """Whether a cell is understood as a mark."""
    return read_mark(cell).kind != "unclear"

"""What may be shown: the three levels at which results are shared, decided before anything is drawn or written."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kmnet.config.schema import Study
from kmnet.results import Results
from kmnet.share.partners import partners
from kmnet.share.public import public
from kmnet.tables.schema import Register


def share(results: Results, register: Register, study: Study, key: bytes) -> Results:
    """Results as they may be shown at the level that the study asks for.

    Parameters
    ----------
    results : Results
        With the study's own ids, and no name.
    register : Register
        Names; they are used at level ``inside`` only, elsewhere to find out where one stands in other texts.
    study : Study
        ``share`` is the level, ``disclosure`` the rules.
    key : bytes
        Behind the codes for people; not used at level ``inside``.
    """
    if study.share == "inside":
        return inside(results, register, study)
    shown = partners(results, register, study, key)
    return public(shown, study) if study.share == "public" else shown


def inside(results: Results, register: Register, study: Study) -> Results:
    """For the project team: names and ids as they are; minutes only if they were asked for."""
    people = results.people.assign(label=[register.names.get(one) or one for one in results.people["id"]])
    attendance = results.attendance
    if "minutes" not in study.disclosure.show and "minutes" in attendance:
        attendance = attendance.assign(minutes=pd.Series(float("nan"), index=attendance.index))
    notes = (*results.notes, "These pages hold personal data: they are for the project team only.")
    return replace(results, share="inside", people=people, attendance=attendance, notes=notes)

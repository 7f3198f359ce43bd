"""The input tables: their columns, and the value that reading them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kmnet.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

CellKind = Literal["id", "text", "ids", "number", "date", "flag", "action"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an input table. ``also`` lists other headings that mean the same."""

    name: str
    kind: CellKind
    needed: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputTable:
    """An input table. ``open`` says whether other columns are kept (as groupings) or only counted."""

    name: str
    fields: tuple[Field, ...]
    open: bool = False


INPUTS: dict[str, InputTable] = {
    table.name: table
    for table in (
        InputTable(
            "people",
            (
                Field("id", "id", needed=True, also=("person", "person id")),
                Field("name", "text", also=("full name",)),
                Field("role", "text", also=("job role", "stakeholder group")),
                Field("organisation", "id", also=("organization", "org", "employer")),
                Field("team", "text", also=("project", "cig")),
                Field("cohort", "ids", also=("cohorts",)),
                Field("facilitator", "flag", also=("programme staff",)),
                Field("consent", "text"),
                Field("email", "text", also=("e-mail", "email address")),
            ),
            open=True,
        ),
        InputTable(
            "organisations",
            (
                Field("id", "id", needed=True, also=("organisation", "organization")),
                Field("name", "text"),
                Field("sector", "text", also=("kind", "type")),
                Field("region", "text", also=("area",)),
            ),
            open=True,
        ),
        InputTable(
            "workshops",
            (
                Field("id", "id", needed=True, also=("workshop", "event")),
                Field("title", "text", also=("name",)),
                Field("date", "date"),
                Field("cohort", "ids"),
                Field("hours", "number"),
                Field("kind", "text", also=("type",)),
            ),
        ),
        InputTable(
            "attendance",
            (
                Field(
                    "person",
                    "id",
                    needed=True,
                    also=("id", "person id", "name", "full name", "participant", "attendee"),
                ),
                Field("workshop", "id", needed=True, also=("event", "session")),
                Field("date", "date"),
                Field("minutes", "number"),
                Field("table", "text", also=("breakout", "room", "group")),
            ),
        ),
        InputTable(
            "interactions",
            (
                Field("source", "id", needed=True, also=("from",)),
                Field("target", "id", needed=True, also=("to",)),
                Field("date", "date", also=("when",)),
                Field("kind", "text", also=("type",)),
                Field("weight", "number"),
                Field("introduced_by", "id"),
            ),
        ),
        InputTable(
            "survey",
            (
                Field("wave", "text", needed=True),
                Field("source", "id", needed=True, also=("from", "respondent")),
                Field("target", "id", needed=True, also=("to", "named")),
                Field("relation", "text"),
                Field("strength", "number", also=("value", "score", "rating")),
            ),
        ),
        InputTable(
            "respondents",
            (
                Field("wave", "text", needed=True),
                Field("person", "id", needed=True, also=("id",)),
                Field("answered", "flag"),
            ),
        ),
        InputTable(
            "artefacts",
            (
                Field("id", "id", needed=True, also=("artefact",)),
                Field("title", "text", also=("name",)),
                Field("kind", "text", also=("type",)),
                Field("date", "date"),
                Field("team", "text"),
            ),
        ),
        InputTable(
            "artefact_events",
            (
                Field("artefact", "id", needed=True),
                Field("person", "id"),
                Field("organisation", "id"),
                Field("action", "action", needed=True),
                Field("date", "date"),
            ),
        ),
        InputTable("aliases", (Field("written", "text", needed=True), Field("person", "id", needed=True))),
        InputTable("withdrawn", (Field("person", "id", needed=True, also=("id",)), Field("date", "date"))),
    )
}


@dataclass(frozen=True)
class Register:
    """The only holder of names: id to name and e-mail. It goes no further than the sharing stage."""

    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    emails: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Tables:
    """Everything that was observed, checked. Each frame has exactly the columns of its :class:`InputTable`
    (an absent column is there, empty) in canonical row order, so that the order of input rows changes nothing.

    Ids and texts are ``str`` ("" where empty), numbers float64 (NaN), dates ``datetime64[ns]`` (NaT), flags bool;
    ``people.cohort`` and ``workshops.cohort`` are tuples of str. ``people`` holds no name and no e-mail, and keeps
    extra columns as str. Every person, organisation, workshop and artefact that a row names has a row of its own.
    ``respondents`` holds every (wave, person) that was asked, with ``answered``, given or inferred;
    ``facts["response"]`` says which. ``strangers`` are the spellings that rows use and the register does not know,
    kept or dropped; those kept are ids in ``people``.
    """

    people: pd.DataFrame
    organisations: pd.DataFrame
    workshops: pd.DataFrame
    attendance: pd.DataFrame
    interactions: pd.DataFrame
    survey: pd.DataFrame
    respondents: pd.DataFrame
    artefacts: pd.DataFrame
    artefact_events: pd.DataFrame
    register: Register
    ledger: pd.DataFrame
    findings: tuple[Problem, ...]
    hashes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    strangers: tuple[str, ...] = field(default=(), repr=False)

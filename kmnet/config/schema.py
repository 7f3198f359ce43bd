"""Every setting of the config, with its type, its default and what it does.

The models are the documentation: ``kmnet schema`` prints them as JSON Schema, and :mod:`kmnet.config.load` turns a
YAML file into a :class:`Study` or into the list of everything that is wrong with it. Nothing here reads a file.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, model_validator

Policy = Literal["error", "warn", "set_aside"]
Share = Literal["inside", "partners", "public"]


class Setting(BaseModel):
    """Base of every block: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _many(value: Any) -> Any:
    """One value where a list may stand."""
    return value if isinstance(value, (list, tuple)) or value is None else [value]


def _day(value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value)
    raise ValueError("write a date as year-month-day, such as 2017-01-16")


Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Day = Annotated[date | None, BeforeValidator(_day)]
Names = Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(_many(v) or ()))]


def _source(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


def _sources(value: Any) -> Any:
    return [_source(v) for v in _many(value) or []]


class Source(Setting):
    """One input file (or sheet)."""

    path: str = Field(description="File, relative to the config.")
    format: str = Field("auto", description="auto (by ending), or the name of a reader: matrix, teams, zoom, ...")
    sheet: str | None = Field(None, description="Sheet of a workbook; needed when more than one is visible.")
    columns: dict[str, str] = Field(default_factory=dict, description="Column of kmnet: heading in the file.")
    header_row: Whole | None = Field(None, ge=1, description="Row of the headings when it is not found by itself.")
    encoding: str | None = Field(None, description="Encoding when the rule (BOM, UTF-8, cp1252) gets it wrong.")
    delimiter: str | None = Field(None, description="Column separator when it is not found by itself.")
    date_format: str | None = Field(None, description="Such as %d/%m/%Y, when the dates are ambiguous.")
    missing_values: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Per column, texts that mean an empty cell. Only an empty cell does by itself.",
    )
    excel_serial: Flag = Field(False, description="Numbers in a date column are Excel's day numbers.")
    scale: dict[str, float] = Field(
        default_factory=dict, description="Survey answers in words and the strength that each means."
    )
    workshop: str | None = Field(None, description="Workshop that this attendance file belongs to.")
    wave: str | None = Field(None, description="Survey wave that this file belongs to.")
    relation: str | None = Field(None, description="Relation that this survey file asked about.")
    date: str | None = Field(None, description="Date of every row of a file that has no date column.")


Sources = Annotated[tuple[Source, ...], BeforeValidator(_sources)]


class Data(Setting):
    """The input tables. Each is a file, a list of files, or a block with `path:` and reading options."""

    people: Sources = Field(description="Who belongs to the programme: id, name, role, organisation, team, cohort, ...")
    organisations: Sources = Field((), description="Organisations: id, name, sector, region.")
    workshops: Sources = Field((), description="Workshops: id, title, date, cohort, hours, kind.")
    attendance: Sources = Field((), description="Who came to which workshop: person, workshop, date, minutes, table.")
    interactions: Sources = Field((), description="Dated contacts: source, target, date, kind, weight, introduced_by.")
    survey: Sources = Field((), description="Ties as reported: wave, source, target, relation, strength.")
    respondents: Sources = Field((), description="Who was asked and answered: wave, person, answered.")
    artefacts: Sources = Field((), description="What was made: id, title, kind, date, team.")
    artefact_events: Sources = Field(
        (), description="Who made, shared, received or used it: artefact, person, action, date."
    )
    aliases: Sources = Field((), description="Confirmed spellings of people: written, person.")
    withdrawn: Sources = Field((), description="People who withdrew, removed before anything else: person, date.")


class Cohort(Setting):
    """A cohort and its programme period."""

    name: str = Field(description="Name of the cohort, as in the cohort column of people.")
    start: Day = Field(None, description="First day of the programme, year-month-day.")
    end: Day = Field(None, description="Its last day.")


EXPRESSION = re.compile(
    r"^(?:(?P<anchor>start|end)(?:\s*(?P<sign>[+-])\s*(?P<count>\d+)\s*(?P<unit>day|week|month|year)s?)?"
    r"|(?P<date>\d{4}-\d{2}-\d{2}))$"
)
"""``start``, ``end``, ``start - 6 months`` or an absolute date."""


class Moment(Setting):
    """A stretch of time: rows dated in [from, until) and the survey wave belong to it."""

    name: str = Field(description="Name of the moment.")
    from_: str | None = Field(None, alias="from", description="start, end, start - 6 months, or a date.")
    until: str | None = Field(None, description="As from; the day itself is outside.")
    wave: str | None = Field(None, description="Survey wave of this moment.")


class TieRule(Setting):
    """What counts as a tie in one network."""

    from_: Literal["survey", "interactions", "attendance", "artefacts"] = Field(
        alias="from", description="Table that ties are made of."
    )
    relation: str | None = Field(None, description="Survey: only this relation.")
    kinds: Names = Field((), description="Interactions: only these kinds; artefacts: only these actions.")
    at_least: Number = Field(1, gt=0, description="Threshold on strength, summed weight or shared events.")
    reports: Literal["either", "both", "as_reported"] | None = Field(
        None,
        description="Survey: a tie if either reports it, if both do, or from reporter to named. Default either, "
        "or as_reported where directed.",
    )
    directed: Flag = Field(False, description="Keep the direction of reports or interactions.")
    within: Literal["workshop", "table"] = Field("workshop", description="Attendance: same workshop or same table.")
    weight: Literal["count", "newman", "jaccard", "minutes"] = Field("count", description="Attendance: how strong.")
    max_event_size: Whole | None = Field(None, ge=2, description="Leave out events larger than this.")

    @model_validator(mode="after")
    def _fits(self) -> TieRule:
        if self.from_ == "survey" and self.directed and self.reports in ("either", "both"):
            raise ValueError("a directed survey network keeps reports as they were made: `reports: as_reported`")
        if self.from_ == "survey" and not self.directed and self.reports == "as_reported":
            raise ValueError("`reports: as_reported` needs `directed: true`; else write either or both")
        if self.from_ in ("attendance", "artefacts") and self.directed:
            raise ValueError("being at the same place has no direction: leave `directed` out")
        return self

    @property
    def rule(self) -> Literal["either", "both", "as_reported"]:
        """How reports become ties, with the default filled in."""
        return self.reports or ("as_reported" if self.directed else "either")


class Compare(Setting):
    """Which two moments are compared."""

    before: str = Field(description="The earlier moment.")
    after: str = Field(description="The later moment.")
    force: Flag = Field(False, description="Compare even where the gate says not comparable; the report then says so.")


class Effect(Setting):
    """The one primary question: did pairs who shared the exposure form and keep ties beyond other pairs?"""

    exposure: Literal["team", "workshops", "tables", "participation"] = Field(
        "team", description="What pairs of people shared; participation: both took part, beside a comparison group."
    )
    outcome: str | None = Field(None, description="Network of the outcome; the headline network when left out.")
    comparison: dict[str, Names] = Field(
        default_factory=dict,
        description="Who took no part, by people column (with `exposure: participation`), such as arm: comparison.",
    )
    secondary: Names = Field(
        (), description="Further networks asked the same question; their p are corrected together (Holm)."
    )
    exploratory: Names = Field(
        (), description="Networks only looked at; their p are corrected for false discoveries and called exploratory."
    )


class Association(Setting):
    """A regression of a whole network on others (MRQAP), or correlations with each of them (QAP)."""

    outcome: str = Field(description="Network whose ties are the outcome.")
    moment: str | None = Field(None, description="Moment of the outcome; the later of the compared ones when left out.")
    predictors: Names = Field(
        description="What may go with a tie: networks, baseline (the outcome's earlier moment), workshops or tables "
        "(how many two people shared), introduced (somebody introduced them), or a column of people (same value)."
    )
    method: Literal["correlation", "double_semi_partialling", "freedman_lane", "y_permutation"] = Field(
        "double_semi_partialling", description="How people are renamed to find what chance gives."
    )
    logistic: Flag = Field(False, description="Odds of a tie in place of its chance; not with freedman_lane.")
    within: str | None = Field(None, description="Column of people within whose groups people are renamed.")

    @model_validator(mode="after")
    def _fits(self) -> Association:
        if self.logistic and self.method in ("freedman_lane", "correlation"):
            raise ValueError("`logistic` goes with double_semi_partialling or y_permutation")
        if not self.predictors:
            raise ValueError("name at least one predictor")
        if self.outcome in self.predictors:
            raise ValueError("a network goes with itself: write `baseline` for its earlier moment")
        return self


class Inference(Setting):
    """How much chance is drawn."""

    draws: Whole = Field(2000, ge=99, le=1_000_000, description="Random draws behind each p and interval.")


class Disclosure(Setting):
    """What may be shown of small numbers and small roles (levels `partners` and `public`)."""

    small_numbers: Literal["nhs", "sacro", "none"] = Field(
        "nhs",
        description="Level public: nhs hides 1 to 7 and rounds to 5; sacro hides fewer than 10; none needs a reason.",
    )
    reason: str | None = Field(None, description="Needed with `none`; printed in the manifest.")
    minimum: Whole = Field(5, ge=2, description="A role or organisation of fewer people is generalised.")
    key: str = Field("kmnet.key", description="File of the key behind the codes; never in the output folder.")
    unregistered: Literal["drop", "group", "keep"] = Field("group", description="People in logs, not in the register.")
    consent_missing: Literal["include", "exclude"] = Field(
        "include", description="People whose consent is not recorded."
    )
    show: Annotated[
        tuple[Literal["titles", "attendance", "dates", "minutes"], ...],
        BeforeValidator(lambda v: tuple(_many(v) or ())),
    ] = Field(
        (),
        description="What is left out unless it is named here: titles of workshops and artefacts, who came to which "
        "workshop, and exact dates (levels partners and public); minutes (every level).",
    )


class Limits(Setting):
    """Safety limits; a run that would pass one stops before building."""

    ties: Whole = Field(5_000_000, ge=1, description="Most ties that a network may have.")
    triangles: Whole = Field(
        30_000_000, ge=1, description="Most pairs of contacts that are looked at to find the triangles of a network."
    )
    rows: Whole = Field(20_000_000, ge=1, description="Most rows that an input file may have.")


class Compute(Setting):
    """Where draws are made; the numbers do not depend on it."""

    workers: Whole = Field(1, ge=1, description="Processors to use.")


class Study(Setting):
    """A whole config."""

    version: Literal[1] = Field(1, description="Version of the settings.")
    title: str = Field(description="Title of the study, printed on every page.")
    data: Data = Field(description="Where the tables are.")
    cohorts: tuple[Cohort, ...] = Field((), description="Cohorts and their programme periods; left out, there is one.")
    moments: tuple[Moment, ...] = Field(
        (), description="What before, during and after mean; left out, waves or dates say."
    )
    networks: dict[str, TieRule] = Field(
        default_factory=dict,
        description="What counts as a tie, by name of the network; the first is the headline. Left out, one a source.",
    )
    groups: Names = Field(
        (), description="Groupings; the first is the headline partition. Default role, organisation, sector as found."
    )
    facilitators: dict[str, Names] = Field(
        default_factory=dict,
        description="Who is programme staff, by people column, when there is no facilitator column.",
    )
    compare: Compare | None = Field(
        None, description="Which two moments are compared; left out, the first and the last."
    )
    effect: Effect | None = Field(None, description="The one primary question that is tested.")
    associations: tuple[Association, ...] = Field(
        (), description="What goes with being tied: regressions of a network on others, each a block."
    )
    equity: dict[str, str] = Field(
        default_factory=dict,
        description="Whose position is looked at first, as column: group; e.g. role: Public adviser.",
    )
    inference: Inference = Field(Inference(), description="How many random draws there are.")
    share: Share = Field(
        "partners", description="Who may see the results: inside (names), partners (codes), public (no people)."
    )
    disclosure: Disclosure = Field(Disclosure(), description="Small groups, small numbers, codes and consent.")
    policies: dict[str, Policy] = Field(
        default_factory=dict, description="Problem name or code: error, warn, set_aside."
    )
    limits: Limits = Field(Limits(), description="Safety limits: a run that would pass one stops first.")
    compute: Compute = Field(Compute(), description="How the work is done; the numbers do not depend on it.")
    output: str = Field("results", description="Output folder, inside the config's own folder.")
    seed: Whole = Field(20231122, ge=0, description="Seed of all random draws.")

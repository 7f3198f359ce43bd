"""Promises 4.1 to 4.6 and 4.9: what each level shows, and that nothing planted comes through."""

from __future__ import annotations

import contextlib
import io
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kmnet import cli, pipeline
from kmnet.report.reading import Reading
from kmnet.results import Headline, Reason, Results
from kmnet.share.levels import share
from kmnet.share.relabel import JOINED
from kmnet.share.rows import people
from kmnet.share.scan import look, scan, terms
from kmnet.tables.schema import Register
from tests.share.made import CANARIES, canaries, register, results, shot, study, write_study

KEY = b"0" * 64


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("planted"))


@pytest.fixture(scope="module")
def measured(planted: Path) -> tuple[pipeline.Checked, Results]:
    checked = pipeline.check(planted)
    return checked, pipeline.measured(checked)


def at(measured: tuple[pipeline.Checked, Results], level: str, key: bytes = KEY, **disclosure: object) -> Results:
    checked, found = measured
    settings = checked.loaded.study
    rules = settings.disclosure.model_copy(update=disclosure)
    return share(found, checked.tables.register, settings.model_copy(update={"share": level, "disclosure": rules}), key)


def everything(shown: Results) -> str:
    """Every text and number of some results."""
    stream = io.StringIO()
    frames = [*shown.tables.values(), shown.people, shown.organisations, shown.workshops, shown.artefacts]
    for frame in [*frames, shown.contacts, shown.attendance, shown.artefact_events]:
        frame.to_csv(stream, index=False)
    for s in shown.snapshots:
        print(s.ids, s.label, [(c, p.names) for c, p in s.groups.items()], s.notes, s.affiliation, file=stream)
    print(shown.headlines, shown.reasons, shown.notes, shown.facts, shown.provenance, shown.title, file=stream)
    return stream.getvalue()


# --- the canary ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["partners", "public"])
def test_4_9_no_planted_text_is_in_the_results(measured: tuple[pipeline.Checked, Results], level: str) -> None:
    wanted = terms((*canaries(), *people(measured[0].loaded.folder / "people.csv")))
    found = list(look(everything(at(measured, level)).encode(), "results", wanted))
    assert [(p.seen, p.message) for p in found] == []


def test_4_1_inside_shows_names_and_ids_but_no_e_mail_and_no_withdrawn(
    measured: tuple[pipeline.Checked, Results],
) -> None:
    text = everything(at(measured, "inside"))
    assert CANARIES["name"] in text and CANARIES["person"] in text
    assert list(look(text.encode(), "results", terms(canaries())))
    for gone in ("withdrawn", "withdrawn name", "email", "written"):
        assert CANARIES[gone] not in text, gone
    assert "personal data" in text


@pytest.mark.parametrize("level", ["partners", "public"])
def test_4_9_no_planted_text_is_in_any_byte_of_the_output(planted: Path, tmp_path: Path, level: str) -> None:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(["analyse", str(planted), "--share", level, "--out", str(tmp_path / "out"), "--quiet"])
    assert code == 0, err.getvalue()
    everybody = (*canaries(), *people(planted.parent / "people.csv"))
    found, files = scan(tmp_path / "out", everybody)
    assert files > 20
    assert [(p.place.file, p.seen, p.message) for p in found] == []
    assert not list(look((out.getvalue() + err.getvalue()).encode(), "said", terms(everybody)))


# --- partners ------------------------------------------------------------------------------------------------


def test_4_3_people_are_codes_in_the_order_of_codes(measured: tuple[pipeline.Checked, Results]) -> None:
    shown = at(measured, "partners")
    ids = list(shown.people["id"])
    assert ids == sorted(ids) and len(set(ids)) == len(ids) == len(measured[1].people)
    for s in shown.snapshots:
        assert list(s.ids) == sorted(s.ids) and set(s.ids) <= set(ids)
    for name in ("people", "brokerage"):
        rows = shown.tables[name]
        keys = [c for c in ("network", "cohort", "moment", "partition") if c in rows]
        assert all(list(g["id"]) == sorted(g["id"]) for _, g in rows.groupby(keys))
    ties = shown.tables["tie_change"]
    undirected = ties[ties["network"] == "knows"]
    assert (undirected["source"] < undirected["target"]).all()
    labels = shown.people["label"]
    assert labels.str.fullmatch(r"(Public adviser|Practitioner|Commissioner|Person) [A-Z2-7]{4,}").all()
    assert labels.is_unique


def test_networks_are_the_same_but_for_names_and_order(measured: tuple[pipeline.Checked, Results]) -> None:
    before, after = measured[1], at(measured, "partners")
    from kmnet.share.codes import codes

    code = codes(before.people["id"], KEY)
    for s, t in zip(before.snapshots, after.snapshots, strict=True):
        was = {(*_pair(code[s.ids[a]], code[s.ids[b]], s.directed), w) for a, b, w in zip(s.source, s.target, s.weight)}
        now = {(t.ids[a], t.ids[b], w) for a, b, w in zip(t.source, t.target, t.weight)}
        assert was == now
        order = np.lexsort((t.target, t.source))
        assert (order == np.arange(t.m)).all()
        assert dict(zip((code[i] for i in s.ids), s.answered)) == dict(zip(t.ids, t.answered))
        assert t.affiliation is None and t.reports is None
    mine, theirs = before.tables["people"], after.tables["people"]
    assert sorted(mine["betweenness"].fillna(-1)) == sorted(theirs["betweenness"].fillna(-1))


def _pair(a: str, b: str, directed: bool) -> tuple[str, str]:
    return (a, b) if directed else (min(a, b), max(a, b))


def test_4_3_the_same_key_gives_the_same_codes_and_another_key_others(
    measured: tuple[pipeline.Checked, Results],
) -> None:
    assert list(at(measured, "partners").people["id"]) == list(at(measured, "partners").people["id"])
    assert not set(at(measured, "partners").people["id"]) & set(at(measured, "partners", b"1" * 64).people["id"])


def test_4_1_small_groups_are_joined_everywhere(measured: tuple[pipeline.Checked, Results]) -> None:
    shown = at(measured, "partners")
    for column in ("role", "organisation", "team", "hobby"):
        sizes = shown.people.loc[shown.people[column] != "", column].value_counts()
        assert sizes.min() >= 5, column
    roles = set(shown.people["role"])
    mixing = shown.tables["mixing"]
    assert set(mixing.loc[mixing["partition"] == "role", "from_group"]) <= roles
    assert set(shown.organisations["id"]) <= set(shown.people["organisation"])
    assert not shown.tables["organisations"]["id"].str.startswith("Other").any()


def test_ties_between_joined_groups_are_counted_once() -> None:
    ids = [f"p{k:02d}" for k in range(14)]
    roles = ["Big"] * 7 + ["Mid"] * 3 + ["Low"] * 2 + ["Rare"] * 2
    frame = register(dict(zip(ids, zip(roles, ["O"] * 14))))
    pairs = [(ids[a], ids[b]) for a in range(14) for b in range(a + 1, 14) if (a + 2 * b) % 3 == 0]
    s = shot(ids, pairs, frame)
    part = s.groups["role"]
    rows = []
    for g, one in enumerate(part.names):
        for h, two in list(enumerate(part.names))[g:]:
            ties = sum(
                {(int(part.code[a]), int(part.code[b]))} & {(g, h), (h, g)} != set() for a, b in zip(s.source, s.target)
            )
            rows.append(("knows", "All", "before", "role", one, two, ties, 10, ties / 10, 1.0, 0.0, 1.0, 0.5, 0.2))
    table = pd.DataFrame(rows, columns=results(frame).tables["mixing"].columns)
    found = results(frame, [s], mixing=table)
    partners = share(found, Register(), study(share="partners"), KEY)
    shown = partners.tables["mixing"]
    assert not shown.duplicated(["from_group", "to_group"]).any()
    other = shown[(shown["from_group"] == "Other role") & (shown["to_group"] == "Other role")].iloc[0]
    small = set(range(7, 14))
    assert other["ties"] == sum(a in small and b in small for a, b in zip(s.source.tolist(), s.target.tolist()))
    assert np.isnan(other[["z", "residual", "returned"]].astype(float)).all()
    assert other["possible"] == 21 and other["density"] == other["ties"] / 21
    assert other["expected"] == pytest.approx(s.m * 21 / s.possible)
    degree = np.bincount(np.concatenate([s.source, s.target]), minlength=14)
    assert other["expected_by_activity"] == pytest.approx(degree[7:].sum() ** 2 / (4 * s.m))
    for column in ("z", "residual", "returned"):
        why = Reading(partners).why("mixing", column, dict(other))
        assert why == JOINED, column


def test_4_2_what_was_not_asked_for_is_absent_and_can_be_asked_for(measured: tuple[pipeline.Checked, Results]) -> None:
    shown = at(measured, "partners")
    assert len(shown.attendance) == 0
    assert set(shown.contacts["date"].dt.day) == {1}
    assert not shown.workshops["label"].str.contains("Session").any()
    assert shown.provenance.config == ""
    asked = at(measured, "partners", show=("titles", "attendance", "dates"))
    assert len(asked.attendance) == len(measured[1].attendance) and asked.attendance["minutes"].isna().all()
    assert len(set(asked.contacts["date"].dt.day)) > 1
    assert asked.workshops["label"].str.contains("Session").any()
    inside = at(measured, "inside")
    assert (
        inside.attendance["minutes"].isna().all()
        and at(measured, "inside", show=("minutes",)).attendance["minutes"].notna().any()
    )


def test_4_2_files_named_after_people_are_not_named(measured: tuple[pipeline.Checked, Results]) -> None:
    files = set(at(measured, "partners").provenance.inputs)
    assert (
        "people.csv" in files and not any("vorpal" in f for f in files) and any(f.startswith("input ") for f in files)
    )
    assert len(files) == len(measured[1].provenance.inputs)


def test_4_2_findings_are_told_by_kind(measured: tuple[pipeline.Checked, Results]) -> None:
    rows = at(measured, "partners").tables["findings"]
    assert len(rows) and (rows["file"] == "").all() and (rows["line"] == 0).all() and rows["code"].is_unique


def test_reasons_headlines_and_facts_follow(measured: tuple[pipeline.Checked, Results]) -> None:
    checked, found = measured
    who = CANARIES["person"]
    added = replace(
        found,
        reasons=(Reason("people", (("network", "knows"), ("id", who)), "constraint", "no contacts"),),
        headlines=(
            Headline("brokers", "Clear", {"roles": ((CANARIES["role"], 3), ("Commissioner", 2)), "top": 5}),
            Headline("equity", "Likely", {"group": CANARIES["role"], "value": 1.0, "others": 2.0, "people": 1}),
        ),
        facts={**found.facts, "central": {"people": [who, "u001"]}},
    )
    shown = at((checked, added), "partners")
    text = everything(shown)
    assert who not in text and CANARIES["role"] not in text
    assert dict(shown.headlines[0].numbers["roles"]) != {} and shown.headlines[1].numbers["group"] == "Other role"
    assert dict(shown.reasons[-1].where)["id"] in set(shown.people["id"])


def test_4_4_the_sheet_of_recognisability_is_there_and_warns(measured: tuple[pipeline.Checked, Results]) -> None:
    shown = at(measured, "partners")
    sheet = shown.facts["identifiability"]
    assert sheet["people"] == len(shown.people)
    assert 0 <= sheet["by_attributes"] <= 1 and np.isnan(sheet["by_attendance"])
    asked = at(measured, "partners", show=("attendance",))
    assert 0 <= asked.facts["identifiability"]["by_attendance"] <= 1
    assert any("may still recognise" in note for note in shown.notes)
    assert not any("anonym" in note.lower() for note in shown.notes)


# --- withdrawal ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_4_6_4_9_people_who_withdrew_leave_results_as_if_they_had_never_been_there(tmp_path: Path, seed: int) -> None:
    gone = random.Random(seed).sample([f"u{k:03d}" for k in range(36)], 4)
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    marked, bare = write_study(tmp_path / "with", canary=False), write_study(tmp_path / "without", canary=False)
    (tmp_path / "with" / "withdrawn.csv").write_text("person,date\n" + "".join(f"{g},2020-08-01\n" for g in gone))
    for path in (tmp_path / "without").glob("*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        columns = [c for c in ("id", "source", "target", "person", "introduced_by") if c in frame]
        names = [c for c in columns if not (c == "id" and path.stem in ("workshops", "artefacts", "organisations"))]
        keep = ~frame[names].isin(gone).any(axis=1) if names else np.ones(len(frame), bool)
        frame[keep].to_csv(path, index=False, lineterminator="\n")
    checks = [pipeline.check(config) for config in (marked, bare)]
    found = [(c, pipeline.measured(c)) for c in checks]
    for level in ("inside", "partners", "public"):
        same(*(at(one, level) for one in found))


def same(one: Results, two: Results) -> None:
    for name in one.tables:
        if name not in ("ledger", "findings"):
            pd.testing.assert_frame_equal(one.tables[name], two.tables[name], obj=name)
    for name in ("people", "organisations", "workshops", "artefacts", "contacts", "attendance", "artefact_events"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), obj=name)
    assert one.headlines == two.headlines and one.notes == two.notes
    assert [r for r in one.reasons if r.table != "ledger"] == [r for r in two.reasons if r.table != "ledger"]
    assert repr(one.facts) == repr(two.facts)

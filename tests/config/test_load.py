"""Promises A1 to A11: whatever stands in a config, it is read as meant or refused in one line with a place and a cure."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kmnet.config.load import load
from kmnet.config.nodes import MAX_BYTES, parse, resolve
from kmnet.config.schema import Study
from kmnet.config.wording import nearest, settings_at
from kmnet.errors import ConfigError

EXAMPLES = int(os.environ.get("KMNET_FUZZ", "1500"))
"""Texts tried by the fuzz tests; the promise of 4,000 is tried with KMNET_FUZZ=4000 or more."""

MINIMAL = "title: Small\ndata:\n  people: people.csv\n  interactions: log.csv\n  survey: survey.csv\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("people.csv", "log.csv", "survey.csv", "attendance.csv"):
        (tmp_path / name).write_text("id\n", encoding="utf-8")
    return tmp_path


def config(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def problems(folder: Path, text: str, **overrides: object) -> list[tuple[str, int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load(config(folder, text), overrides)
    for problem in caught.value.problems:
        assert "\n" not in str(problem)
        assert problem.place.file.endswith("config.yaml")
        assert problem.fix
    return [(p.code, p.place.line, p.place.column, p.message) for p in caught.value.problems]


def codes(folder: Path, text: str) -> list[tuple[str, int]]:
    return [(code, line) for code, line, _, _ in problems(folder, text)]


def test_a_minimal_config_gets_every_default(folder: Path) -> None:
    loaded = load(config(folder, MINIMAL))
    assert loaded.study == Study(title="Small", data=loaded.study.data)
    assert loaded.folder == folder.resolve()
    assert loaded.output == folder.resolve() / "results"
    assert loaded.file(loaded.study.data.people[0]).read_text() == "id\n"


# --- A1: unknown keys --------------------------------------------------------------------------------------


def test_a1_unknown_keys_name_place_and_cure_all_at_once(folder: Path) -> None:
    text = MINIMAL.replace("people: people.csv", "people: {path: people.csv, dateformat: '%Y'}") + "tittle: x\nsed: 1\n"
    found = problems(folder, text)
    assert ("KM101", 3, "30", 'data.people.dateformat: unknown setting; did you mean "date_format"?') in found
    assert [(c, line) for c, line, _, _ in found] == [("KM101", 3), ("KM101", 6), ("KM101", 7)]


def test_a1_a_misspelt_needed_key_is_one_problem_not_two(folder: Path) -> None:
    assert codes(folder, MINIMAL.replace("title", "titel")) == [("KM101", 1)]


def test_a1_a_key_in_the_wrong_block_is_told_where_it_belongs(folder: Path) -> None:
    (found,) = problems(folder, MINIMAL + "draws: 500\n")
    assert "it belongs under `inference:`" in found[3]


def blocks() -> list[tuple[str | int, ...]]:
    return [
        (),
        ("data",),
        ("data", "people", 0),
        ("cohorts", 0),
        ("moments", 0),
        ("networks", "x"),
        ("compare",),
        ("effect",),
        ("inference",),
        ("disclosure",),
        ("limits",),
        ("compute",),
    ]


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a1_every_setting_mistyped_gives_its_own_name_back(block: tuple[str | int, ...]) -> None:
    keys = settings_at(block)
    assert keys
    draw = random.Random(1)
    for key in keys:
        once = [key[:i] + key[i + 1 :] for i in range(1, len(key))] if len(key) > 4 else []
        once += [key[:i] + key[i] + key[i:] for i in range(len(key))]
        once += [key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(1, len(key) - 1)]
        twice = [w[:k] + "z" + w[k:] for w in once if len(key) > 6 for k in [draw.randrange(1, len(w))]]
        for word in {*once, *twice, key.upper(), key.replace("_", ""), key.replace("_", "-")} - set(keys):
            assert nearest(word, keys) == key, word


# --- A2: keys given twice ----------------------------------------------------------------------------------


def test_a2_a_key_given_twice_names_both_lines(folder: Path) -> None:
    (found,) = problems(folder, MINIMAL + "seed: 1\nshare: public\nseed: 2\n")
    assert found == ("KM102", 8, "1", "seed: given twice, on line 6 and on line 8")


FULL = MINIMAL + (
    "cohorts:\n  - name: One\n    start: 2017-01-16\n    end: 2017-10-31\n"
    "moments:\n  - name: before\n    from: start - 6 months\n    until: start\n"
    "  - name: after\n    from: end\n    until: end + 90 days\n"
    "networks:\n  knows:\n    from: survey\n    at_least: 2\n"
    "compare:\n  before: before\n  after: after\n"
    "inference:\n  draws: 500\ngroups: [role]\nshare: inside\nseed: 3\n"
)


def test_a2_any_key_of_a_full_config_given_twice_is_found(folder: Path) -> None:
    load(config(folder, FULL))
    lines = FULL.splitlines()
    leaves = [k for k, line in enumerate(lines) if not line.endswith(":")]
    for k in leaves:
        again = re.sub(r"^(\s*)- ", r"\1  ", lines[k])
        text = "\n".join([*lines[: k + 1], again, *lines[k + 1 :]]) + "\n"
        assert ("KM102", k + 2) in codes(folder, text), lines[k]


# --- A3: no YAML 1.1 surprises -----------------------------------------------------------------------------

WORDS: list[tuple[str, object]] = [
    ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("N", "N"), ("NO", "NO"),
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("tRue", "tRue"),
    ("12:30", "12:30"), ("1:30:00", "1:30:00"), ("010", "010"), ("007", "007"), ("0o10", "0o10"), ("0x1F", "0x1F"),
    ("1_000", "1_000"), ("Null", "Null"), ("null", "null"), ("~", "~"), ("NA", "NA"), ("1e3", 1000.0),
    ("1.5", 1.5), ("-2", -2), ("0", 0), ("1.", "1."), (".5", ".5"), (".inf", ".inf"), (".nan", ".nan"),
    ("2023-02-31", "2023-02-31"), ("2023-02-28", "2023-02-28"), ("1e999", "1e999"), ("<<", "<<"), ("=", "="),
]  # fmt: skip


@pytest.mark.parametrize(("word", "meant"), WORDS, ids=[w for w, _ in WORDS])
def test_a3_a_bare_word_is_what_it_looks_like(word: str, meant: object) -> None:
    assert resolve(word) == meant
    assert type(resolve(word)) is type(meant)
    assert parse(f"title: {word}\n", "c").value == {"title": meant}


@pytest.mark.parametrize("word", [w for w, _ in WORDS])
def test_a3_a_bare_word_in_a_text_setting_stays_as_it_was_written(folder: Path, word: str) -> None:
    text = (
        MINIMAL.replace("Small", word)
        + f"facilitators: {{role: [{word}, {word}]}}\nnetworks:\n  {word}: {{from: survey}}\n"
    )
    study = load(config(folder, text)).study
    assert study.title == word
    assert study.facilitators == {"role": (word, word)}
    assert list(study.networks) == [word]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a3_any_quoted_text_comes_back_unchanged(folder: Path, text: str) -> None:
    written = yaml.safe_dump({"title": text}, default_style='"', allow_unicode=True, width=10_000).replace(
        '"title"', "title"
    )
    assert load(config(folder, MINIMAL.replace("title: Small\n", written))).study.title == text


def test_a3_a_wanted_truth_value_says_how_to_write_it(folder: Path) -> None:
    (found,) = problems(folder, MINIMAL + "networks: {a: {from: interactions, directed: yes}}\n")
    assert found[0] == "KM103" and "write true or false" in found[3]


def test_a3_an_impossible_day_is_a_problem_with_its_place(folder: Path) -> None:
    (found,) = problems(folder, MINIMAL + "cohorts: [{name: A, start: 2023-02-31, end: 2023-12-01}]\n")
    assert found[:2] == ("KM103", 6) and "cohorts[1].start" in found[3]


def test_a3_numbers_are_not_taken_for_days_or_truth(folder: Path) -> None:
    text = MINIMAL + "cohorts: [{name: A, start: 20170116}]\nseed: true\ninference: {draws: '500'}\n"
    assert codes(folder, text) == [("KM103", 6), ("KM103", 7), ("KM103", 8)]


# --- A4: not YAML ------------------------------------------------------------------------------------------

BROKEN = {
    "tab": ("title: a\ndata:\n\tpeople: people.csv\n", 3, "tab"),
    "colon": ("title: CIG: cohort 1\n", 1, "colon"),
    "at": ("title: @x\n", 1, "begin with @"),
    "backtick": ("title: `x`\n", 1, "begin with `"),
    "windows path": ('title: "C:\\Users\\me"\n', 1, ""),
    "escape": ('title: "\\Uffffffff"\n', 1, ""),
    "list": ("- a\n- b\n", 1, "does not hold settings"),
    "one word": ("title\n", 1, "does not hold settings"),
    "no space": ("title:a\n", 1, "does not hold settings"),
    "no space twice": ("title:a\ndata:b\n", 1, ""),
    "empty": ("", 1, "is empty"),
    "only a comment": ("# title\n", 1, "is empty"),
    "curly": ("title: “Cohort 1”\n", 1, "curly quotes"),
    "curly colon": ("title: “CIG: cohort”\n", 1, "curly quotes"),
    "nbsp": ("title: a\ndata:\n\u00a0\u00a0people: people.csv\n", 3, "space that is not one"),
    "open quote": ("title: 'a\nseed: 1\n", 1, ""),
    "open list": ("groups: [role, sector\nseed: 1\n", 2, ""),
    "indent": ("data:\n    people: a\n  survey: b\n", 3, ""),
    "control": ("title: a\u0007b\n", 1, "character"),
    "escaped control": ('title: "a\\0b"\n', 1, "control character"),
    "block key": ("? [a, b]\n: c\n", 1, ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a4_what_is_not_yaml_is_one_line_with_place_and_cure(folder: Path, name: str) -> None:
    text, line, words = BROKEN[name]
    found = [p for p in problems(folder, text) if p[0] == "KM105"]
    assert found and found[0][1] == line, found
    assert words in found[0][3]


def test_a4_other_encodings(folder: Path) -> None:
    path = folder / "config.yaml"
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_bytes(MINIMAL.replace("Small", "Élan").encode(encoding))
        assert load(path).study.title == "Élan"
    path.write_bytes(MINIMAL.replace("Small", "Élan").encode("cp1252"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)


PIECES = st.lists(
    st.sampled_from([*":-[]{},#&*!|>'\"%@`?~ \t\n\n", "  ", ": ", "- ", "title", "data", "people", "people.csv", "networks",
                     "\r", "\u2028", "<<", "\\x", "\\U", "null", "1", "é", "\ufeff", "\x00", "\x85", "---\n", "...\n"])
    | st.text(max_size=3),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PIECES)
def test_a4_any_text_gives_settings_or_a_config_error(folder: Path, text: str) -> None:
    try:
        load(config(folder, text))
    except ConfigError as error:
        assert error.problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.sampled_from(["people.csv", "x", "start"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["path", "name", "from", "until", "wave", "before", "after", "people", "survey", "draws", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=EXAMPLES // 8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from([*settings_at(()), "odd"]), JSON, max_size=6))
def test_a4_settings_of_any_shape_give_a_study_or_a_config_error(folder: Path, value: dict) -> None:
    try:
        load(config(folder, yaml.safe_dump(value, sort_keys=False)))
    except ConfigError as error:
        assert all(p.place.line >= 1 for p in error.problems)


# --- A5, A6: hostile YAML ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "title: &a x\nshare: *a\n",
        "a: &a [x,x]\nb: &b [*a,*a]\n",
        "title: !!python/object/apply:os.system [echo]\n",
        "title: !!str 5\n",
        "title: !x 5\n",
        "%TAG ! tag:x,2000:\n---\ntitle: a\n",
        "title: a\n---\ntitle: b\n",
        "[" * 100_000,
        "- " * 3000,
        "{a: " * 3000,
        "title: a\n" + "".join(" " * k + "a:\n" for k in range(60)),
    ],
    ids=[
        "alias",
        "laughs",
        "object",
        "str",
        "tag",
        "TAG",
        "documents",
        "deep list",
        "deep items",
        "deep map",
        "deep block",
    ],
)
def test_a5_a6_what_could_harm_is_refused(folder: Path, text: str) -> None:
    assert problems(folder, text)[0][0] == "KM106"


def test_a5_a_large_file_is_refused_without_reading_it_all(folder: Path) -> None:
    with pytest.raises(ConfigError, match="KM106"):
        load(config(folder, "#" * (MAX_BYTES + 1)))


def test_a6_5_3_nothing_in_kmnet_loads_yaml_unsafely_or_runs_text() -> None:
    for path in Path(__file__).parents[2].joinpath("kmnet").rglob("*.py"):
        assert not re.search(r"yaml\.(load|unsafe_load|full_load|CSafeLoader|CLoader)\b|\bpickle\b|\beval\(|\bexec\(",
                             path.read_text(encoding="utf-8")), path  # fmt: skip


# --- A7: files ---------------------------------------------------------------------------------------------


def test_a7_a_misspelt_file_gives_the_nearest_name(folder: Path) -> None:
    (found,) = problems(folder, MINIMAL.replace("people.csv", "peple.csv"))
    assert found == ("KM107", 3, "3", 'data.people: there is no such file; did you mean "people.csv"?')


def test_a7_each_kind_of_missing_file_in_one_run(folder: Path) -> None:
    (folder / "deep").mkdir()
    os.mkfifo(folder / "pipe.csv")
    text = (
        "title: x\ndata:\n  people: deep\n  survey:\n    - survey.csv\n    - pipe.csv\n    - {path: ~/x.csv}\n"
        '  interactions: "C:\\new\\t.csv"\n'
    )
    assert [(c, line) for c, line, _, _ in problems(folder, text)] == [
        ("KM107", 3),
        ("KM107", 6),
        ("KM107", 7),
        ("KM107", 8),
    ]


def test_a7_the_config_itself(folder: Path) -> None:
    config(folder, MINIMAL)
    with pytest.raises(ConfigError, match='did you mean "config.yaml"'):
        load(folder / "confg.yaml")
    with pytest.raises(ConfigError, match="folder"):
        load(folder)
    with pytest.raises(ConfigError):
        load("nul\0")


def test_a7_paths_are_relative_to_the_config(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config(folder, MINIMAL)
    monkeypatch.chdir(folder.parent)
    assert load(path.relative_to(folder.parent)).folder == folder.resolve()


# --- A8: where results may be written ----------------------------------------------------------------------


@pytest.mark.parametrize("output", ["../../etc", "/", "~", ".", "..", "people.csv", "/etc/kmnet", "''", "sub/../.."])
def test_a8_an_unsafe_output_is_refused(folder: Path, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    found = codes(folder, MINIMAL + f"output: {output}\n") if output != "~" else codes(folder, MINIMAL + "output: ..\n")
    assert ("KM109", 6) in found


def test_a8_an_output_that_holds_inputs_or_leads_out_by_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "people.csv").write_text("id\n")
    assert codes(folder, MINIMAL.replace("people.csv", "in/people.csv") + "output: in\n") == [("KM109", 6)]
    (folder / "link").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert codes(folder, MINIMAL + "output: link/x\n") == [("KM109", 6)]


def test_a8_the_command_line_may_choose_another_place(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "out"
    assert load(config(folder, MINIMAL), {"output": elsewhere}).output == elsewhere
    with pytest.raises(ConfigError, match="KM109"):
        load(config(folder, MINIMAL), {"output": folder})


# --- A10 and cross checks ----------------------------------------------------------------------------------


def test_a10_another_version_of_the_settings(folder: Path) -> None:
    assert codes(folder, "version: 2\n" + MINIMAL) == [("KM111", 1)]


CONTRADICTIONS = {
    "moments: [{name: a, wave: 1}, {name: A, wave: 2}]": "KM112",
    "moments: [{name: a}]": "KM104",
    "moments: [{name: a, from: start}]": "KM108",
    "moments: [{name: a, from: begin}]": "KM108",
    "moments: [{name: a, from: 2017-02-30}]": "KM108",
    "moments: [{name: a, from: 2017-03-01, until: 2017-02-01}]": "KM112",
    "cohorts: [{name: a, start: 2017-03-01, end: 2017-02-01}]": "KM112",
    "cohorts: [{name: a}, {name: b}, {name: ' A '}]": "KM112",
    "cohorts: [{name: All}]": "KM112",
    "networks: {met: {from: attendance}}": "KM110",
    "networks: {used: {from: artefacts}}": "KM110",
    "networks: {k: {from: survey}}\neffect: {outcome: q}": "KM110",
    "effect: {exposure: tables}": "KM110",
    "groups: [name]": "KM112",
    "groups: [role, role]": "KM112",
    "equity: {email: x}": "KM112",
    "groups: [Facilitator]": "KM112",
    "compare: {before: a, after: a}": "KM112",
    "associations: [{outcome: k, predictors: [k]}]": "KM103",
    "policies: {duplicate-ids: warn}": "KM110",
    "disclosure: {small_numbers: none}": "KM104",
    "disclosure: {key: results/kmnet.key}": "KM701",
    "moments: [{name: a, wave: 1}, {name: b, wave: 2}]\ncompare: {before: a, after: c}": "KM110",
    "moments: [{name: a, wave: 1}, {name: b, wave: 2}]\ncompare: {before: a, after: a}": "KM112",
}


@pytest.mark.parametrize("text", CONTRADICTIONS)
def test_settings_that_do_not_fit_together(folder: Path, text: str) -> None:
    found = codes(folder, MINIMAL + text + "\n")
    assert [code for code, _ in found] == [CONTRADICTIONS[text]]
    assert found[0][1] >= 6


def test_five_kinds_of_problem_in_one_run(folder: Path) -> None:
    text = (
        "titel: x\ndata:\n  people: {path: peple.csv}\n  survey: survey.csv\n  survey: survey.csv\n"
        "networks: {knows: {from: survy}}\nmoments: [{name: a, wave: 1}]\ncompare: {before: b, after: a}\nseed: 010\n"
    )
    assert codes(folder, text) == [
        ("KM101", 1),
        ("KM107", 3),
        ("KM102", 5),
        ("KM103", 6),
        ("KM110", 8),
        ("KM103", 9),
    ]


def test_one_problem_does_not_make_others_up(folder: Path) -> None:
    text = MINIMAL + "moments: [{name: a, wav: 1}, {name: b, wave: 2}]\ncompare: {before: a, after: b}\n"
    assert codes(folder, text) == [("KM101", 6)]


def test_overrides_win_and_are_judged(folder: Path) -> None:
    path = config(folder, MINIMAL + "seed: 3\n")
    study = load(path, {"seed": 9, "share": None, "compute.workers": 2}).study
    assert (study.seed, study.share, study.compute.workers) == (9, "partners", 2)
    with pytest.raises(ConfigError, match="KM103"):
        load(path, {"share": "everybody"})


def test_a11_variables_are_not_filled_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "people.csv")
    (found,) = problems(folder, MINIMAL.replace("people.csv", "$SECRET"))
    assert found[0] == "KM107"


def test_a1_a_bad_date_is_told_beside_a_broken_cohort(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id\na\n", encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text(
        "title: t\ndata: {people: people.csv}\n"
        "cohorts: [{name: A, start: 2017-02-31, end: 2017-05-01}]\n"
        "moments: [{name: before, from: strat - 6 months, until: start}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        load(config)
    assert {p.code for p in told.value.problems} == {"KM103", "KM108"}

"""The command line: what it says, where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kmnet import cli, console
from kmnet.codes import CODES
from kmnet.commands import FORMATS, kmnet
from kmnet.errors import Place, Problem
from tests.shared_data import ROOT

PEOPLE = "id,name,role,organisation\n" + "".join(
    f"p{k},Zrida{k} Quexley{k},{'Adviser' if k % 2 else 'Nurse'},Org{k % 3}\n" for k in range(12)
)
TIES = "wave,source,target\n" + "".join(f"w{w},p{k},p{(k + w) % 12}\n" for w in (1, 2) for k in range(12))
HEAVY = ("pandas", "numpy", "networkx", "pydantic", "yaml", "numba", "matplotlib", "openpyxl", "scipy", "pyarrow")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "survey.csv").write_text(TIES, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "title: Twelve\ndata: {people: people.csv, survey: survey.csv}\ninference: {draws: 99}\n", encoding="utf-8"
    )
    return tmp_path


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kmnet.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def ended(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.run(list(map(str, arguments)))
    out = capsys.readouterr()
    return code, out.out, out.err


def test_e3_help_is_light_and_documents_the_exit_codes() -> None:
    program = (
        "import sys; from kmnet.cli import main\n"
        "sys.argv = ['kmnet', '--help']\n"
        "try: main()\n"
        f"finally: print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"
    assert "Exit codes: 0 done" in done.stdout


@pytest.mark.parametrize("name", sorted(kmnet.commands))
def test_every_command_has_a_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(kmnet, [name, "--help"])
    assert result.exit_code == 0
    assert f"kmnet {name}" in result.output.split("Example:")[1]


def test_a_wrong_command_or_option_is_2_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["anlyse", "x"], ["analyse"], ["check", "x", "--strickt"], ["export", "x", "--to", "gefx"]):
        code, out, err = ended(capsys, *arguments)
        assert code == 2 and not out and "Traceback" not in err
    assert "analyse" in ended(capsys, "anlyse", "x")[2]


def test_e3_a_wrong_config_is_2_and_nothing_is_made(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "config.yaml").write_text("titel: x\ndata: {people: peple.csv}\n", encoding="utf-8")
    before = sorted(study.iterdir())
    code, out, err = ended(capsys, "analyse", study / "config.yaml")
    assert code == 2 and out == "" and err.count("KM1") == 2
    assert sorted(study.iterdir()) == before


def test_e3_problems_in_the_data_are_1_and_nothing_is_made(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "people.csv").write_text(PEOPLE + "p1,Again,Nurse,Org1\n", encoding="utf-8")
    (study / "config.yaml").write_text(
        (study / "config.yaml").read_text() + "policies: {duplicate-id: error}\n", encoding="utf-8"
    )
    code, out, err = ended(capsys, "analyse", study / "config.yaml")
    assert code == 1 and out == "" and "people.csv:14" in err
    assert not (study / "results").exists() and not (study / "kmnet.key").exists()


def test_e3_a_limit_is_3(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "config.yaml").write_text((study / "config.yaml").read_text() + "limits: {rows: 5}\n", encoding="utf-8")
    assert ended(capsys, "check", study / "config.yaml")[0] == 3


def test_e3_a_foreign_output_folder_is_4(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "results").mkdir()
    (study / "results" / "mine.txt").write_text("mine")
    code, _, err = ended(capsys, "analyse", study / "config.yaml")
    assert code == 4 and "KM602" in err


def test_strict_treats_warnings_as_errors(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "survey.csv").write_text(TIES + "w1,p1,p99\n", encoding="utf-8")
    assert ended(capsys, "check", study / "config.yaml")[0] == 0
    code, _, err = ended(capsys, "analyse", study / "config.yaml", "--strict")
    assert code == 1 and "Nothing was written" in err and not (study / "results").exists()


def test_check_tells_defaults_and_the_next_step(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ended(capsys, "check", study / "config.yaml")
    assert code == 0 and out == ""
    assert "people.csv (people): 12 rows read, 12 used." in err, "a line a file"
    assert "Networks are not named" in err and err.strip().splitlines()[-1].startswith("Next: kmnet analyse")
    assert not (study / "results").exists()


def test_check_writes_spellings_to_review_and_joins_nobody(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended(capsys, "check", study / "config.yaml")
    assert not (study / "aliases-to-review.csv").exists()
    (study / "survey.csv").write_text(TIES + "w1,p1,Z. Quexley3\nw1,p1,=Zrida4 Quexley4x\n", encoding="utf-8")
    code, _, err = ended(capsys, "check", study / "config.yaml")
    text = (study / "aliases-to-review.csv").read_text(encoding="utf-8-sig")
    assert code == 0 and "aliases-to-review.csv" in err and text.startswith("written,person,name,reason\n")
    assert "Z. Quexley3,p3,Zrida3 Quexley3,an initial" in text and not re.search(r"^=", text, re.M)
    assert "14 people" in err


def test_check_writes_spellings_to_review_while_errors_remain(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "survey.csv").write_text(TIES + "w1,p1,Z. Quexley3\n", encoding="utf-8")
    config = study / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "policies: {unknown-person: error}\n", encoding="utf-8")
    code, _, err = ended(capsys, "check", config)
    assert code == 1 and "aliases-to-review.csv" in err and "KM301" in err
    assert "Z. Quexley3,p3" in (study / "aliases-to-review.csv").read_text(encoding="utf-8-sig")


def test_e2_what_is_wrong_with_a_setting_is_told_where_it_stands(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = study / "config.yaml"
    text = config.read_text(encoding="utf-8") + "groups: [role, rolle]\nfacilitators:\n  role: [Coach]\n"
    config.write_text(text, encoding="utf-8")
    code, _, err = ended(capsys, "check", config)
    assert code == 1 and "config.yaml:4:16: error KM313" in err and "config.yaml:6:3: warning KM317" in err
    config.write_text(text.replace(", rolle", "") + "compare:\n  before: w1\n  after: w9\n", encoding="utf-8")
    code, _, err = ended(capsys, "check", config)
    assert code == 2 and "config.yaml:9:3: error KM110" in err and "KM317" in err


def test_a_survey_in_which_nobody_is_named_is_a_network_without_ties(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (study / "survey.csv").write_text("wave,source,target\n", encoding="utf-8")
    code, _, err = ended(capsys, "check", study / "config.yaml")
    assert code == 1 and "config.yaml:2:28: error KM504" in err and "KM215" in err
    (study / "respondents.csv").write_text("wave,person,answered\nw1,p1,yes\nw1,p2,no\n", encoding="utf-8")
    config = (study / "config.yaml").read_text(encoding="utf-8")
    config = config.replace("survey.csv}", "survey.csv, respondents: respondents.csv}")
    (study / "config.yaml").write_text(config, encoding="utf-8")
    code, _, err = ended(capsys, "check", study / "config.yaml")
    assert code == 0 and "KM506" in err and "12 people" in err


def test_e4_json_goes_to_stdout_and_is_a_stable_schema(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "survey.csv").write_text(TIES + "w1,p1,p99\n", encoding="utf-8")
    code, out, err = ended(capsys, "check", study / "config.yaml", "--json")
    told = json.loads(out)
    assert code == 0 and err == ""
    assert told["version"] == 1 and told["ok"] is True and told["command"] == "check"
    assert {"code", "name", "severity", "file", "line", "column", "message", "fix", "seen"} == set(told["findings"][0])
    (study / "config.yaml").write_text("titel: x\n", encoding="utf-8")
    code, out, _ = ended(capsys, "check", study / "config.yaml", "--json")
    assert code == 2 and json.loads(out)["ok"] is False


def test_analyse_writes_and_says_what_next(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ended(capsys, "analyse", study / "config.yaml")
    assert code == 0 and out == "", err
    assert "KM708" in err and (study / "kmnet.key").stat().st_mode & 0o077 == 0
    assert err.strip().splitlines()[-1].startswith("Next: open ")
    assert (study / "results" / "report.html").is_file()
    assert "Quexley" not in err
    code, _, err = ended(capsys, "analyse", study / "config.yaml", "--quiet")
    assert code == 0 and err == ""


@pytest.mark.parametrize("to", ["graphml", "kumu"])
def test_export_writes_a_file_a_network(study: Path, capsys: pytest.CaptureFixture[str], to: str) -> None:
    code, _, err = ended(capsys, "export", study / "config.yaml", "--to", to, "--out", study / "out")
    assert code == 0, err
    files = list((study / "out" / "graphs").iterdir())
    assert len(files) == 2
    assert not any(b"Quexley" in f.read_bytes() for f in files)


def test_what_shows_no_group_is_told_and_draws_nothing(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "people.csv").write_text("id,role\np0,a\np1,b\n", encoding="utf-8")
    (study / "survey.csv").write_text("wave,source,target\nw1,p0,p1\n", encoding="utf-8")
    for command in (("map",), ("export", "--to", "graphml")):
        code, _, err = ended(capsys, command[0], study / "config.yaml", "--share", "public", *command[1:])
        assert code == 0 and "Nothing can be drawn" in err
    code, _, err = ended(capsys, "analyse", study / "config.yaml", "--share", "public")
    assert code == 0 and "map" not in err.split("Next:")[1]
    assert "No person is drawn" in (study / "results" / "report.html").read_text(encoding="utf-8")


def test_map_draws_only_the_map(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ended(capsys, "map", study / "config.yaml")
    assert code == 0 and "results-map" in err
    assert (study / "results-map" / "map.html").is_file() and not (study / "results-map" / "report.html").exists()


def test_names_of_formats_are_those_of_the_catalogue() -> None:
    from kmnet.catalogue import collect
    from kmnet.network.exchange import Writer

    assert {w.name for w in collect("kmnet.network", Writer)} == set(FORMATS)


def test_measures_explain_and_schema(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ended(capsys, "measures")
    assert code == 0 and re.search(r"^constraint ", out, re.M) and re.search(r"^density ", out, re.M)
    code, out, _ = ended(capsys, "measures", "constraint")
    assert code == 0 and "Burt" in out and "Formula" in out
    code, _, err = ended(capsys, "measures", "constrant")
    assert code == 2 and '"constraint"' in err
    for name in ("KM301", "km301", "unknown-person"):
        assert "KM301" in ended(capsys, "explain", name)[1]
    assert all(code in ended(capsys, "explain")[1] for code in CODES)
    assert ended(capsys, "explain", "KM999")[0] == 2
    assert json.loads(ended(capsys, "schema")[1])["properties"]["title"]


def test_e3_e6_a_fault_of_our_own_is_one_line_and_a_file_without_cells(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from kmnet import pipeline

    def broken(*arguments: object) -> None:
        raise KeyError("".join(("Que", "xley")))

    monkeypatch.setattr(pipeline, "check", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, out, err = ended(capsys, "check", study / "config.yaml")
    assert code == console.OUR_FAULT and out == "" and len(err.strip().splitlines()) == 1
    trace = Path(err.strip().rsplit(" ", 1)[1]).read_text(encoding="utf-8")
    assert "KeyError" in trace and "in broken" in trace and "Quexley" not in trace + err


def test_e5_twenty_of_a_code_are_shown_and_all_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = [Problem.of("KM401", "self tie", place=Place("log.csv", line)) for line in range(1, 31)]
    console.tell([Problem.of("KM107", "missing"), *many])
    err = capsys.readouterr().err
    assert err.count("log.csv:") == 20 and "10 more of KM401" in err
    assert err.splitlines()[-2].startswith("error KM107")
    assert err.splitlines()[-1].startswith("1 error, ")


def test_e5_what_many_files_have_alike_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [
        Problem.of("KM305", f"A name ({k} rows)", place=Place(f"w{k}.csv", 2), seen=f"Person {k}") for k in range(2, 32)
    ]
    few = [Problem.of("KM244", f"{k} rows left", place=Place(f"w{k}.csv", 2)) for k in (1, 2)]
    names = [Problem.of("KM301", "unknown", place=Place(f"w{k}.csv", 3), seen=f"Stranger {k}") for k in range(5)]
    console.tell([*alike, *few, *names])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 9 and "495 in 30 places (w10.csv:2, w11.csv:2, w12.csv:2 and 27 more)" in lines[0]
    assert sum("Stranger" in line for line in lines) == 5 and lines[-1] == "7 warnings, 30 notes."


def test_h4_a_bar_is_drawn_on_a_terminal_after_two_seconds_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = console.Bar(False, lambda: now[0])
    bar("reading", 0.1)
    assert capsys.readouterr().err == ""
    now[0] = 2.5
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar("measuring", 0.5)
    assert "50% measuring" in capsys.readouterr().err
    assert not console.Bar(True).on


def test_f6_a_stop_that_fell_into_a_callback_still_stops() -> None:
    class Dropped:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), console._signals():
        Dropped()
        for _ in range(500):
            time.sleep(0.01)


def test_f7_who_reads_may_leave_early_and_consoles_may_be_narrow() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m kmnet.cli explain | head -1', shell=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.startswith("KM101") and done.stderr == ""
    done = run("check", "Łukasz.yaml", PYTHONIOENCODING="ascii")
    assert done.returncode == 2 and "Traceback" not in done.stderr and "ukasz.yaml" in done.stderr

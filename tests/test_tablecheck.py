"""The table checker on the published slips of the field and on tables that are right."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kmnet.errors import ConfigError, Problem
from kmnet.tablecheck import check_table
from kmnet.tablerows import heading, printed

DISTRICTS = """name,n,mean_degree,density,internal,external,ei
D1 rings 1-2 T0,16,5.13,34 %,26,32,.10
D1 rings 1-2 T1,16,7.56,51 %,38,44,.07
D1 rings 1-3 T0,49,5.79,12 %,20,32,.23
D1 rings 1-3 T1,49,7.00,15 %,22,44,.33
D2 rings 1-2 T0,19,4.00,22 %,42,28,−.20
D2 rings 1-2 T1,19,5.53,31 %,56,43,−.13
D2 rings 1-3 T0,75,4.25,6 %,24,28,.08
D2 rings 1-3 T1,75,4.31,6 %,24,43,.28
D3 rings 1-2 T0,20,4.81,19 %,8,38,.65
D3 rings 1-2 T1,20,6.20,33 %,14,51,.57
D3 rings 1-3 T0,69,4.68,7 %,102,38,−.46
D3 rings 1-3 T1,69,5.26,8 %,98,51,−.32
"""
"""Three districts, as printed in PMC7786471 (table 3)."""

SCOPE = """Network;People;Ties;Density;Directed
AB before;14;27;15%;yes
AB 2 months;14;28;15%;yes
AB 9 months;14;35;19%;yes
BC before;17;13;5%;yes
BC 2 months;17;22;8%;yes
BC 9 months;17;48;18%;yes
"""
PARKINSON = """area,nodes,edges,density,directed
all a,101,1431,.142,yes
all b,101,664,.066,yes
1,28,113,.139,yes
3,41,158,.146,yes
"""
ROTARY = """name,nodes,edges,density,direction
Petit,104,113,0.019,two-mode
Fitch,139,153,0.016,two-mode
Harkson,97,83,0.015,two-mode
"""
"""People and meetings, as printed by the X-Rotary blog (part 9)."""
LONG = """name,n,respondents,response,ties,density,directed
wave 1,68,52,76 %,106,4 %,yes
wave 2,263,113,43 %,326,1 %,yes
wave 3,244,171,79 %,1658,4 %,yes
"""


def check(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return check_table(path)


def slips(found: list[Problem]) -> list[tuple[int, str, str]]:
    return [(p.place.line, p.place.column, p.code) for p in found if p.severity != "note"]


def test_two_slips_among_twelve_densities_and_none_among_twelve_indices(tmp_path: Path) -> None:
    found = check(tmp_path, DISTRICTS)
    assert slips(found) == [(3, "density", "KM903"), (10, "density", "KM903")]
    assert "0.2529 to 0.2534" in next(p for p in found if p.place.line == 10).message
    assert sum(p.code == "KM909" for p in found) == 10


def test_a_right_table_passes_and_says_by_which_denominator(tmp_path: Path) -> None:
    found = check(tmp_path, SCOPE)
    assert slips(found) == []
    assert all("n(n-1), directed" in p.message for p in found)
    assert len(found) == 6


def test_parkinson_areas_1_and_3(tmp_path: Path) -> None:
    assert slips(check(tmp_path, PARKINSON)) == [(4, "density", "KM903"), (5, "density", "KM903")]


def test_two_mode_tables_with_the_one_mode_formula_and_with_none(tmp_path: Path) -> None:
    found = check(tmp_path, ROTARY)
    assert slips(found) == [(2, "density", "KM903"), (3, "density", "KM904"), (4, "density", "KM903")]
    assert "one-mode formula" in found[1].message
    by_mode = "n1,n2,ties,density\n18,14,89,.353\n18,14,89,.179\n"
    assert slips(check(tmp_path, by_mode))[1] == (3, "density", "KM904")  # 89 / (32 x 31 / 2)


def test_one_table_of_two_denominators_and_a_response_that_is_another(tmp_path: Path) -> None:
    found = check(tmp_path, LONG)
    assert slips(found) == [(0, "density", "KM908"), (4, "response", "KM907")]
    message = found[0].message
    assert "wave 1: respondents x (respondents-1), directed among those who answered" in message
    assert "wave 3: respondents x (n-1)" in message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("10,20,,4.0,,,,no", ""),  # 2m/n where undirected
        ("10,20,,2.0,,,,no", "KM905"),
        ("10,20,,2.0,,,,yes", ""),
        ("10,20,,4.0,,,,yes", ""),  # in and out ties together
        ("10,20,,3.0,,,,yes", "KM905"),
        ("10,20,.22,,,,,no", "KM904"),  # fits n(n-1) only
        ("10,20,.444,,,,,", ""),
        ("10,,,,8,2,-.6,", ""),
        ("10,,,,8,2,.6,", "KM906"),
        ("10,,,,8,2,.2,", "KM906"),
        ("10,,,,8.5,2.5,-.545,", ""),
        ("10,20,twenty,,,,,", "KM902"),
        ("1,0,0,0,,,,", ""),
    ],
)
def test_rows(tmp_path: Path, row: str, code: str) -> None:
    found = check(tmp_path, "n,ties,density,mean degree,internal,external,E-I index,directed\n" + row + "\n")
    assert [c for _, _, c in slips(found)] == ([code] if code else [])


def test_a_mean_degree_is_held_against_each_way_that_the_row_leaves_open(tmp_path: Path) -> None:
    head = "n,ties,mean degree,directed\n"
    assert "give 2.0000 (ties / n) or 4.0000 (2 x ties / n)." in check(tmp_path, head + "10,20,3.0,\n")[0].message
    assert "give 4.0000 (2 x ties / n)." in check(tmp_path, head + "10,20,3.0,no\n")[0].message


def test_an_index_says_what_it_is_instead(tmp_path: Path) -> None:
    head = "internal,external,ei\n"
    assert "opposite sign" in check(tmp_path, head + "8,2,.6\n")[0].message
    assert "external share" in check(tmp_path, head + "8,2,.2\n")[0].message


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (".142", 0.1415, 0.1425),
        ("0,142", 0.1415, 0.1425),
        ("19 %", 0.185, 0.195),
        ("4.0%", 0.0395, 0.0405),
        ("1,431.5", 1431.45, 1431.55),
        ("4.81 (2.1)", 4.805, 4.815),
        ("0.35*", 0.345, 0.355),
        ("–0,20", -0.205, -0.195),
        ("1'431'000", 1431000, 1431000),
        ("−·32", -0.325, -0.315),
    ],
)
def test_a_printed_number_stands_for_what_rounds_to_it(text: str, low: float, high: float) -> None:
    assert printed(text) == pytest.approx((low, high))


def test_a_number_that_is_not_rounded_keeps_some_width() -> None:
    found = printed("0.08823529411764706")
    assert found is not None and 0 < found.high - found.low < 1e-11


def test_what_is_no_number_is_none() -> None:
    assert [printed(t) for t in ("", "n.a.", "twelve", "%", "-", "(3)")] == [None] * 6


def test_nothing_to_check_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        check(tmp_path, "name,colour\na,red\n")
    assert error.value.problems[0].code == "KM901"
    with pytest.raises(ConfigError) as error:
        check_table(tmp_path / "absent.csv")
    assert error.value.problems[0].code == "KM107"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"density\n\n",
        b'n,ties,density\n"10,20',
        b"n,ties,density\n\xff\xfe,1,2\n",
        b"n\tties\tdensity\n0\t5\t.1\n-3\t5\t.1\n",
    ],
)
def test_hostile_files_give_problems_not_tracebacks(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    try:
        found = check_table(path)
    except ConfigError as error:
        found = list(error.problems)
    assert all(isinstance(p, Problem) for p in found)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("N", "n"), ("Nodes", "n"), ("No. of actors", "n"), ("Number of people", "n"), ("# nodes", "n"), ("n (people)", "n"),
        ("Network size", "n"), ("Vertices", "n"), ("Ties", "ties"), ("Number of ties", "ties"), ("Edges", "ties"),
        ("Total links", "ties"), ("Lines (m)", "ties"), ("Density", "density"), ("Density (%)", "density"),
        ("Network density", "density"), ("Mean degree", "mean_degree"), ("Average degree", "mean_degree"),
        ("Avg. degree (SD)", "mean_degree"), ("Ties per person", "mean_degree"), ("Contacts per person", "mean_degree"),
        ("Mean number of ties", "mean_degree"), ("E-I", "ei"), ("E–I index", "ei"), ("EI index", "ei"), ("E-I-index", "ei"),
        ("EI", "ei"), ("External-internal index", "ei"), ("Internal ties", "internal"), ("Internal contacts", "internal"),
        ("External", "external"), ("Within groups", "internal"), ("Between-group ties", "external"),
        ("Response rate (%)", "response"), ("Respondents", "respondents"), ("Workshops", "n2"), ("Directed?", "directed"),
        ("Degree centralisation", ""), ("Mean path length", ""), ("Betweenness", ""), ("Transitivity", ""), ("Comment", ""),
    ],
)  # fmt: skip
def test_headings_as_people_write_them(text: str, column: str) -> None:
    assert heading(text).column == column


def test_numbers_that_no_network_could_have(tmp_path: Path) -> None:
    head = "Network,N,Ties,Density,Mean degree,E-I\n"
    text = head + "a,10,20,.22,2.0,1.4\nb,10,120,.4,,\nc,10,,,25,\nd,10,20,-.22,,\ne,10,20,.22,2.0,-.3\n"
    assert slips(check(tmp_path, text)) == [
        (2, "ei", "KM910"),
        (3, "ties", "KM910"),
        (4, "mean_degree", "KM910"),
        (5, "density", "KM910"),
    ]
    assert "cannot be more than 1" in check(tmp_path, text)[0].message


def test_one_side_and_all_ties_give_the_other(tmp_path: Path) -> None:
    assert slips(check(tmp_path, "ties,external,E-I\n10,8,.6\n10,8,.2\n")) == [(3, "ei", "KM906")]


PARKINSON_SLIPS = ["1", "3"]
WAYS = {
    "decimal commas and semicolons": (
        "Gebiet;Number of nodes;Ties;Density\nall;101;1.431;0,142\n1;28;113;0,139\n3;41;158;0,146\n"
    ),
    "percentages by their heading": "Area,N,Edges,Density (%)\nall,101,1431,14.2\n1,28,113,13.9\n3,41,158,14.6\n",
    "percentages by their size": "Area,N,Lines,Density\nall,101,1431,14.2\n1,28,113,13.9\n3,41,158,14.6\n",
    "a title above, thousands, and a note": (
        'Table 2. Networks,,,\n,,,\nArea,People,Links,Density\nall,101,"1,431",.142*\n1,28,113,.139\n3,41,158,.146\n'
    ),
    "tabs and brackets": "area\tActors\tTies\tDensity\nall\t101\t1 431\t0.142 (.03)\n1\t28\t113\t0.139\n3\t41\t158\t0.146\n",
    "on its side": "Measure,all,1,3\nNodes,101,28,41\nTies (directed),1431,113,158\nDensity,.142,.139,.146\nDiameter,5,4,4\n",
    "on its side, in percent": ";all;1;3\nNumber of people;101;28;41\nTies;1431;113;158\nDensity;14,2 %;13,9 %;14,6 %\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_slips_in_every_way_of_writing_a_table(tmp_path: Path, way: str) -> None:
    found = [p for p in check(tmp_path, WAYS[way]) if p.severity != "note"]
    assert [(p.code, p.message.split(":")[0]) for p in found] == [("KM903", name) for name in PARKINSON_SLIPS]


def test_waves_side_by_side(tmp_path: Path) -> None:
    text = "Network,N,Ties T0,Ties T1,Density T0,Density T1\nAB,14,27,35,15%,19%\nBC,17,13,48,5%,28%\n"
    found = [p for p in check(tmp_path, text) if p.severity != "note"]
    assert [(p.code, p.message.split(":")[0]) for p in found] == [("KM903", "BC t1")]


@pytest.mark.parametrize("turned", [False, True])
def test_workbooks_with_the_decimals_that_their_cells_show(tmp_path: Path, turned: bool) -> None:
    rows = [
        ["Area", "Nodes", "Ties", "Density"],
        ["all", 101, 1431, 0.14168],
        ["1", 28, 113, 0.139],
        ["3", 41, 158, 0.146],
    ]
    book = openpyxl.Workbook()
    book.create_sheet("empty", 0)
    sheet = book["Sheet"]
    for row in zip(*rows) if turned else rows:
        sheet.append(list(row))
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = "0.0%"
    book.save(tmp_path / "table.xlsx")
    found = [p for p in check_table(tmp_path / "table.xlsx") if p.severity != "note"]
    assert [(p.code, p.message.split(":")[0]) for p in found] == [("KM903", name) for name in PARKINSON_SLIPS]
    assert "13.9%" in found[0].message


def test_a_broken_workbook_is_said_to_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ConfigError) as error:
        check_table(tmp_path / "t.xlsx")
    assert error.value.problems[0].code == "KM901"

"""F: whatever lies in a file, reading ends in tables whose ledger adds up, or in problems with codes; never otherwise."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kmnet.codes import CODES
from kmnet.errors import KmnetError
from kmnet.tables.cells import clean, fold, strip_control
from kmnet.tables.schema import INPUTS, Tables
from tests.corpus.cases import PEOPLE, workbook
from tests.tables.rooms import tables

QUICK = settings(
    max_examples=int(os.environ.get("KMNET_FUZZ", "60")), deadline=None, suppress_health_check=list(HealthCheck)
)
ODD = st.sampled_from(
    ["", "P01", "p01 ", "P09", "Ann Lee", "Lee, Ann", "2017-01-16", "16/01/2017", "31/02/2017", "1", "-1", "1e9", "nan",
     "yes", "x", "made", '"', "'", "=1+1", "\u202eP01", "é", "e\u0301", "\u200b", "😀", "a;b", "a,b", "a\nb", "#REF!", "w1"]
)  # fmt: skip


def outcome(files: dict[str, str | bytes], **config: object) -> Tables | None:
    """Read in a fresh folder; None where it ended in problems, each of a known code."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = tables(Path(folder), files, **config)
        except KmnetError as stopped:
            assert stopped.problems and all(p.code in CODES for p in stopped.problems)
            return None
    ledger = found.ledger
    assert (ledger["read"] == ledger[["used", "set_aside", "merged", "withdrawn"]].sum(axis=1)).all()
    assert (ledger.select_dtypes("number") >= 0).all(axis=None)
    ids = set(found.people["id"])
    assert {*found.attendance["person"], *found.interactions["source"], *found.survey["target"]} <= ids
    assert set(found.attendance["workshop"]) <= set(found.workshops["id"])
    assert not (found.interactions["source"] == found.interactions["target"]).any()
    return found


@given(table=st.sampled_from(sorted(INPUTS)), text=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@QUICK
def test_i3_any_text_for_any_table(table: str, text: str) -> None:
    outcome({f"{table}.csv": text})


@given(
    table=st.sampled_from(sorted(INPUTS)),
    data=st.binary(max_size=300),
    ending=st.sampled_from(["csv", "xlsx", "parquet"]),
)
@QUICK
def test_i3_any_bytes_for_any_table(table: str, data: bytes, ending: str) -> None:
    outcome({f"{table}.{ending}": data}, data={"people": "people.csv", table: f"{table}.{ending}"})


@given(data=st.data())
@QUICK
def test_i3_any_cells_under_right_headings(data: st.DataObject) -> None:
    files: dict[str, str | bytes] = {}
    for name in data.draw(st.sets(st.sampled_from(sorted(set(INPUTS) - {"people"})), min_size=1, max_size=4)):
        columns = [f.name for f in INPUTS[name].fields]
        cells = data.draw(st.lists(st.lists(ODD, min_size=len(columns), max_size=len(columns)), max_size=5))
        lines = [",".join('"' + c.replace('"', '""') + '"' for c in row) for row in [columns, *cells]]
        files[f"{name}.csv"] = "\n".join(lines)
    soft = {code.name: "set_aside" for code in CODES.values() if code.code[2] in "234" and code.severity == "error"}
    outcome(files)
    outcome(files, policies=soft)


@given(cut=st.integers(0, 4000), at=st.integers(0, 4000), byte=st.integers(0, 255))
@QUICK
def test_i3_damaged_workbooks(cut: int, at: int, byte: int) -> None:
    book = bytearray(workbook([["source", "target", "date"], ["P01", "P02", "2017-01-16"]]))
    book[at % len(book)] = byte
    outcome({"log.xlsx": bytes(book[: len(book) - cut])}, data={"interactions": "log.xlsx"})


@given(ids=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique_by=fold))
@QUICK
def test_B2_any_id_comes_back_as_it_was_written(ids: list[str]) -> None:
    ids = [clean(strip_control(i).replace("\ud800", "")) for i in ids]
    ids = [i for i in dict.fromkeys(ids) if fold(i)]
    if len({fold(i) for i in ids}) != len(ids) or not ids:
        return
    quoted = ['"' + i.replace('"', '""') + '"' for i in ids]
    found = outcome({"people.csv": "id,name\n" + "".join(f"{q},x\n" for q in quoted)})
    assert found is not None and sorted(found.people["id"]) == sorted(ids)


@given(rows=st.lists(st.integers(1, 5), min_size=1, max_size=8))
@QUICK
def test_B3_any_row_of_another_width_is_found_and_moves_nothing(rows: list[int]) -> None:
    lines = [",".join(["P01", "P02", "k", "3", "z"][:width]) for width in rows]
    log = "\n".join(["source,target,kind", *lines])
    good = sum(width == 3 for width in rows)
    found = outcome({"interactions.csv": log}, policies={"row-width": "set_aside"})
    assert found is not None and len(found.interactions) == good
    assert set(found.interactions["kind"]) <= {"k"} and found.ledger["set_aside"].tolist() == [0, len(rows) - good]
    if good < len(rows):
        assert outcome({"interactions.csv": log}) is None


def test_B11_a_register_with_a_long_cell_is_told() -> None:
    assert outcome({"people.csv": PEOPLE + "P9," + "x" * 200_000 + ",Nurse\n"}) is not None
    assert outcome({"people.csv": PEOPLE + "P9," + "x" * 1_100_000 + ",Nurse\n"}) is None

"""The contract of readers: each has a sample and what it must give, and none breaks on anything."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kmnet.config.schema import Source
from kmnet.errors import Problem
from kmnet.tables.cells import clean
from kmnet.tables.identity import Identity
from kmnet.tables.read import choose, readers
from kmnet.tables.reader import Opened, Reader, Reading
from kmnet.tables.schema import INPUTS
from tests.corpus.cases import workbook

HERE = Path(__file__).parent / "readers"
_NAMES = {"ann lee": "P01", "bea kay": "P02", "cay fox": "P03"}
KNOWN = Identity(
    ids={who.lower(): who for who in _NAMES.values()},
    emails={f"{name.split()[0]}@x.org": frozenset({who}) for name, who in _NAMES.items()}
    | {"ann.lee@x.org": frozenset({"P01"})},
    names={name: frozenset({who}) for name, who in _NAMES.items()},
    loose={" ".join(sorted(name.split())): frozenset({who}) for name, who in _NAMES.items()},
)
"""Three people whom the readers know."""

SAMPLES = sorted(p for p in HERE.iterdir() if not p.name.endswith(".expected.json"))


def stem(path: Path) -> str:
    return path.name.split(".")[0]


def sample(path: Path, expected: dict[str, Any]) -> tuple[str, bytes]:
    """A sample's file name and bytes; binary formats are made from rows, so that nothing binary is kept."""
    if path.name.endswith(".rows.json"):
        rows, kind = json.loads(path.read_text()), stem(path)
        if kind == "xlsx":
            return "sample.xlsx", workbook(rows)
        out = io.BytesIO()
        pd.DataFrame(rows[1:], columns=rows[0]).to_parquet(out)
        return "sample.parquet", out.getvalue()
    text = path.read_text(encoding="utf-8")
    encode = expected.get("encode", "utf-8")
    return f"sample{path.suffix}", ("\ufeff" if encode == "utf-16-be" else "").encode(encode) + text.encode(encode)


def reading(path: Path) -> tuple[Reading, dict[str, Any]]:
    expected = json.loads((HERE / f"{stem(path)}.expected.json").read_text(encoding="utf-8"))
    name, data = sample(path, expected)
    source = Source(path=name, **expected["options"])
    opened = Opened(name, data, source, INPUTS[expected["table"]], who=lambda text: KNOWN.find(clean(text))[0])
    chosen = choose(opened)
    assert isinstance(chosen, Reader)
    assert chosen.name == stem(path).split("-")[0]
    return chosen(opened), expected


@pytest.mark.parametrize("path", SAMPLES, ids=stem)
def test_b15_reader_gives_what_its_sample_holds(path: Path) -> None:
    found, expected = reading(path)
    rows = [list(r) for r in zip(*(c.cells() for c in found.columns), strict=True)]
    assert list(found.headings) == expected["headings"]
    assert rows == expected["rows"]
    assert sorted(p.code for p in found.problems) == expected["codes"]
    counts = {"read": found.read, "set_aside": found.set_aside, "merged": found.merged}
    assert counts == {k: expected[k] for k in counts}
    assert len(found.lines) == len(rows) and found.lines.dtype == np.int64


def test_every_reader_has_a_sample_and_what_it_must_give() -> None:
    assert {stem(p).split("-")[0] for p in SAMPLES} == set(readers())
    assert all((HERE / f"{stem(p)}.expected.json").exists() for p in SAMPLES)


def test_readers_are_named_after_their_files_and_say_what_they_are() -> None:
    for name, one in readers().items():
        assert one.read.__module__ == f"kmnet.tables.readers.{name}" and one.title and one.read.__doc__
        assert set(one.feeds) <= set(INPUTS)


HOSTILE = {
    "nothing much": b"x",
    "commas": b",,,,\n,,,\n",
    "numbers": b"1,2\n3,4\n",
    "random bytes": bytes(range(256)) * 20,
    "utf-16 odd": b"\xff\xfea",
    "open quote": b'Name,"W1\nx',
    "markup": b"<a><b></a>",
    "entities": b'<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>',
    "json": b"[" * 5000,
    "json of another kind": b'{"elements": 3, "connections": [1, {"to": null}]}',
    "pajek": b"*Vertices x\n*Arcs\n1 2\n9 9 z\n*Matrix\na\n",
    "pajek huge": b"*Vertices 99999999999\n1 a\n",
    "dl": b"dl n=2 nr=x format=fullmatrix\ndata:\n0 1 2\n",
    "dl huge": b"dl n=99999999999 format=edgelist1\ndata:\n1 2\n",
    "dl many": b"dl n=2 nm=9999999999\ndata:\n1 2\n",
    "dl bare": b"dl\ndata:\n",
    "zip": b"PK\x03\x04garbage",
    "headings of all": b"Name,W1,Timestamp,Start time,Completion time,ResponseId,Finished,Attendee Status,First Join\n",
    "teams heading only": b"Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n",
    "zoom heading only": b"Name (Original Name),User Email,Join Time,Duration (Minutes)\n",
}


@pytest.mark.parametrize("name", sorted(readers()))
@pytest.mark.parametrize("kind", HOSTILE)
def test_F_no_reader_breaks(name: str, kind: str) -> None:
    one = readers()[name]
    for table in one.feeds or ("people", "attendance"):
        source = Source(path="x", format=name, wave="w")
        found = one(Opened("x", HOSTILE[kind], source, INPUTS[table]))
        assert isinstance(found, Reading) and all(isinstance(p, Problem) for p in found.problems)
        assert found.read >= len(found.lines)
        if found.failed:
            assert any(p.severity == "error" for p in found.problems)


def test_cut_short_anywhere_no_reader_breaks() -> None:
    for path in SAMPLES:
        expected = json.loads((HERE / f"{stem(path)}.expected.json").read_text(encoding="utf-8"))
        name, data = sample(path, expected)
        for end in range(0, len(data), max(1, len(data) // 25)):
            source = Source(path=name, **expected["options"])
            opened = Opened(name, data[:end] or b"\n", source, INPUTS[expected["table"]])
            chosen = choose(opened)
            assert isinstance(chosen, Reader)
            assert isinstance(chosen(opened), Reading)


def test_b9_xml_in_an_encoding_that_there_is_not_is_a_problem() -> None:
    data = b'<?xml version="1.0" encoding="utf-88"?><graphml><graph><node id="a"/></graph></graphml>'
    found = readers()["graphml"](Opened("a.graphml", data, Source(path="a.graphml"), INPUTS["people"]))
    assert found.failed and [p.code for p in found.problems] == ["KM243"]

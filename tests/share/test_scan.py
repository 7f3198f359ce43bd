"""Promise 4.7: a name is found however it is packed, and nothing is found where nothing is."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import struct
import urllib.parse
import zipfile
import zlib
from pathlib import Path

import pytest

from kmnet import cli
from kmnet.errors import ConfigError
from kmnet.share.rows import Person, people
from kmnet.share.scan import look, scan, terms
from kmnet.share.views import fold

WHO = Person("zq-771", "Zoë Vorpalinski-Quärk", "zoe.vorpal@example.org")
TERMS = terms([WHO])
NAME = WHO.name


def zipped(member: str, content: bytes, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(member, content)
        whole.comment = comment
    return stream.getvalue()


def workbook(text: str) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet().write_string(0, 0, text)
    book.close()
    return stream.getvalue()


def picture(text: str, packed: bool) -> bytes:
    body = b"Author\0" + (b"\0" + zlib.compress(text.encode("utf-8")) if packed else text.encode("utf-8"))
    kind = b"zTXt" if packed else b"tEXt"
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IEND" + b"\xaeB`\x82"


PACKED = {
    "text": f"label {NAME} end".encode(),
    "capitals": NAME.upper().encode(),
    "no accents": b"zoe vorpalinski-quark",
    "decomposed": fold(NAME).encode() and "Zoe\u0308 Vorpalinski-Qua\u0308rk".encode(),
    "latin-1": NAME.encode("latin-1"),
    "utf-16": NAME.encode("utf-16"),
    "utf-16-be inside bytes": b"\x01\x02\x03" + NAME.encode("utf-16-be") + b"\xff",
    "json escapes": json.dumps({"a": NAME}).encode(),
    "json in json": json.dumps(json.dumps({"a": NAME})).encode(),
    "entities": "".join(f"&#{ord(c)};" for c in NAME).encode(),
    "hex entities": "".join(f"&#x{ord(c):x};" for c in NAME).encode(),
    "entities of entities": html.escape(html.escape(NAME) + " &#90;o&euml; Vorpalinski").encode(),
    "percent": urllib.parse.quote(NAME).encode(),
    "base64": base64.b64encode(f"some text {NAME} more text".encode()),
    "base64 for addresses": base64.urlsafe_b64encode(f"???>>> {NAME} ???>>>".encode()),
    "base64 in a page": b'<a href="data:text/plain;base64,' + base64.b64encode(NAME.encode() * 20) + b'">',
    "zip": zipped("a.txt", NAME.encode()),
    "zip comment": zipped("a.txt", b"", NAME.encode()),
    "zip entry name": zipped(f"{NAME}.txt", b""),
    "xlsx": workbook(NAME),
    "xlsx in base64 in a page": b"<a href='data:;base64," + base64.b64encode(workbook(NAME)) + b"'>",
    "gzip": gzip.compress(NAME.encode()),
    "png text": picture("Zoe Vorpalinski", False),
    "png packed text": picture("Zoe Vorpalinski", True),
    "split by a line": "Zoë\n  Vorpalinski-Quärk".encode(),
    "non-breaking space": "Zoë\u00a0Vorpalinski".encode(),
    "zero width": "Vorpalinski\u200b".encode(),
    "last name first": b"VORPALINSKI",
    "e-mail": b"mailto:Zoe.Vorpal@example.org",
    "id": b'{"node": "zq-771"}',
}


@pytest.mark.parametrize("how", PACKED)
def test_4_7_a_planted_name_is_found(how: str) -> None:
    assert list(look(PACKED[how], "file", TERMS)), how


def test_4_7_a_clean_file_and_longer_words_raise_no_alarm() -> None:
    clean = b"vorpalinskian zq-7711 xzq-771 zoeologic quarks " + base64.b64encode(b"nothing to see here at all") * 3
    assert not list(look(clean, "file", TERMS))
    assert not list(look(workbook("nothing"), "file", TERMS))
    assert not list(look(bytes(range(256)) * 4000, "file", TERMS))


def test_a_cell_of_a_sheet_is_not_a_person() -> None:
    wanted = terms([Person("P100", "")])
    sheet = b'<row r="100"><c r="P100" t="s"><v>3</v></c></row>'
    assert not list(look(zipped("xl/worksheets/sheet1.xml", sheet), "a.xlsx", wanted))
    assert list(look(zipped("xl/worksheets/sheet1.xml", sheet + b"<t>P100</t>"), "a.xlsx", wanted))


def test_short_ids_are_found_where_ids_stand_only() -> None:
    wanted = terms([Person("7", ""), Person("A1", "")])
    assert not list(look(b"7 ties, A1 paper, n=7", "report.html", wanted))
    assert {p.seen for p in look(b'{"id": "7"} <edge source="a1"/>', "x", wanted)} == {"7", "a1"}


def test_short_ids_are_found_in_tables() -> None:
    wanted = terms([Person("7", ""), Person("12", "")])
    table = b"network,id,degree\nknows,7,12\nknows,9,7\n"
    assert [p.seen for p in look(table, "tables/people.csv", wanted)] == ["7"]


def test_words_of_our_own_pages_are_no_names_by_themselves() -> None:
    wanted = terms([Person("p-12345", "Density Report"), Person("p-12346", "Madonna")])
    assert not list(look(b"the density is in the report", "x", wanted))
    assert [p.seen for p in look(b"Density   Report", "x", wanted)] == ["density report"]
    assert [p.seen for p in look(b"madonna", "x", wanted)] == ["madonna"]


def test_4_7_names_of_two_letters_and_of_other_scripts_are_found() -> None:
    wanted = terms([Person("p-12345", "陈伟"), Person("p-12346", "Wu"), Person("p-12347", "محمد الفارسي")])
    assert [p.seen for p in look("会议陈伟发言".encode(), "x", wanted)] == ["陈伟"]
    assert [p.seen for p in look(b'{"label": "Wu"}', "x", wanted)] == ["wu"]
    assert not list(look(b"a wu b", "x", wanted))
    assert list(look(base64.urlsafe_b64encode(b"abc " + "محمد الفارسي".encode() + b" tail"), "x", wanted))
    assert list(look(base64.b64encode(zipped("a.xml", "<c>陈伟</c>".encode())), "x", wanted))
    assert list(look("陈伟".encode("utf-16"), "x", wanted))


def test_4_7_labels_that_many_people_share_are_no_names() -> None:
    team = [Person(f"p-1234{k}", f"Zrida{k} Quexley{k}", about=("Nurse", "St. Jude's")) for k in range(5)]
    wanted = terms([*team, Person("p-99999", "Nurse"), Person("p-99998", "Jude Nurse", about=("Jude",))])
    assert not list(look(b"Nurse, St. Jude's", "x", wanted))
    assert [p.seen for p in look(b"Jude Nurse", "x", wanted)] == ["jude nurse"]
    assert list(look(b"Nurse", "x", terms([*team[1:], Person("p-99999", "Nurse")])))


def test_4_7_a_folder_is_searched_whole_with_names_of_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "clean.txt").write_text("nothing\nhere\n")
    (tmp_path / "a" / "bad.txt").write_text(f"first\nsecond {NAME}\n", encoding="utf-8")
    (tmp_path / "vorpalinski.svg").write_text("")
    found, files = scan(tmp_path, [WHO])
    assert files == 3
    assert {(p.place.file, p.place.line) for p in found} == {("a/bad.txt", 2), ("vorpalinski.svg", 0)}
    assert {p.code for p in found} == {"KM705"} and all("vorpal" not in p.message.lower() for p in found)
    with pytest.raises(ConfigError, match="KM107"):
        scan(tmp_path / "nowhere", [WHO])


def test_4_7_the_command_ends_with_1_when_something_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text(f"id,name\nzq-771,{NAME}\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.html").write_text("clean", encoding="utf-8")
    assert cli.run(["scan", str(tmp_path / "out"), "--people", str(tmp_path / "people.csv")]) == 0
    (tmp_path / "out" / "a.html").write_bytes(PACKED["entities"])
    assert cli.run(["scan", str(tmp_path / "out"), "--people", str(tmp_path / "people.csv")]) == 1
    assert "do not share" in capsys.readouterr().err


def test_the_people_are_read_as_they_stand_withdrawn_or_not(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "Person ID;Full Name;E-mail;Consent\n007;Ann Lee;a@b.org;no\n;;;\n8;Bo;;withdrawn\n", encoding="utf-8"
    )
    assert people(path) == (Person("007", "Ann Lee", "a@b.org"), Person("8", "Bo", ""))
    path.write_text("name\nAnn\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="KM104"):
        people(path)

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmnet.errors import ConfigError, OutputError
from kmnet.share.codes import codes, labels, read_key

KEY = b"0" * 64


@given(st.sets(st.text(min_size=1, max_size=8), max_size=40))
def test_4_3_codes_are_distinct_readable_and_depend_on_nothing_but_id_and_key(ids: set[str]) -> None:
    import unicodedata

    found = codes(ids, KEY)
    distinct = {unicodedata.normalize("NFC", i) for i in ids}
    assert len(set(found.values())) == len(distinct)
    assert all(len(c) >= 8 and c.isalnum() and c == c.upper() for c in found.values())
    for one in ids:
        assert codes([one], KEY)[one] == found[one]


def test_4_3_another_key_gives_other_codes_and_no_plain_hash_gives_them() -> None:
    found = codes(["jane smith"], KEY)["jane smith"]
    assert found != codes(["jane smith"], b"1" * 64)["jane smith"]
    import base64

    assert not base64.b32encode(hashlib.sha256(b"jane smith").digest()).decode().startswith(found)


def test_4_3_codes_that_would_be_the_same_are_longer_and_the_others_are_not() -> None:
    ids = [str(k) for k in range(400)]
    found = codes(ids, KEY, length=1)
    assert len(set(found.values())) == 400
    assert {len(c) for c in found.values()} >= {2, 3}
    assert codes(ids[:200], KEY) == {i: c for i, c in codes(ids, KEY).items() if i in set(ids[:200])}


def test_4_3_labels_are_a_role_and_the_least_of_the_code() -> None:
    ids = [str(k) for k in range(3000)]
    code = codes(ids, KEY)
    shown = labels(code, {i: "Public adviser" if int(i) % 2 else "" for i in ids})
    assert len(set(shown.values())) == 3000
    assert shown["1"].startswith("Public adviser ") and shown["2"].startswith("Person ")
    assert all(
        code[i].startswith(label.rsplit(" ", 1)[1]) and len(label.rsplit(" ", 1)[1]) >= 4 for i, label in shown.items()
    )


def test_4_3_a_key_is_made_once_for_the_user_alone(tmp_path: Path) -> None:
    key = read_key(tmp_path / "kmnet.key", tmp_path / "results")
    assert key == read_key(tmp_path / "kmnet.key", tmp_path / "results") and len(key) == 64
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "kmnet.key").stat().st_mode) == 0o600


def test_4_3_a_key_in_the_output_or_without_a_key_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="KM701"):
        read_key(tmp_path / "results" / "kmnet.key", tmp_path / "results")
    (tmp_path / "kmnet.key").write_text("my key")
    with pytest.raises(ConfigError, match="KM702"):
        read_key(tmp_path / "kmnet.key", tmp_path / "results")
    with pytest.raises(OutputError, match="KM702"):
        read_key(tmp_path / "nowhere" / "kmnet.key", tmp_path / "results")

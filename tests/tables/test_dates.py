"""D1 to D3: a date is a full date of one proved format, or it is reported."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmnet.tables.dates import prove, readings

FORMATS = ("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%y", "%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%Y%m%d")


@pytest.mark.parametrize("form", FORMATS)
def test_D1_a_column_of_one_format_is_proved(form: str) -> None:
    days = [date(2017, 1, 16) + timedelta(days=9 * k) for k in range(8)]
    proof = prove([d.strftime(form) for d in days])
    assert not proof.ambiguous and not proof.bad
    assert [m.date() for m in proof.moments.values()] == [
        date for _, date in sorted(zip([d.strftime(form) for d in days], days))
    ]


@given(st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=1, max_size=8), st.sampled_from(FORMATS))
@settings(max_examples=150, deadline=None)
def test_D1_what_is_proved_is_right_or_told_to_be_ambiguous(days: list[date], form: str) -> None:
    proof = prove({d.strftime(form) for d in days})
    assert not proof.bad and not proof.serial
    if proof.ambiguous is None:
        assert {m.date() for m in proof.moments.values()} == set(days)
    else:
        assert all(d.day <= 12 for d in days) and form[:2] in ("%d", "%m")


def test_D1_two_readings_that_agree_are_no_question() -> None:
    assert prove(["03/03/2017", "04/04/2017"]).ambiguous is None


def test_D1_a_declared_format_decides_and_may_leave_out_the_time() -> None:
    assert prove(["01/02/2017"], "%m/%d/%Y").moments["01/02/2017"] == datetime(2017, 1, 2)
    assert prove(["01/02/2017, 4:16:55 PM"], "%d/%m/%Y").moments == {
        "01/02/2017, 4:16:55 PM": datetime(2017, 2, 1, 16, 16, 55)
    }
    assert prove(["1991"], "%Y").moments == {"1991": datetime(1991, 1, 1)}


def test_D1_a_mixed_column_lists_the_odd_cells() -> None:
    proof = prove(["13/02/2017", "14/02/2017", "2017-02-15"])
    assert proof.format == "day/month/year" and proof.bad == ("2017-02-15",)


@pytest.mark.parametrize(
    "text", ["now", "today", "May", "2023", "1/2", "May 2023", "31/02/2023", "2023-02-31", "12:30", "x"]
)
def test_D2_no_half_date_is_a_date(text: str) -> None:
    assert readings(text) == {}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2009-10-01T08:40:20", datetime(2009, 10, 1, 8, 40, 20)),
        ("2009-10-01 08:40", datetime(2009, 10, 1, 8, 40)),
        ("2009-10-01T08:40:20.123Z", datetime(2009, 10, 1, 8, 40, 20)),
        ("2009-10-01T08:40:20+01:00", datetime(2009, 10, 1, 8, 40, 20)),
        ("14/11/22, 09:30:46", datetime(2022, 11, 14, 9, 30, 46)),
        ("11/26/25, 4:16:55 PM", datetime(2025, 11, 26, 16, 16, 55)),
        ("11/19/2021 12:05:15 AM", datetime(2021, 11, 19, 0, 5, 15)),
        ("Monday 16th January 2017", datetime(2017, 1, 16)),
        ("16-Jan-17", datetime(2017, 1, 16)),
        ("Sept 5, 2017", datetime(2017, 9, 5)),
    ],
)
def test_D2_full_dates_with_times_are_read(text: str, moment: datetime) -> None:
    assert set(readings(text).values()) == {moment}


def test_D3_a_bare_number_is_asked_about() -> None:
    assert prove(["42736"]).serial == ("42736",)
    assert prove(["42736", "42736.5"], serial=True).moments["42736.5"] == datetime(2017, 1, 1, 12)

"""Figures: clean SVG, no text lost, no formula read, positions kept."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from kmnet.report import charts, figures, node_link, style
from kmnet.report.reading import Reading
from kmnet.report.sections import opening
from tests.report.made_results import made


def svg(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


@pytest.mark.parametrize("name", ["$x^2$ & $5", "<b>&", "\u674e \U0001f469", "plain"])
def test_d8_names_are_drawn_as_they_are(name: str) -> None:
    picture = charts.ranges([charts.Dot(name, 1.0, 0.5, 2.0)], "one", name, name, name)
    texts = ["".join(e.itertext()) for e in svg(picture.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert name in texts


def test_b10_control_signs_do_not_break_a_picture() -> None:
    picture = charts.ranges([charts.Dot("a\x00b\x1fc\n", 1.0)], "one", "t\x00", "alt\x01", "axis\x02")
    assert "abc" in "".join(svg(picture.svg).itertext())


def test_no_style_attribute_and_no_foreign_id_is_left() -> None:
    picture = charts.lines(
        [charts.Panel(f"p{k}", ["a", "b"], [charts.Line("x", [1.0, float("nan")], [0.5, 1], [2, 3])]) for k in range(2)],
        "lines", "t", "alt", "y",
    )  # fmt: skip
    root = svg(picture.svg)
    assert not [e for e in root.iter() if "style" in e.attrib or e.tag.endswith("}style")]
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids)) and all(i.startswith("lines-") for i in ids)
    for element in root.iter():
        link = element.get("href", "")
        assert not link or link[1:] in ids
    assert "<!--" not in picture.svg


def test_every_bar_lies_within_the_next() -> None:
    picture = charts.bars([charts.Bar("a", [1, 2, 3])], ("Used", "Reached", "Could"), "bars", "t", "alt", "People")
    assert len(picture.png) > 1000


@pytest.mark.parametrize("shape", ["square", "triangle", "diamond", "hexagon", "pentagon", "star", "down", "bar"])
def test_all_shapes_have_the_area_of_the_circle(shape: str) -> None:
    x, y = np.array(node_link.outline(shape)).T
    area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    assert area == pytest.approx(np.pi, rel=0.01)


def test_people_keep_their_place_and_ties_are_counted_by_what_became_of_them() -> None:
    reading = Reading(made())
    drawn = dict(opening.drawings(reading, {}))
    before, after = drawn.values()
    assert np.array_equal(before.place, after.place)
    for picture, moment in ((before, "before"), (after, "after")):
        shot = reading.snapshot(moment)
        assert shot is not None
        assert sum(len(t) for t in picture.ties.values()) == len(shot.pairs[0])
        assert sum(number for _, _, number in picture.groups) == shot.n
    assert "formed" not in before.ties and "dissolved" not in after.ties
    low, high = before.place.min(), before.place.max(axis=0)
    assert low >= node_link.MARGIN - 1e-9 and high[0] <= node_link.WIDTH - node_link.MARGIN + 1e-9


def test_the_svg_draws_every_person_once() -> None:
    drawn = opening.drawings(Reading(made()), {})
    name, picture = drawn[0]
    text = node_link.svg(picture, name)
    shapes = text.count("<circle") + text.count("<polygon")
    assert shapes == len(picture.radius) + len(picture.groups)
    assert svg(text).get("role") == "img"


def test_4_5_at_the_public_level_groups_are_drawn_and_nobody_else() -> None:
    name, picture = opening.drawings(Reading(made("public")), {})[0]
    assert picture.groups == () and set(picture.symbols) == {style.ORGANISATION}


def test_a_hairball_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node_link, "MOST", 5)
    reading = Reading(made())
    assert opening.drawings(reading, {}) == []
    section = opening.before_after(reading, ["map.html"], [])
    assert any("cannot be read" in getattr(b, "text", "") for b in section.blocks)


def test_g5_pictures_need_no_window_and_leave_settings_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    with figures.canvas():
        assert matplotlib.rcParams["text.parse_math"] is False
    assert dict(matplotlib.rcParams) == before

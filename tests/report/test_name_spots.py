"""Names in a picture cover neither symbols nor each other, and stay inside it."""

from __future__ import annotations

import numpy as np

from kmnet.report.name_spots import ABOVE, ACROSS, BELOW, placed


def test_names_of_a_crowd_stand_clear_with_a_line_to_their_symbols() -> None:
    rng = np.random.default_rng(3)
    place = np.concatenate([rng.normal([260, 220], 45, (120, 2)), [[30.0, 400.0]]])
    radius = np.full(len(place), 4.0)
    names = {k: f"Person number {k}" for k in (120, 0, 1, 2, 3)}
    found = placed(place, radius, names, 520, 452)
    assert [text for _, _, text, _ in found] == list(names.values())
    boxes = [(x - ACROSS * len(t) / 2, y - ABOVE, x + ACROSS * len(t) / 2, y + BELOW) for x, y, t, _ in found]
    for k, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and right <= 520 and top >= 0 and bottom <= 452
        near = np.clip(place, [left, top], [right, bottom]) - place
        assert (np.hypot(*near.T) > 3.9).all()
        assert not [o for o in boxes[:k] if o[0] < right and left < o[2] and o[1] < bottom and top < o[3]]
    assert found[0][3] == []  # alone: beside its symbol
    assert any(lines for *_, lines in found)
    for (*_, lines), k in zip(found[1:], (0, 1, 2, 3)):
        assert all(np.isclose(np.hypot(x - place[k, 0], y - place[k, 1]), 4.0) for x, y, _, _ in lines)


def test_a_name_without_room_is_left_out() -> None:
    place = np.array([[20.0, 30.0], [20.0, 30.0]])
    found = placed(place, np.array([5.0, 5.0]), {0: "x" * 100, 1: "short"}, 200, 60)
    assert [text for _, _, text, _ in found] == ["short"]

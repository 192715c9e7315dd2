"""Numbers, rows and the scale on paper, without a database."""

from __future__ import annotations

import pytest

from app.siteplan.rules import cells, codes
from app.siteplan.rules.paper import HEIGHT, WIDTH, paper
from app.siteplan.rules.rows import Along, RowOfStalls, phase_in_turn, places
from app.vendors.rules.layout import Rect


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("A01", ["A01", "A02", "A03"]),
        ("9", ["9", "10", "11"]),
        ("A099", ["A099", "A100", "A101"]),
        ("Mad", ["Mad1", "Mad2", "Mad3"]),
    ],
)
def test_codes_follow_one_another_as_wide_as_the_first(first, expected):
    assert codes.following(first, 3) == expected


def test_a_row_runs_to_the_right_or_down_with_so_much_between():
    row = RowOfStalls(3, 10, 20, 300, 250, 100)
    assert places(row) == [(10, 20), (410, 20), (810, 20)]
    assert places(RowOfStalls(2, 0, 0, 300, 250, 100, Along.DOWN)) == [(0, 0), (0, 350)]


def test_one_phase_stalls_take_the_three_of_their_cabinet_in_turn():
    assert [phase_in_turn(one, 1, 3) for one in range(4)] == [1, 2, 3, 1]
    assert [phase_in_turn(one, 3, 3) for one in range(2)] == [1, 1]
    assert [phase_in_turn(one, 1, 1) for one in range(2)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3", 300), ("4,5", 450), ("\u22122.75", -275), ("x", None), ("1e9", None)],
)
def test_metres_are_read_with_comma_or_point(text, expected):
    assert cells.centimetres(text) == expected


@pytest.mark.parametrize("width", [500, 7_900, 8_000, 60_000, 900_000])
def test_the_plan_is_as_large_as_a3_holds_and_a_metre_is_told(width):
    made = paper(Rect(0, 0, width, 2_000))
    assert made.width <= WIDTH and made.height <= HEIGHT
    assert made.width * made.scale == pytest.approx(width * 10)
    assert made.bar * made.scale == pytest.approx(made.bar_metres * 1000)


def test_a_plan_of_eighty_metres_is_printed_one_to_250():
    assert paper(Rect(0, 0, 8_000, 2_000)).scale == 250

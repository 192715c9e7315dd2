"""Nothing that is hidden can be worked out from what is shown."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.outcomes.rules.disclosure import Sum, hidden_cells, hierarchy, least_shown, too_close
from app.outcomes.rules.tables import feasible, hidden_in_table

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
STILL = {row[0]: row[3] for row in VECTORS["workshops"]}
YEAR = {**STILL, "workshop": 121, "year": 121}

tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 25), min_size=columns, max_size=columns), min_size=2, max_size=4
    )
)


def test_fewer_are_shown_to_the_team_than_to_the_public() -> None:
    assert least_shown(public=False) == 5
    assert least_shown(public=True) == 10
    assert least_shown(public=False, sensitive=True) == 10
    assert least_shown(public=True, min_n=20) == 20


@pytest.mark.parametrize("least", [5, 10])
def test_the_smallest_workshop_is_hidden_and_takes_the_next_with_it(least: int) -> None:
    hidden = hidden_cells(YEAR, hierarchy("year", {"workshop": list(STILL)}), least)
    assert hidden == {"W10", "W11"}


def test_a_kind_that_hides_takes_an_event_of_another_with_it() -> None:
    eligible = {"year": 31, "K1": 28, "K2": 3, "a": 20, "b": 8, "c": 3}
    hidden = hidden_cells(eligible, hierarchy("year", {"K1": ["a", "b"], "K2": ["c"]}), 5)
    assert hidden == {"K1", "K2", "b", "c"}


def test_a_single_small_row_takes_the_total_with_it() -> None:
    assert hidden_cells({"year": 3, "a": 3}, [Sum("year", ("a",))], 5) == {"year", "a"}


def test_nothing_is_hidden_where_all_are_many() -> None:
    assert hidden_cells({"year": 20, "a": 12, "b": 8}, [Sum("year", ("a", "b"))], 5) == frozenset()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=7), st.sampled_from([5, 10]))
def test_a_hidden_row_could_be_at_least_as_many_numbers_as_the_threshold(
    numbers: list[int], least: int
) -> None:
    eligible = {f"r{place}": number for place, number in enumerate(numbers)}
    whole = Sum("year", tuple(eligible))
    hidden = hidden_cells({**eligible, "year": sum(numbers)}, [whole], least)
    away = [cell for cell in eligible if cell in hidden]
    assert all(eligible[cell] >= least for cell in eligible if cell not in hidden)
    if away and "year" not in hidden:
        assert len(away) >= 2
        assert sum(eligible[cell] for cell in away) >= least


def test_sets_that_differ_by_few_are_too_close() -> None:
    published = frozenset(f"p{number}" for number in range(20))
    assert too_close(published - {"p1"}, [published])
    assert too_close(published | {"q"}, [published])
    assert not too_close(published, [published])
    assert not too_close(published - {f"p{number}" for number in range(5)}, [published])
    assert not too_close(frozenset({"q1", "q2", *list(published)[1:]}), [published])


def test_the_example_table_hides_the_cheapest_rectangle() -> None:
    example = VECTORS["suppression_2d"]
    hidden = hidden_in_table(example["table"], example["k"])
    assert sorted(map(list, hidden)) == example["best_rectangle"]
    assert sum(example["table"][row][column] for row, column in hidden) == 44
    wanted = {
        (int(cell[0]), int(cell[2])): tuple(width) for cell, width in example["feasible"].items()
    }
    assert feasible(example["table"], hidden) == wanted


def test_hiding_the_small_cell_alone_gives_it_away() -> None:
    example = VECTORS["suppression_2d"]
    found = feasible(example["table"], frozenset({(0, 0)}))
    assert found[0, 0] == tuple(example["primary_only_is_recoverable"])


@given(tables, st.sampled_from([5, 10]))
@settings(max_examples=60, deadline=None)
def test_every_small_cell_of_a_table_stays_as_wide_as_the_threshold(
    table: list[list[int]], least: int
) -> None:
    hidden = hidden_in_table(table, least)
    widths = feasible(table, hidden)
    everything = len(hidden) == len(table) * len(table[0])
    for row, column in product(range(len(table)), range(len(table[0]))):
        if table[row][column] < least:
            low, high = widths[row, column]
            assert everything or high - low >= least


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2))
@settings(deadline=None)
def test_the_feasible_range_is_what_trying_all_tables_gives(table: list[list[int]]) -> None:
    hidden = frozenset({(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (1, 2)})
    ways = [way for way in _same_margins(table) if way]
    for (row, column), (low, high) in feasible(table, hidden).items():
        seen = [way[row][column] for way in ways]
        assert (min(seen), max(seen)) == (low, high)


def _same_margins(table: list[list[int]]) -> list[list[list[int]]]:
    columns = [sum(column) for column in zip(*table, strict=True)]
    firsts = product(*(range(total + 1) for total in columns))
    return [
        [list(first), [total - one for total, one in zip(columns, first, strict=True)]]
        for first in firsts
        if sum(first) == sum(table[0])
    ]


def test_a_table_of_one_column_hides_it_all() -> None:
    assert hidden_in_table([[3], [20]], 5) == {(0, 0), (1, 0)}

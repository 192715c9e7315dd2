"""The arithmetic reproduces the numbers given beside the specification, and holds in general."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.rules.means import (
    Sample,
    goal_attainment,
    index_score,
    mean_interval,
    sample,
    student_quantile,
    welch,
)
from app.outcomes.rules.proportions import (
    Dispositions,
    eligible_population,
    newcombe,
    nonresponse_bounds,
    percent,
    response_rate_1,
    response_rate_2,
    rounded_difference,
    weighted_share,
    wilson,
    wilson_of_population,
)

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())

pairs = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("part", "whole", "expected"), VECTORS["percent_half_up"])
def test_a_percentage_is_rounded_half_up(part: int, whole: int, expected: int) -> None:
    assert percent(part, whole) == expected


@given(pairs)
def test_a_percentage_is_the_nearest_whole_number_and_the_half_goes_up(pair: Any) -> None:
    part, whole = pair
    distance = percent(part, whole) - Fraction(100 * part, whole)
    assert Fraction(-1, 2) < distance <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(23, 40, 58), (5, 8, 63), (29, 200, 15), (0, 0, None)]
)
def test_a_percentage_that_floats_get_wrong(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


def test_a_difference_is_rounded_away_from_zero() -> None:
    assert [rounded_difference(value) for value in (-5.0, 4.5, -4.5, 0.4, -0.5, 0.49999)] == [
        -5, 5, -5, 0, -1, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(("part", "whole", "low", "high"), VECTORS["wilson95"])
def test_wilson_gives_the_published_interval(
    part: int, whole: int, low: float, high: float
) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-6)


@given(pairs)
def test_wilson_holds_the_share_and_stays_within_one(pair: Any) -> None:
    low, high = wilson(*pair) or (1, 0)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


@pytest.mark.parametrize(("s1", "n1", "s2", "n2", "d", "low", "high"), VECTORS["newcombe95_diff"])
def test_newcombe_gives_the_published_interval(
    s1: int, n1: int, s2: int, n2: int, d: float, low: float, high: float
) -> None:
    assert newcombe((s1, n1), (s2, n2)) == pytest.approx((d, low, high), abs=1e-6)


@given(pairs, pairs)
def test_newcombe_turned_around_is_its_mirror(one: Any, two: Any) -> None:
    forth, back = newcombe(one, two), newcombe(two, one)
    assert forth is not None and back is not None
    assert forth == pytest.approx((-back[0], -back[2], -back[1]), abs=1e-9)


@pytest.mark.parametrize(("part", "whole", "all_", "low", "high"), VECTORS["wilson_fpc95"])
def test_a_finite_population_narrows_the_interval(
    part: int, whole: int, all_: int, low: float, high: float
) -> None:
    assert wilson_of_population(part, whole, all_) == pytest.approx((low, high), abs=1e-6)


def test_there_is_no_interval_when_all_have_answered_or_nobody_has() -> None:
    assert wilson_of_population(17, 20, 20) is None
    assert wilson_of_population(0, 0, 20) is None
    assert wilson(0, 0) is None
    assert newcombe((0, 0), (1, 2)) is None


def test_the_eligible_population_of_the_demo_year_is_165() -> None:
    assert eligible_population(202, 121, 27) == 165
    assert eligible_population(202, 0, 0) is None


def test_the_nonresponse_bounds_of_the_demo_year() -> None:
    demo = VECTORS["bounds_demo"]
    found = nonresponse_bounds(demo["g"], demo["e"], demo["unknown"])
    assert found == pytest.approx((demo["low"], demo["high"]), abs=1e-6)
    assert nonresponse_bounds(0, 0, 0) is None


def test_the_response_rate_keeps_bounces_below_the_line() -> None:
    demo = Dispositions(complete=150, partial=4, refused=3, not_contacted=45)
    assert response_rate_1(demo) == Fraction(150, 202)
    assert response_rate_2(demo) == Fraction(154, 202)
    assert response_rate_1(Dispositions()) is None
    assert response_rate_2(Dispositions()) is None


def test_a_weighted_share_counts_with_kishs_effective_number() -> None:
    given_ = VECTORS["weighted"]
    found = weighted_share(given_["y"], given_["w"])
    assert found is not None
    assert found.share == pytest.approx(given_["p"], abs=1e-6)
    assert found.effective == pytest.approx(given_["kish_neff"], abs=1e-6)
    assert found.interval == pytest.approx(tuple(given_["wilson_at_neff"]), abs=1e-4)
    assert weighted_share([], []) is None


def test_welch_gives_the_published_interval() -> None:
    m1, s1, n1, m2, s2, n2 = VECTORS["welch95"]["in"]
    found = welch(Sample(m1, s1, n1), Sample(m2, s2, n2))
    assert found is not None
    assert [found.difference, found.low, found.high] == pytest.approx(
        VECTORS["welch95"]["out"], abs=1e-6
    )
    assert found.freedom == pytest.approx(VECTORS["welch95"]["df"], abs=1e-2)
    assert found.certain


def test_welch_has_nothing_to_say_of_one_person_or_of_equal_answers() -> None:
    assert welch(Sample(50, 0, 1), Sample(60, 5, 10)) is None
    assert welch(Sample(50, 0, 9), Sample(60, 0, 10)) is None


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(1, 12.706205), (2, 4.302653), (10, 2.228139), (1e6, 1.959966)]
)
def test_students_quantile_matches_the_tables(freedom: float, quantile: float) -> None:
    assert student_quantile(0.975, freedom) == pytest.approx(quantile, abs=1e-6)


def test_a_sample_knows_its_mean_and_deviation() -> None:
    assert sample([1, 2, 3, 4]) == Sample(2.5, pytest.approx(1.290994, abs=1e-6), 4)
    assert sample([7]) == Sample(7, 0.0, 1)
    assert sample([]) is None
    assert mean_interval(Sample(7, 0, 1)) is None
    assert mean_interval(Sample(50, 10, 25)) == pytest.approx((45.872203, 54.127797), abs=1e-5)


@pytest.mark.parametrize(("scores", "weights", "expected"), VECTORS["gas_T"])
def test_goal_attainment_gives_the_published_t(
    scores: list[int], weights: list[float] | None, expected: float
) -> None:
    assert goal_attainment(scores, weights) == pytest.approx(expected, abs=1e-6)


def test_goal_attainment_of_no_goals_is_nothing() -> None:
    assert goal_attainment([]) is None


def test_an_index_is_the_mean_of_dimensions_half_answered_or_more() -> None:
    dimensions = [("a", "b"), ("c", "d")]
    assert index_score(dimensions, {"a": 100, "b": 50, "c": 25, "d": 25}) == 50
    assert index_score(dimensions, {"a": 100, "c": 0}) == 50
    assert index_score([("a", "b", "c")], {"a": 100}) is None
    assert index_score(dimensions, {"a": 100, "b": 50}) is None
    assert index_score([], {}) is None

"""Places, the line and goals, decided without a database."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.workshops.rules import goals, places
from app.workshops.rules.places import EnrolmentState, WaitingEnrolment

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_the_oldest_moves_up_first() -> None:
    moves = places.moving_up(1, [WaitingEnrolment(7, 1), WaitingEnrolment(3, 1)])
    assert [waiting.enrolment_id for waiting in moves.moved] == [7]
    assert moves.skipped == ()


def test_a_group_that_does_not_fit_is_skipped_with_the_reason() -> None:
    moves = places.moving_up(3, [WaitingEnrolment(1, 4), WaitingEnrolment(2, 2)])
    assert [waiting.enrolment_id for waiting in moves.moved] == [2]
    assert moves.skipped == (places.Skipped(1, seats=4, free=3),)


def test_nobody_moves_up_when_nothing_is_free() -> None:
    assert (
        places.moving_up(0, [WaitingEnrolment(1, 1), WaitingEnrolment(2, 3)]) == places.MovingUp()
    )


def test_several_move_up_while_seats_last() -> None:
    moves = places.moving_up(
        5,
        [
            WaitingEnrolment(1, 2),
            WaitingEnrolment(2, 2),
            WaitingEnrolment(3, 2),
            WaitingEnrolment(4, 1),
        ],
    )
    assert [waiting.enrolment_id for waiting in moves.moved] == [1, 2, 4]
    assert moves.seats == 5


@given(st.integers(0, 30), st.lists(st.integers(1, 6), max_size=20))
def test_after_moving_up_nobody_waits_who_would_fit(free: int, seats: list[int]) -> None:
    line = [WaitingEnrolment(number, size) for number, size in enumerate(seats)]
    moves = places.moving_up(free, line)
    assert 0 <= moves.seats <= free
    left = [waiting for waiting in line if waiting not in moves.moved]
    assert all(waiting.seats > free - moves.seats for waiting in left)


def test_the_position_is_counted_from_one() -> None:
    assert places.position([30, 10, 20], 10) == 2
    assert places.position([30, 10, 20], 99) is None


def test_a_lower_capacity_tells_how_many_must_leave_first() -> None:
    assert places.must_leave(taken=12, wanted_capacity=10) == 2
    assert places.must_leave(taken=8, wanted_capacity=10) == 0


def test_a_place_can_be_given_up_until_the_workshop_is_over() -> None:
    end = NOON + timedelta(hours=1)
    assert places.may_cancel(EnrolmentState.CONFIRMED, end, NOON)
    assert places.may_cancel(EnrolmentState.WAITLISTED, end, NOON)
    assert not places.may_cancel(EnrolmentState.CANCELLED, end, NOON)
    assert not places.may_cancel(EnrolmentState.CONFIRMED, end, end)


def test_only_a_confirmed_enrolment_frees_seats() -> None:
    assert places.seats_freed(EnrolmentState.CONFIRMED, 4) == 4
    assert places.seats_freed(EnrolmentState.WAITLISTED, 4) == 0


def test_goals_lose_empty_lines_and_spare_spaces() -> None:
    assert goals.cleaned(["  tale  med forældre ", "", "  "]) == ("tale med forældre",)


def test_one_to_three_goals_of_readable_length_are_accepted() -> None:
    assert goals.acceptable(["a"])
    assert goals.acceptable(["a", "b", "c"])
    assert not goals.acceptable([" ", ""])
    assert not goals.acceptable(["a", "b", "c", "d"])
    assert not goals.acceptable(["x" * (goals.LONGEST_GOAL + 1)])

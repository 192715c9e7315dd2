"""Who has a place, who waits, and who moves up when seats come free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_SEATS = 50
# Whoever types somebody else's address must not be able to flood it.
EMAIL_LIMIT = "20 per hour"


class EnrolmentState(StrEnum):
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


LIVE_STATES = (EnrolmentState.CONFIRMED, EnrolmentState.WAITLISTED)


def free(capacity: int, taken: int) -> int:
    """The seats that nobody holds."""
    return capacity - taken


def fits(seats: int, free_seats: int) -> bool:
    """When seats are given: all that are asked for at once, or none of them.

    The one place that says so. The statement that takes seats asks the same of the columns.
    """
    return seats <= free_seats


@dataclass(frozen=True)
class WaitingEnrolment:
    """One place in the line: the enrolment and how many seats it asks for."""

    enrolment_id: int
    seats: int


@dataclass(frozen=True)
class Skipped:
    """A group that stayed in the line, with the seats that were free at its turn."""

    enrolment_id: int
    seats: int
    free: int


@dataclass(frozen=True)
class MovingUp:
    moved: tuple[WaitingEnrolment, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def seats(self) -> int:
        return sum(waiting.seats for waiting in self.moved)


def moving_up(free_seats: int, line: Iterable[WaitingEnrolment]) -> MovingUp:
    """Give the free seats to the oldest who fit; `line` comes oldest first."""
    moved: list[WaitingEnrolment] = []
    skipped: list[Skipped] = []
    for waiting in line:
        if fits(waiting.seats, free_seats):
            free_seats -= waiting.seats
            moved.append(waiting)
        elif free_seats > 0:
            skipped.append(Skipped(waiting.enrolment_id, waiting.seats, free_seats))
    return MovingUp(tuple(moved), tuple(skipped))


def position(line: Sequence[int], enrolment_id: int) -> int | None:
    """The place in the line, counted from 1; None for one who does not wait."""
    return line.index(enrolment_id) + 1 if enrolment_id in line else None


def must_leave(taken: int, wanted_capacity: int) -> int:
    """How many seats must be given up before the capacity can be this low."""
    return max(0, -free(wanted_capacity, taken))


def may_cancel(state: EnrolmentState, ends_at: datetime, now: datetime) -> bool:
    """A participant gives up a place until the workshop is over."""
    return state in LIVE_STATES and now < ends_at


def seats_freed(state: EnrolmentState, seats: int) -> int:
    """A confirmed enrolment holds its seats; one that waits holds none."""
    return seats if state == EnrolmentState.CONFIRMED else 0

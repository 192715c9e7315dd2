"""Several named people enrolled at once: all of them or nobody, each as if they came alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.colleagues.refusals import NotRoomForAll
from app.colleagues.rules import Colleague
from app.workshops import refusals
from app.workshops.queries import places
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import seats
from app.workshops.services.drafting import Wish
from app.workshops.services.enrolling import Outcome, placed, refuse_unless_open


@dataclass(frozen=True)
class ColleaguesEnrolled:
    """What became of a list of people."""

    seated: int
    waiting: int
    before: int


def enrol_colleagues(
    slug: str,
    colleagues: Sequence[Colleague],
    organisation: str,
    language: str,
    *,
    remind: bool = False,
) -> list[Outcome]:
    """Enrol each in the order of the list, each with a ticket and a letter of their own.

    The row of the places is held from the start: nobody gets in between two of them. `remind`
    mails their ticket once more to those who had one already.
    """
    open_workshop = places.open_workshop(slug)
    refuse_unless_open(open_workshop)
    workshop = seats.locked(open_workshop.event.id)
    free = workshop.free
    wishes = [
        Wish(colleague.name, colleague.mail, language=language, organisation=organisation)
        for colleague in colleagues
    ]
    try:
        return [placed(open_workshop, wish, remind=remind) for wish in wishes]
    except refusals.Full as full:
        raise NotRoomForAll(free=free, asked=len(wishes)) from full


def tally(outcomes: Sequence[Outcome]) -> ColleaguesEnrolled:
    """How many got a place, how many wait, and how many were enrolled before."""
    new = [outcome.place.enrolment.state for outcome in outcomes if outcome.created]
    waiting = sum(state == EnrolmentState.WAITLISTED for state in new)
    return ColleaguesEnrolled(len(new) - waiting, waiting, len(outcomes) - len(new))

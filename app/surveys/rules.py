"""When invitations, reminders and closings fall due, and how the answers are counted."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.core.audit_verbs import AuditVerb
from app.core.clock import COPENHAGEN

HOUR = time(9)
REMINDERS = (timedelta(days=7), timedelta(days=14))
DAYS_TO_ANSWER = 28
PLANNED_ANEW_AFTER = timedelta(hours=1)


class Audience(StrEnum):
    """Who is asked: those who came, those enrolled, organisations, recipients of advice.

    `open`: nobody is invited; answers from paper or a panel are entered.
    """

    ATTENDANCE = "attendance"
    ENROLMENTS = "enrolments"
    ORGANISATIONS = "organisations"
    ADVISORY = "advisory"
    OPEN = "open"


class Disposition(StrEnum):
    """How far an invitation came. `opened` is the first thing sent, not the first look."""

    PLANNED = "planned"
    SENT = "sent"
    BOUNCED = "bounced"
    OPENED = "opened"
    PARTIAL = "partial"
    COMPLETE = "complete"
    REFUSED = "refused"


class LinkStanding(StrEnum):
    """What a personal link shows."""

    WAITING = "waiting"
    BEGUN = "begun"
    COMPLETE = "complete"
    REFUSED = "refused"
    CLOSED = "closed"
    RESTING = "resting"


# Nothing has been heard from these, so they are reminded.
SILENT = frozenset({Disposition.SENT, Disposition.OPENED})
INVITED = frozenset(Disposition) - {Disposition.PLANNED}


def at_nine(day: date) -> datetime:
    """Nine in the morning in Copenhagen, summer and winter."""
    return datetime.combine(day, HOUR, COPENHAGEN)


def due_at(own_date: datetime, delay_days: int) -> datetime:
    """When a person is asked: so many days after the person's own date, at nine."""
    return at_nine(own_date.astimezone(COPENHAGEN).date() + timedelta(days=delay_days))


def reminder_due(
    sent_at: datetime, reminded_at: datetime | None, reminders: int
) -> datetime | None:
    """When the next reminder falls due; None after the last. Never two within a week."""
    if reminders >= len(REMINDERS):
        return None
    planned = sent_at + REMINDERS[reminders]
    return planned if reminded_at is None else max(planned, reminded_at + REMINDERS[0])


def last_day(to_day: date, delay_days: int) -> date:
    """When a wave closes by itself: four weeks after the last possible invitation."""
    return to_day + timedelta(days=delay_days + DAYS_TO_ANSWER)


def is_over(closes_on: date, now: datetime) -> bool:
    """Whether the closing day, which itself still counts, has passed."""
    return now.astimezone(COPENHAGEN).date() > closes_on


def standing(
    disposition: Disposition, over: bool, begun: bool, *, rests: bool = False
) -> LinkStanding:
    """What a link shows: an answer that was given is thanked for, also after the closing day.

    It `rests` as long as what it asks about counts as not held.
    """
    if disposition is Disposition.COMPLETE:
        return LinkStanding.COMPLETE
    if over:
        return LinkStanding.CLOSED
    if rests:
        return LinkStanding.RESTING
    if disposition is Disposition.REFUSED:
        return LinkStanding.REFUSED
    return LinkStanding.BEGUN if begun else LinkStanding.WAITING


def invited(counts: Mapping[Disposition, int]) -> int:
    """How many were asked, whatever became of it."""
    return sum(number for state, number in counts.items() if state in INVITED)


def response_percent(counts: Mapping[Disposition, int]) -> int | None:
    """Complete answers of those asked, half up in whole percent (AAPOR RR1); None of none."""
    asked = invited(counts)
    if not asked:
        return None
    return (200 * counts.get(Disposition.COMPLETE, 0) + asked) // (2 * asked)


class SurveyVerb(AuditVerb):
    """What the audit trail says was done to a survey."""

    PUBLISHED = "published"
    STARTED = "started"
    CLOSED = "closed"

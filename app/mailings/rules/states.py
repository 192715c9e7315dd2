"""Where a letter to many stands, its limits in number and time, and why something is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# Letters of the team leave this much later, and can be called back until then.
RECALL_WITHIN = timedelta(minutes=2)
MOST_RECIPIENTS = 500
LATEST = timedelta(days=60)


class About(StrEnum):
    """What a recipient is in the list the letter was written from."""

    APPLICATION = "application"
    ENROLMENT = "enrolment"


class MailingState(StrEnum):
    """Where the whole letter stands; each single one has a state of its own."""

    DRAFT = "draft"
    SENT = "sent"
    CALLED_BACK = "called_back"


def leaves_at(now: datetime, wished: datetime | None) -> datetime:
    """When the letters leave: never before they could be called back."""
    earliest = now + RECALL_WITHIN
    return earliest if wished is None else max(earliest, wished)


def can_wait_until(now: datetime, wished: datetime) -> bool:
    """Whether a letter may be kept for that moment: still to come, and not for ever."""
    return now < wished <= now + LATEST

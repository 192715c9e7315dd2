"""Where a letter to many stands, its limits in number and time, and why something is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.refusals import Refusal
from app.core.texts import Lazy, _l

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


STATES: dict[MailingState, Lazy] = {
    MailingState.DRAFT: _l("Not sent yet"),
    MailingState.SENT: _l("Sent or on its way"),
    MailingState.CALLED_BACK: _l("Called back"),
}
AUDIT_WORDS: dict[str, Lazy] = {
    "begun": _l("chose the recipients"),
    "written": _l("wrote the text"),
    "sent": _l("sent the letter"),
    "called_back": _l("called the letter back"),
}


class NothingWritten(Refusal):
    """The letter has no Danish text yet."""

    sentence = _l("Write the letter in Danish first.")


class NobodyToWriteTo(Refusal):
    """None of the chosen has an address that has not got this letter."""

    sentence = _l("None of the chosen has a mail address that this letter has not gone to already.")


class SentAlready(Refusal):
    """The letter is on its way and can no longer be changed."""

    sentence = _l("This letter is sent. Call it back first, or write a new one.")


class TooLateToCallBack(Refusal):
    """Every single letter has left."""

    sentence = _l("The letters have left already and cannot be called back.")


def leaves_at(now: datetime, wished: datetime | None) -> datetime:
    """When the letters leave: never before they could be called back."""
    earliest = now + RECALL_WITHIN
    return earliest if wished is None else max(earliest, wished)


def can_wait_until(now: datetime, wished: datetime) -> bool:
    """Whether a letter may be kept for that moment: still to come, and not for ever."""
    return now < wished <= now + LATEST

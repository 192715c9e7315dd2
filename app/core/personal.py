"""What a column that tells of a person is for, by which law, how long it is kept, and what then.

Each such column carries one of the marks below as its `info`; the record of processing (GDPR
article 30) is printed from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

KEY = "personal"


class KeptFor(StrEnum):
    """Why it is kept."""

    IDENTITY = "identity"
    PLACE = "place"
    NEEDS = "needs"
    ARRIVAL = "arrival"
    FOLLOW_UP = "follow_up"
    LETTERS = "letters"
    APPLICATION = "application"
    ADVICE = "advice"
    ORGANISATION = "organisation"
    SIGN_IN = "sign_in"
    TRACE = "trace"
    STAFF = "staff"
    CONTACT = "contact"
    UNSENT = "unsent"
    PICTURE = "picture"


class LegalBasis(StrEnum):
    """By which law: GDPR article 6(1)(e) alone, or with consent by article 9(2)(a)."""

    PUBLIC_TASK = "public_task"
    TASK_AND_CONSENT = "task_and_consent"


class KeptUntil(StrEnum):
    """How long, unless the person asks to be erased before."""

    EVENT_OVER = "event_over"
    REPORT_FINISHED = "report_finished"
    ASKED = "asked"
    THIRTY_DAYS = "thirty_days"
    SIXTY_DAYS = "sixty_days"
    TWO_DAYS = "two_days"
    ONE_DAY = "one_day"
    TEN_MINUTES = "ten_minutes"
    EMPLOYED = "employed"


class Afterwards(StrEnum):
    """What happens then."""

    EMPTIED = "emptied"
    DELETED = "deleted"
    UNBOUND = "unbound"


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """The mark of one column. `told`: the person finds it among their own data; what is worked out
    from other columns, or a secret, is not told twice. `erased`: it goes with an erasure, for it
    tells of that person and not of the office."""

    purpose: KeptFor
    basis: LegalBasis
    until: KeptUntil
    then: Afterwards
    erased: bool = True


def _mark(
    purpose: KeptFor,
    until: KeptUntil,
    then: Afterwards,
    basis: LegalBasis = LegalBasis.TASK_AND_CONSENT,
    *,
    erased: bool = True,
) -> dict[Any, Any]:
    return {KEY: PersonalColumn(purpose, basis, until, then, erased)}


TASK = LegalBasis.PUBLIC_TASK
IDENTITY = _mark(KeptFor.IDENTITY, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
PLACE = _mark(KeptFor.PLACE, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
PLACE_CODE = _mark(KeptFor.PLACE, KeptUntil.REPORT_FINISHED, Afterwards.UNBOUND, erased=False)
NEEDS = _mark(KeptFor.NEEDS, KeptUntil.EVENT_OVER, Afterwards.EMPTIED)
ARRIVAL = _mark(KeptFor.ARRIVAL, KeptUntil.REPORT_FINISHED, Afterwards.UNBOUND, erased=False)
UNREAD_SCAN = _mark(KeptFor.ARRIVAL, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
FOLLOW_UP = _mark(KeptFor.FOLLOW_UP, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
LETTERS = _mark(KeptFor.LETTERS, KeptUntil.THIRTY_DAYS, Afterwards.EMPTIED)
PRINTED = _mark(KeptFor.PLACE, KeptUntil.ONE_DAY, Afterwards.DELETED)
APPLICATION = _mark(KeptFor.APPLICATION, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
ADVICE = _mark(KeptFor.ADVICE, KeptUntil.REPORT_FINISHED, Afterwards.EMPTIED)
ORGANISATION = _mark(KeptFor.ORGANISATION, KeptUntil.ASKED, Afterwards.DELETED, erased=False)
PUBLIC_CONTACT = _mark(KeptFor.ORGANISATION, KeptUntil.ASKED, Afterwards.EMPTIED)
CLAIM = _mark(KeptFor.ORGANISATION, KeptUntil.REPORT_FINISHED, Afterwards.DELETED)
LINK = _mark(KeptFor.SIGN_IN, KeptUntil.TEN_MINUTES, Afterwards.DELETED, TASK)
VISIT = _mark(KeptFor.SIGN_IN, KeptUntil.SIXTY_DAYS, Afterwards.DELETED, TASK)
TRACE = _mark(KeptFor.TRACE, KeptUntil.REPORT_FINISHED, Afterwards.UNBOUND, TASK)
ANSWERED = _mark(KeptFor.UNSENT, KeptUntil.TWO_DAYS, Afterwards.DELETED, TASK, erased=False)
UNSENT = _mark(KeptFor.UNSENT, KeptUntil.ONE_DAY, Afterwards.DELETED, erased=False)
STAFF = _mark(KeptFor.STAFF, KeptUntil.EMPLOYED, Afterwards.EMPTIED, TASK, erased=False)
PICTURE = _mark(KeptFor.PICTURE, KeptUntil.ASKED, Afterwards.DELETED, erased=False)
CONTACT = _mark(KeptFor.CONTACT, KeptUntil.EMPLOYED, Afterwards.EMPTIED, TASK, erased=False)


def mark_of(column: Any) -> PersonalColumn | None:
    """The mark of a column; None where it tells of nobody."""
    found: PersonalColumn | None = column.info.get(KEY)
    return found

"""How long a sign-in lasts and what an address and a name may look like."""

from __future__ import annotations

from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from app.core.audit_verbs import AuditVerb
from app.core.folding import fold_email, typed
from app.core.nearness import distance

LINK_LASTS = timedelta(minutes=10)
IDLE = timedelta(days=14)
STAFF_IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=60)
STAFF_ABSOLUTE = timedelta(days=7)
# A session's last use is noted at most this often: one write in five minutes, not one a page.
USE_NOTED_EVERY = timedelta(minutes=5)
# No e-mail address is longer, and the time its check takes grows with the square of its length.
LONGEST_READ = 1_000
SCOPES = frozenset({"enrol", "scan", "holdings", "read"})


def session_lives(now: datetime, begun: datetime, used: datetime, staff: bool) -> bool:
    """Whether a sign-in still counts; staff are signed out sooner."""
    idle, absolute = (STAFF_IDLE, STAFF_ABSOLUTE) if staff else (IDLE, ABSOLUTE)
    return now - used < idle and now - begun < absolute


def readable_email(address: str) -> str | None:
    """The folded address, or None where no letter could reach it. `.example` is let through."""
    address = address.strip()
    if len(address) > LONGEST_READ:
        return None
    try:
        # Flask-Mail cannot write to a local part beyond ASCII; a domain with æ or ø it can.
        validated = validate_email(
            address,
            check_deliverability=False,
            test_environment=True,
            allow_smtputf8=False,
        )
    except EmailNotValidError:
        return None
    return fold_email(validated.normalized)


class StaffVerb(AuditVerb):
    """What the audit trail says was done to staff."""

    DUTY_GIVEN = "duty_given"
    DUTY_TAKEN = "duty_taken"
    RENAMED = "renamed"
    MAIL_CORRECTED = "mail_corrected"


class PersonVerb(AuditVerb):
    """What the audit trail says was done to a person."""

    CORRECTED = "corrected"
    MERGED = "merged"


# One slip in so many letters is a spelling; more of them make another name.
LETTERS_A_SLIP = 4


def spelled_alike(name: str, other: str) -> bool:
    """Whether two names read as one, spelled in two ways: some slips, another order, a part more.

    Ali is no slip of Ala, nor Room 1 of Room 2: short words and numbers are told apart.
    """
    parts, others = set(typed(name).split()), set(typed(other).split())
    if not (parts and others):
        return False
    if parts <= others or others <= parts:
        return True
    if _numbers(parts) != _numbers(others):
        return False
    word, beside = " ".join(sorted(parts - others)), " ".join(sorted(others - parts))
    slips = distance(word, beside)
    return slips <= min(len(word), len(beside)) // LETTERS_A_SLIP


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if any(sign.isdigit() for sign in word)}

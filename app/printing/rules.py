"""What is printed in bulk, for whom, how far it is, and how long its file is kept."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.core.audit_verbs import AuditVerb

# A worker that draws renews its hold with each step; a killed one's work is free again after this.
LEASE = timedelta(minutes=1)
# The pages are set in one go, without a step at which the hold could be renewed.
SETTING_ONE = timedelta(milliseconds=20)
FILE_KEPT = timedelta(hours=24)
# A worker that dies over the same work this often will die the next time too.
MOST_ATTEMPTS = 3
# About five kilobytes a code: more would be a file that no printer takes.
MOST_PEOPLE = 5_000
MOST_BLANKS = 200
# A waiting file that is not begun by then waits for a worker that does not come.
PATIENCE = timedelta(minutes=2)
FEWEST_AT_A_STEP = 20
MOST_STEPS = 40


class PrintingVerb(AuditVerb):
    """What the audit trail says was done about a printing."""

    ORDERED = "ordered"


class PaperKind(StrEnum):
    """What is made: large badges (A6), small ones (90 × 55 mm), or tickets (A5)."""

    BADGES_A6 = "badges-a6"
    BADGES_CARD = "badges-card"
    TICKETS = "tickets"

    @property
    def family(self) -> str:
        """Large and small badges are one thing to whoever asks who has none yet."""
        return self.value.partition("-")[0]


class PrintChoice(StrEnum):
    """For whom; `new`: those for whom no such paper was made yet."""

    ALL = "all"
    NEW = "new"
    ONE = "one"
    NOBODY = "nobody"


class PrintState(StrEnum):
    """`removed`: the file was there and is gone."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REMOVED = "removed"


class PrintReason(StrEnum):
    """Why it failed, or why the file is gone."""

    NONE = ""
    NOBODY = "nobody"
    UNEXPECTED = "unexpected"
    STOPPED = "stopped"
    OLD = "old"
    ERASED = "erased"


UNFINISHED = (PrintState.WAITING, PrintState.WORKING)
REPEATABLE = (PrintState.FAILED, PrintState.CANCELLED, PrintState.REMOVED)


def step(people: int) -> int:
    """After how many codes the progress is told."""
    return max(FEWEST_AT_A_STEP, -(-people // MOST_STEPS))


def lease_for(done: int, people: int) -> timedelta:
    """For how long a worker holds a printing from this step on."""
    return LEASE if done < people else LEASE + people * SETTING_ONE


def overdue(state: PrintState, ordered_at: datetime, now: datetime) -> bool:
    """Whether it waits longer than a worker would let it wait."""
    return state == PrintState.WAITING and now - ordered_at > PATIENCE

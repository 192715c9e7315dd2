"""Papers, for whom they are, and how far a printing is, in words."""

from __future__ import annotations

from app.core.texts import _l
from app.printing.rules import PaperKind, PrintChoice, PrintReason, PrintState

PAPER_NAMES = {
    PaperKind.BADGES_A6: _l("Badges, large (A6, four on a sheet)"),
    PaperKind.BADGES_CARD: _l("Badges, small (90 × 55 mm, ten on a sheet)"),
    PaperKind.TICKETS: _l("Tickets (A5, one on a page)"),
}
CHOICE_NAMES = {
    PrintChoice.ALL: _l("Everyone with a place"),
    PrintChoice.NEW: _l("Only those who are new since the last printing"),
    PrintChoice.ONE: _l("One person"),
    PrintChoice.NOBODY: _l("Nobody, only blank badges"),
}
PRINT_STATES = {
    PrintState.WAITING: _l("Waits for its turn"),
    PrintState.WORKING: _l("Being made"),
    PrintState.DONE: _l("Ready"),
    PrintState.FAILED: _l("Failed"),
    PrintState.CANCELLED: _l("Stopped"),
    PrintState.REMOVED: _l("Removed"),
}
REASON_SENTENCES = {
    PrintReason.NONE: "",
    PrintReason.NOBODY: _l("There was nobody left to print for."),
    PrintReason.UNEXPECTED: _l(
        "Something went wrong while the file was made. Nothing is lost. Try again."
    ),
    PrintReason.STOPPED: _l("The work was broken off several times. Try again."),
    PrintReason.OLD: _l("The file was removed after 24 hours."),
    PrintReason.ERASED: _l("The file was removed because a person in it was erased."),
}

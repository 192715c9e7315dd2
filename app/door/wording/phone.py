"""What the door says: short words that are read at arm's length, and a sentence why."""

from app.core.texts import Lazy, _l
from app.door.wording.panels import COUNTING, PREFLIGHT, SEARCHING, STATUS, UNSENT

VERDICTS: dict[str, Lazy] = {
    "admitted": _l("Come in"),
    "already": _l("Already in"),
    "exit": _l("Goodbye"),
    "refused": _l("Not valid here"),
    "unknown": _l("Unknown code"),
    "forged": _l("False code"),
    "quarantined": _l("Ask the lead"),
    "annulled": _l("Undone"),
    "unanswered": _l("No answer"),
    "unjudged": _l("Cannot be judged here"),
    "tested": _l("Test passed"),
    "misread": _l("Wrong keyboard"),
}
# Where one word tells more than "not valid": it is the big word of the screen.
REFUSED: dict[str, Lazy] = {
    "cancelled": _l("Place cancelled"),
    "waitlisted": _l("Waiting list"),
    "wrong_event": _l("Not here"),
    "not_yet": _l("Too early"),
    "too_late": _l("Too late"),
    "revoked": _l("Old ticket"),
    "rule": _l("Other door"),
    "full": _l("No room"),
}
MISREAD = _l(
    "The hand scanner's keyboard layout is not the one of this phone, so the code comes out wrong. "
    "Give both the same layout: the scanner's handbook has a code for it. Until then use the "
    "camera, or type the code on the ticket."
)
REASONS: dict[str, Lazy] = {
    "cancelled": _l("The ticket is cancelled."),
    "waitlisted": _l("The person is on the waiting list and has no place yet."),
    "wrong_event": _l("The ticket is for another event."),
    "not_yet": _l("The door is not open yet."),
    "too_late": _l("The door has closed."),
    "revoked": _l("The ticket has been replaced by a new one. Ask for the newest mail."),
    "rule": _l("This ticket is not for this door."),
    "full": _l("All places are taken. The person was not added."),
    "already": _l("The ticket has been used."),
    "unknown": _l("We do not know this code. Try again, or type the code on the ticket."),
    "short_waits": _l(
        "The list cannot look up every typed code yet. Scan the square code, search by name, or "
        "write the name down for the lead."
    ),
    "short_new": _l(
        "Without network this phone cannot look up this code. Check what you typed, scan the "
        "square code, search by name, or write the name down for the lead."
    ),
    "unverified": _l(
        "Without network this phone cannot see whether the ticket is genuine. Search by name, or "
        "ask the lead."
    ),
    "forged": _l("This code was not made by us."),
    "quarantined": _l("The scan is kept for the lead to look at."),
    "unanswered": _l("The server did not answer. Check the network and scan again."),
    "many": _l("Too many typed codes. Wait a minute, or scan the code with the camera."),
    "misread": MISREAD,
    "annulled": _l("The last scan does not count any more."),
    "storage": _l("The phone could not keep the scan. Free some space, then scan again."),
    "tested": _l("The ticket was read and is valid. Nothing was recorded."),
}
# What else the script on the phone says; %(…)s is filled in there.
OTHERS: dict[str, Lazy] = {
    "first": _l("Came in at %(time)s, gate %(gate)s"),
    "first_day": _l("Came in on %(day)s at %(time)s, gate %(gate)s"),
    "newer_came": _l("The new ticket: %(first)s."),
    "group": _l("Group of %(n)s"),
    "group_came": _l("%(came)s of %(n)s"),
    "some_came": _l("%(n)s"),
    "all_came": _l("All %(n)s"),
    "ready": _l("Hold the code up to the camera"),
    "ready_exit": _l("Scanning out: hold the code up to the camera"),
    "ready_trying": _l("Test: hold up any ticket. Nothing is recorded."),
    "starting": _l("Starting the camera …"),
    "camera_refused": _l("The camera may not be used. Allow it in the browser, or type the code."),
    "camera_missing": _l("No camera was found. Type the code instead."),
    "not_a_code": _l("That is not a whole code. It has ten letters and digits."),
    "entry": _l("In"),
    "exit": _l("Out"),
    "decided_here": _l("Decided on this phone, without network"),
    "decided_at_once": _l("Decided on this phone"),
    "correction": _l("The server says: %(word)s"),
    "let_in": _l("The person has been let in. The lead can see it."),
    "let_in_aside": _l("The person has been let in. The lead will look at it."),
    "in_doubt": _l("Ask kindly. In doubt: call the lead."),
    "failed": _l("Something went wrong on this phone. Close the page and open it again."),
}


def phone_words() -> dict[str, dict[str, str]]:
    """All of it in the reader's language, for the script."""
    others = {**OTHERS, **STATUS, **SEARCHING, **COUNTING, **PREFLIGHT, **UNSENT}
    parts = {"verdicts": VERDICTS, "refused": REFUSED, "reasons": REASONS, "others": others}
    return {
        part: {name: str(text) for name, text in texts.items()} for part, texts in parts.items()
    }

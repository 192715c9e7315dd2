"""What the door says: short words that are read at arm's length, and a sentence why."""

from app.core.texts import Lazy, _l

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
}
REASONS: dict[str, Lazy] = {
    "cancelled": _l("The ticket is cancelled."),
    "waitlisted": _l("The person is on the waiting list and has no place yet."),
    "wrong_event": _l("The ticket is for another event."),
    "not_yet": _l("The door is not open yet."),
    "too_late": _l("The door has closed."),
    "revoked": _l("The ticket has been replaced by a new one. Ask for the newest mail."),
    "rule": _l("This ticket is not for this door."),
    "unknown": _l("We do not know this code. Try again, or type the code on the ticket."),
    "forged": _l("This code was not made by us."),
    "quarantined": _l("The scan is kept for the lead to look at."),
    "unanswered": _l("The server did not answer. Check the network and scan again."),
    "many": _l("Too many typed codes. Wait a minute, or scan the code with the camera."),
    "annulled": _l("The last scan does not count any more."),
}
# What else the script on the phone says; %(…)s is filled in there.
OTHERS: dict[str, Lazy] = {
    "first": _l("Came in at %(time)s, gate %(gate)s"),
    "group": _l("Group of %(n)s"),
    "ready": _l("Hold the code up to the camera"),
    "starting": _l("Starting the camera …"),
    "camera_refused": _l("The camera may not be used. Allow it in the browser, or type the code."),
    "camera_missing": _l("No camera was found. Type the code instead."),
    "online": _l("Online"),
    "offline": _l("Offline: no network"),
    "unsent": _l("Unsent: %(n)s"),
    "entry": _l("In"),
    "exit": _l("Out"),
    "sound_on": _l("Sound on"),
    "sound_off": _l("Sound off"),
    "torch_on": _l("Light on"),
    "torch_off": _l("Light off"),
    "revoked": _l("This phone has been revoked. Ask the lead to pair it again."),
    "not_a_code": _l("That is not a whole code. It has ten letters and digits."),
}


def phone_words() -> dict[str, dict[str, str]]:
    """All of it in the reader's language, for the script."""
    parts = {"verdicts": VERDICTS, "reasons": REASONS, "others": OTHERS}
    return {
        part: {name: str(text) for name, text in texts.items()} for part, texts in parts.items()
    }

"""Why a scan, a walk-in or a file of unsent scans is refused."""

from __future__ import annotations

from app.core.refusals import Invalid, Refusal
from app.core.texts import _l


class NotUnsent(Refusal):
    """The file is none of unsent scans, or cannot be read."""

    status = 422
    sentence = _l(
        "This is not a file of unsent scans. Save it again on the phone and choose that file."
    )


class OtherEvent(Refusal):
    """The file belongs to another event."""

    status = 422
    sentence = _l(
        "This file belongs to another event. Open the door of that event and take it in there."
    )


class StrangePhone(Refusal):
    """The file names a phone that is none of this event's."""

    status = 422
    sentence = _l("The phone that this file names does not belong to this event.")


class DoorSaysNo(Refusal):
    """Nobody is enrolled who could not come in here anyway."""

    sentence = _l("This door does not let them in now. Look at its terms with the lead.")


class AnotherScan(Refusal):
    """Nobody is enrolled under the number of a scan that stands already."""

    sentence = _l("This number belongs to another scan already. Try again.")


class SinceUnreadable(Invalid):
    """Not a version or cursor of ours."""

    sentence = _l("“since” is a whole number that we gave you.")

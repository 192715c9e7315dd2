"""Why the lead is refused something."""

from app.core.refusals import Refusal
from app.core.texts import _l


class NoNames(Refusal):
    """Names are for phones that may search, until the event is over."""

    sentence = _l(
        "This phone cannot hold the names: it must be allowed to search, and the event not over."
    )


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

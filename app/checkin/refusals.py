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


class YearIsClosed(Refusal):
    """A locked report counts who came that year."""

    sentence = _l(
        "The report for %(year)s is closed, so who came is not changed any more. Ask an organiser "
        "to lift the report's lock first."
    )


class MorePlacesNeeded(Refusal):
    """Who came stands beyond the places; a question, for they did come."""

    field = "more"
    sentence = _l(
        "All %(capacity)s places are taken. Did they come in all the same? Then tick this: there "
        "are %(more)s places from then on."
    )


class AlikeOnTheList(Refusal):
    """Somebody of that address or nearly that name is on the list; a question."""

    field = "other"
    sentence = _l(
        "On the list already: %(people)s. Is it one of them? Then tick them under “List on paper”. "
        "Is it somebody else? Then tick this."
    )


class InAlready(Refusal):
    """Written down twice, or scanned as well."""

    field = "name"
    sentence = _l(
        "%(name)s, under this address, came in already and is counted. There is nothing to write."
    )


class MoreCameThanHavePlaces(Refusal):
    """A place for fewer than came."""

    field = "seats"
    sentence = _l(
        "%(name)s, under this address, has a place for %(seats)s. Write at most so many here, and "
        "the others without the address."
    )


class SinceUnreadable(Invalid):
    """Not a version or cursor of ours."""

    sentence = _l("“since” is a whole number that we gave you.")

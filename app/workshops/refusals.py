"""Why a place, a change, a ticket or a printing is not to be had: one sentence each."""

from app.core.refusals import NotFound, Refusal, WayOn
from app.core.texts import _l

SEE_OTHERS = (WayOn(_l("See what else is on"), "catalogue.front"),)


class NoSuchPlace(NotFound):
    sentence = _l("We do not know that ticket. Perhaps the link is old or cut short.")


class LinkReplaced(Refusal):
    """It went to an address that was wrong."""

    status = 410
    ways = (WayOn(_l("Get a link to your own page"), "people.send_links"),)
    sentence = _l(
        "This link was replaced, because the mail address was corrected. The new link is in the "
        "mail we have sent to the right address."
    )


class LinkHandedOver(LinkReplaced):
    sentence = _l(
        "This place was handed over to somebody else, so the link opens nothing any more."
    )


class EnrolmentNotOpen(Refusal):
    sentence = _l("Enrolment has not opened yet.")


class EnrolmentClosed(Refusal):
    ways = SEE_OTHERS
    sentence = _l("Enrolment is closed.")


class EventNotOpen(Refusal):
    ways = SEE_OTHERS
    sentence = _l("This event takes no enrolments.")


class Full(Refusal):
    ways = SEE_OTHERS
    sentence = _l("All places are taken, and there is no waiting list.")


def full(free: int, seats: int) -> Refusal:
    """The refusal of so many seats where so many are left."""
    return FewerFree(free=free, seats=seats) if free > 0 else Full()


class FullAtTheDoor(Full):
    sentence = _l("All places are taken. Nobody can come in without a ticket.")


class FewerFree(Refusal):
    field = "seats"
    sentence = _l(
        "There are %(free)s places left, and you ask for %(seats)s. There is no waiting list."
    )


class MoreThanCapacity(Refusal):
    field = "seats"
    sentence = _l("There are %(capacity)s places in all, and you ask for %(seats)s.")


class SeatsNotFree(Refusal):
    field = "seats"
    sentence = _l("There are %(free)s places free, and you ask for %(more)s more.")


class TooLateToCancel(Refusal):
    sentence = _l("The event is over, so the place can no longer be given up.")


class SomebodyCame(Refusal):
    """What came through the door stands against it."""


class CameInWithIt(SomebodyCame):
    sentence = _l(
        "Somebody came in with this ticket: %(time)s, gate %(gate)s. So the place can no longer be "
        "given up. Is that wrong? Tell us, and we put it right."
    )


class FewerThanCame(SomebodyCame):
    sentence = _l(
        "%(came)s came in with this ticket: %(time)s, gate %(gate)s. So it cannot be for fewer. Is "
        "that wrong? Tell us, and we put it right."
    )


class OtherPersonCame(SomebodyCame):
    sentence = _l(
        "Somebody came in with this ticket: %(time)s, gate %(gate)s. So it can no longer go to "
        "somebody else. Is the name wrong? Tell us, and we put it right."
    )


class EnrolmentOver(Refusal):
    sentence = _l("The event is over, so the enrolment can no longer be changed.")


class AlreadyCancelled(Refusal):
    sentence = _l("This enrolment is cancelled. You can enrol again.")


class HandedOver(AlreadyCancelled):
    sentence = _l("This place was handed over to somebody else.")


class NameEnrolledAlready(Refusal):
    field = "name"
    sentence = _l("This mailbox already has an enrolment in that name.")


class AnotherName(Refusal):
    field = "name"
    sentence = _l(
        "That is quite another name than %(name)s. Is it still the same person? Then press the "
        "button once more. Does somebody else come instead? Then hand the ticket over."
    )


class EnrolledAlready(Refusal):
    field = "mail"
    sentence = _l("They have a place or stand on the waiting list already, under this address.")


class BothCameIn(Refusal):
    sentence = _l(
        "Both came in at %(title)s, each with a ticket of their own. So they are two persons. Was "
        "one scanned by mistake? Undo that at the door first."
    )


class HandedToOneself(Refusal):
    field = "name"
    sentence = _l("The place is in that name and goes to that address already.")


class TooLateToHandOver(Refusal):
    sentence = _l("The event has begun, so the ticket can no longer go to somebody else.")


class WaitsStill(Refusal):
    sentence = _l("A place on the waiting list cannot be handed over, only a ticket can.")


class CapacityTooLow(Refusal):
    field = "capacity"
    sentence = _l(
        "%(taken)s seats are taken. %(leave)s must leave before the capacity can be %(capacity)s."
    )


class GoalsNotAcceptable(Refusal):
    status = 422
    sentence = _l("Write one to three goals, each at most 300 characters.")


class NotConfirmed(Refusal):
    sentence = _l("You can write your goals once you have a place.")

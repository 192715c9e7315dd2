"""Why a place, a change, a ticket, a printing or a question is not to be had: one sentence each."""

from app.core.refusals import NotFound, Refusal
from app.core.texts import _l


class NoSuchPlace(NotFound):
    sentence = _l("We do not know that ticket. Perhaps the link is old or cut short.")


class EnrolmentNotOpen(Refusal):
    sentence = _l("Enrolment has not opened yet.")


class EnrolmentClosed(Refusal):
    sentence = _l("Enrolment is closed.")


class EventNotOpen(Refusal):
    sentence = _l("This event takes no enrolments.")


class Full(Refusal):
    sentence = _l("All places are taken, and there is no waiting list.")


class FullAtTheDoor(Full):
    sentence = _l("All places are taken. Nobody can come in without a ticket.")


class NotRoomForAll(Refusal):
    sentence = _l(
        "There are %(free)s places free, you want to enrol %(asked)s, and there is no waiting "
        "list. Nobody was enrolled."
    )


class MoreThanCapacity(Refusal):
    sentence = _l("There are %(capacity)s places in all, and you ask for %(seats)s.")


class SeatsNotFree(Refusal):
    sentence = _l("There are %(free)s places free, and you ask for %(more)s more.")


class TooLateToCancel(Refusal):
    sentence = _l("The event is over, so the place can no longer be given up.")


class AlreadyCancelled(Refusal):
    sentence = _l("This enrolment is cancelled. You can enrol again.")


class NameEnrolledAlready(Refusal):
    sentence = _l("This mailbox already has an enrolment in that name.")


class CapacityTooLow(Refusal):
    sentence = _l(
        "%(taken)s seats are taken. %(leave)s must leave before the capacity can be %(capacity)s."
    )


class GoalsNotAcceptable(Refusal):
    status = 422
    sentence = _l("Write one to three goals, each at most 300 characters.")


class NotConfirmed(Refusal):
    sentence = _l("You can write your goals once you have a place.")


class NobodyToPrint(Refusal):
    sentence = _l("There is nobody to print for. Choose other people, or ask for blank badges.")


class TooManyToPrint(Refusal):
    sentence = _l("%(people)s people are too many for one file. At most %(most)s fit.")


class NotToBeRepeated(Refusal):
    sentence = _l("The file is being made or is ready already.")


class TooManyQuestions(Refusal):
    sentence = _l("A workshop can ask at most %(most)s questions of its own.")

"""What is said no with where an event is made or changed."""

from __future__ import annotations

from app.core.refusals import Invalid, NotFound, Refusal
from app.core.texts import _l


class SlugTaken(Refusal):
    """Another event has this address."""

    field = "slug"
    sentence = _l("There is already an event at the address %(slug)s.")


class EventStepNotPossible(Refusal):
    """The event's state does not allow the step."""

    sentence = _l("The event is “%(state)s” and cannot become “%(wanted)s”.")


class HeldTooEarly(Refusal):
    """Nobody can know it yet."""

    sentence = _l("The event begins %(moment)s. It can be noted as held from then on.")


class StillRunning(Refusal):
    """It has begun and is not over: a question, answered by `sure`."""

    sentence = _l(
        "The event lasts until %(moment)s. Say that it is over already, or come back then."
    )


class GoesIntoThePast(Refusal):
    """Most often a typing error; a question, answered by `sure`."""

    sentence = _l("%(moment)s has been already. Correct it, or say that it is right.")


class HasBegun(Refusal):
    """Who is there would be told that it does not take place; answered by `sure`."""

    sentence = _l("The event began %(moment)s. Say that it shall be called off all the same.")


class FaultySlug(Invalid):
    """An address that no page can have."""

    def __init__(self) -> None:
        super().__init__({"slug": _l("Use small letters, digits and hyphens.")})


class PublishedMeanwhile(Refusal):
    """The form was opened while it was a draft."""

    sentence = _l(
        "The event has been published meanwhile. Its address stays; move it to change time or "
        "place, so that everyone is told."
    )


class NotADraft(Refusal):
    sentence = _l("Only a draft can be deleted. Call the event off instead.")


class OutsideTheEvent(Refusal):
    field = "starts"
    sentence = _l("The sitting must lie between the beginning and the end of the event.")


class LastSitting(Refusal):
    sentence = _l("An event has one sitting at least. Add the right one first.")


class SittingInUse(Refusal):
    sentence = _l("Terms at the door name this sitting. Change them first.")


class TopicThere(Refusal):
    sentence = _l("There is a topic of that name already. Rename it instead.")


class NoSuchTopic(NotFound):
    sentence = _l("We do not know that topic.")

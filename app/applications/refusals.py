"""Why something about an application cannot be done."""

from __future__ import annotations

from app.applications.rules.moves import Shut
from app.core.refusals import Refusal, WayOn
from app.core.texts import _l


class NotPossible(Refusal):
    """The application stands where this cannot be done."""

    sentence = _l("This cannot be done now: the application is “%(state)s”.")


class BothApplied(Refusal):
    sentence = _l(
        "Both have applied to %(title)s for the same. Withdraw or cancel one of the two "
        "applications first, then merge."
    )


class NothingUnsent(Refusal):
    """The corrections were sent or discarded meanwhile."""

    sentence = _l("There is nothing left to send: the applicant has sent or discarded it.")


class NotOpenYet(Refusal):
    """The window has not opened."""

    sentence = _l("Applications open on %(day)s. What you have written is kept.")


class ApplicationsClosed(Refusal):
    """The window has shut."""

    sentence = _l("Applications closed on %(day)s. Write to us if you have a question.")


def shut_out(shut: Shut, opens: str, shuts: str) -> Refusal:
    """The refusal of a submission outside its window, with the day it opens or shut."""
    return NotOpenYet(day=opens) if shut is Shut.NOT_YET else ApplicationsClosed(day=shuts)


class EventCalledOff(Refusal):
    """It does not take place, so nobody applies to it any more."""

    ways = (WayOn(_l("See what is on"), "catalogue.front"),)
    sentence = _l("This event does not take place, so nobody can apply to it any more.")


class ConfirmedTooLate(Refusal):
    """The deadline for confirming has passed."""

    sentence = _l("The deadline for confirming was %(day)s, and the place has gone on.")


class OfferAnswered(Refusal):
    """Somebody else of the organisation was quicker, or the team has decided anew."""

    sentence = _l("Your answer was not taken: the offer has an answer already. See below.")


class OfferUnknown(Refusal):
    """The link is not whole, or whoever had it does not act for the organisation any more."""

    status = 410
    ways = (WayOn(_l("Get a link to your own page"), "people.send_links"),)
    sentence = _l("This link is not one of ours, or it has ended. Your own page shows what stands.")


class ProfileMissing(Refusal):
    """The organisation's profile is not filled in."""

    ways = (WayOn(_l("Fill in your profile"), "organisations.profile", ("organisation_id",)),)
    sentence = _l("Fill in your profile first: name, what you do, and district.")


class NothingPrepared(Refusal):
    """None of the chosen applications has a decision that waits to be released."""

    sentence = _l("None of the chosen applications has a prepared decision.")


class TooLateToRecall(Refusal):
    """The letters have left, or the applicant has begun anew."""

    sentence = _l(
        "The letters have left already, or a new application was begun. The decision stands."
    )


class TooLateToChange(Refusal):
    """The event has begun, or the application has ended."""

    sentence = _l("This application can no longer be changed.")


class WrongRole(Refusal):
    """That kind of organisation cannot ask for this role, or the event does not offer it."""

    status = 404
    sentence = _l("This event does not offer that.")

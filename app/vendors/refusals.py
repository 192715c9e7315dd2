"""What the site plan says no to, in sentences."""

from __future__ import annotations

from app.core.refusals import NotFound, Refusal
from app.core.texts import _l
from app.vendors.rules.loads import Overload


class StallUnknown(NotFound):
    sentence = _l("There is no stall called %(stall)s on this plan.")


class ApplicationUnknown(NotFound):
    sentence = _l("There is no such application for a stall at this event.")


class StallTaken(Refusal):
    sentence = _l("Stall %(stall)s is taken by %(holder)s.")


class StallBlocked(Refusal):
    sentence = _l("Stall %(stall)s is blocked: %(reason)s.")


class NotAccepted(Refusal):
    sentence = _l("Only an accepted applicant can get a stall. This application is not accepted.")


class HoldingEnded(Refusal):
    sentence = _l("The stall is not held any more. Choose a stall again.")


class StallInUse(Refusal):
    sentence = _l("Stall %(stall)s is in use. Move whoever stands there first.")


class PartTooSmall(Refusal):
    sentence = _l(
        "%(holder)s has %(amp)s A reserved on part %(number)s. Give that part at least as much."
    )


class NotNeighbours(Refusal):
    sentence = _l("Stall %(stall)s and stall %(other)s do not stand side by side.")


class CodeUnknown(Refusal):
    status = 422
    sentence = _l("There is no cabinet, tap or zone called %(code)s on this plan.")


class CodeExists(Refusal):
    sentence = _l("The plan already has a stall called %(code)s.")


class CabinetOverloaded(Refusal):
    sentence = _l("Cabinet %(cabinet)s: %(used)s of %(limit)s A used, you ask for %(asked)s.")


class PhaseOverloaded(Refusal):
    sentence = _l(
        "Cabinet %(cabinet)s, phase L%(phase)s: "
        "%(used)s of %(limit)s A used, you ask for %(asked)s."
    )


class TapOverloaded(Refusal):
    sentence = _l("Tap %(tap)s: %(used)s of %(limit)s hoses joined, there is room for no more.")


def overloaded(overload: Overload) -> Refusal:
    """The refusal that names the figures, and the phase where there is more than one."""
    figures = {
        "cabinet": overload.cabinet,
        "used": overload.used,
        "limit": overload.limit,
        "asked": overload.asked,
    }
    if overload.phase is None:
        return CabinetOverloaded(**figures)
    return PhaseOverloaded(phase=overload.phase, **figures)

"""What the site plan says no to, in sentences."""

from __future__ import annotations

from app.core.refusals import NotFound, Refusal
from app.core.texts import _l


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

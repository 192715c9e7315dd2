"""What the site plan says no to, in sentences."""

from __future__ import annotations

from app.core.refusals import NotFound, Refusal
from app.core.texts import _l
from app.vendors.rules.fitting import Misfit, StallOffer
from app.vendors.rules.loads import Draw, Flow, Load, Overload, fullest
from app.vendors.rules.standing import Beyond


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


class ChoosingClosed(Refusal):
    sentence = _l("Stalls cannot be chosen now. We place you and write to you.")


class EnoughChosen(Refusal):
    sentence = _l("You have %(count)s stalls, and nobody can choose more. Give one back first.")


class DoesNotFit(Refusal):
    sentence = _l("Stall %(stall)s does not suit what you asked for: %(why)s Choose another one.")


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


class PartsTogetherTooLarge(Refusal):
    sentence = _l("The stall has %(whole)s A, and the parts have %(given)s A together.")


class PlugTooSmall(Refusal):
    sentence = _l(
        "Stall %(stall)s gives %(given)s A, you ask for %(asked)s A. "
        "Choose a stall with more power, or reserve less."
    )


class ShareTooSmall(Refusal):
    sentence = _l(
        "Stall %(stall)s is shared, and this part gives %(given)s A. You ask for %(asked)s A. "
        "Divide the power in another way, or reserve less."
    )


class PlugShared(Refusal):
    sentence = _l(
        "Stall %(stall)s is shared: others use %(used)s of its %(limit)s A, you ask for "
        "%(asked)s A. Divide the power in another way, or reserve less."
    )


class PhasesMissing(Refusal):
    sentence = _l(
        "Stall %(stall)s has one phase, three are needed. Choose a stall with three phases."
    )


class WaterMissing(Refusal):
    sentence = _l("There is no water at stall %(stall)s. Choose a stall with a tap.")


class CabinetOverloaded(Refusal):
    sentence = _l("Cabinet %(cabinet)s: %(used)s of %(limit)s A used, you ask for %(asked)s.")


class PhaseOverloaded(Refusal):
    sentence = _l(
        "Cabinet %(cabinet)s, phase L%(phase)s: "
        "%(used)s of %(limit)s A used, you ask for %(asked)s."
    )


class TapOverloaded(Refusal):
    sentence = _l("Tap %(tap)s: %(used)s of %(limit)s hoses joined, there is room for no more.")


class CabinetGivenAway(Refusal):
    sentence = _l(
        "Cabinet %(feeder)s gives %(used)s A to those who stand there, and would have %(limit)s A. "
        "Move somebody first, or give them less."
    )


class PhaseGivenAway(Refusal):
    sentence = _l(
        "Cabinet %(feeder)s gives %(used)s A on phase L%(phase)s to those who stand there, and "
        "would have %(limit)s A. Move somebody first, or give them less."
    )


class TapGivenAway(Refusal):
    sentence = _l(
        "Tap %(feeder)s has %(used)s hoses joined, and would have room for %(limit)s. "
        "Move somebody first."
    )


class PowerGivenAway(Refusal):
    sentence = _l(
        "%(holder)s has stall %(stall)s and %(used)s A reserved there; it would give %(limit)s A. "
        "Move somebody first, or give them less."
    )


class PhasesInUse(Refusal):
    sentence = _l("%(holder)s has stall %(stall)s and needs three phases. Move them first.")


class WaterInUse(Refusal):
    sentence = _l("%(holder)s has stall %(stall)s and needs water there. Move them first.")


def standing_beyond(passed: Beyond, holder: str) -> Refusal:
    """The refusal of a change to the plan that would leave somebody beyond a limit."""
    cabinet = CabinetGivenAway if passed.phase is None else PhaseGivenAway
    kinds: dict[Misfit, type[Refusal]] = {
        Misfit.CABINET: cabinet,
        Misfit.TAP: TapGivenAway,
        Misfit.PHASES: PhasesInUse,
        Misfit.WATER: WaterInUse,
        Misfit.BLOCKED: StallInUse,
    }
    return kinds.get(passed.misfit, PowerGivenAway)(
        holder=holder,
        stall=passed.stall,
        used=passed.used,
        limit=passed.limit,
        feeder=passed.feeder,
        phase=passed.phase,
    )


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


def misfitting(misfit: Misfit, stall: str, asked: Draw, offer: StallOffer) -> Refusal:
    """The refusal of the limit that what is asked would pass at the stall."""
    match misfit:
        case Misfit.BLOCKED:
            return StallBlocked(stall=stall, reason=offer.blocked_because.rstrip("."))
        case Misfit.PHASES:
            return PhasesMissing(stall=stall)
        case Misfit.CABINET:
            load = offer.load or Load((0,), 0)
            return overloaded(fullest(offer.cabinet, load, asked))
        case Misfit.WATER:
            return WaterMissing(stall=stall)
        case Misfit.TAP:
            flow = offer.flow or Flow(0, 0)
            return TapOverloaded(tap=offer.tap, used=flow.used, limit=flow.limit)
        case _:
            return _plug(misfit, stall, asked, offer)


def _plug(misfit: Misfit, stall: str, asked: Draw, offer: StallOffer) -> Refusal:
    if misfit is Misfit.PLUG:
        figures = {"used": offer.plug_used, "limit": offer.plug_amp, "asked": asked.amp}
        return PlugShared(stall=stall, **figures)
    small = PlugTooSmall if offer.power_amp == offer.plug_amp else ShareTooSmall
    return small(stall=stall, given=offer.power_amp, asked=asked.amp)

"""Why a stall does not fit, in sentences with the figures; what the scenery is called."""

from __future__ import annotations

from app.core.texts import _, _l
from app.vendors.rules.fitting import Misfit, Need, Place, misfits, power_wanted
from app.vendors.rules.specs import LandmarkKind

SCENERY_NAMES = {
    LandmarkKind.STAGE: _l("Stage"),
    LandmarkKind.ENTRANCE: _l("Entrance"),
    LandmarkKind.TABLES: _l("Tables"),
    LandmarkKind.TREE: _l("Tree"),
}


def against(need: Need, place: Place) -> tuple[str, ...]:
    """Every reason against the place, in the reader's language; empty when it fits."""
    return tuple(_sentence(misfit, need, place) for misfit in misfits(need, place))


def metres(centimetres: int) -> str:
    """Metres as Danes write them: 4 or 2,5."""
    whole, rest = divmod(centimetres, 100)
    return f"{whole}" if rest == 0 else f"{whole},{rest:02d}".rstrip("0")


def _sentence(misfit: Misfit, need: Need, place: Place) -> str:
    match misfit:
        case Misfit.BLOCKED:
            reason = place.blocked_because.rstrip(".")
            return _("The stall is blocked: %(reason)s.", reason=reason)
        case Misfit.PHASES:
            return _("The stall has one phase, three are needed.")
        case Misfit.WATER:
            return _("There is no water at the stall.")
        case Misfit.GAS:
            return _("Gas is not allowed at the stall.")
        case Misfit.WHEELCHAIR:
            return _("The stall cannot be reached by wheelchair.")
        case _:
            return _measured(misfit, need, place)


def _measured(misfit: Misfit, need: Need, place: Place) -> str:
    """What is too little, with how much there is and how much is needed."""
    if misfit is Misfit.POWER:
        return _(
            "The stall gives %(given)s A, %(asked)s A is needed.",
            given=place.power_amp,
            asked=need.power_amp,
        )
    if misfit is Misfit.FRONTAGE:
        return _(
            "The stall is %(given)s m wide, %(asked)s m is needed.",
            given=metres(place.frontage_cm),
            asked=metres(need.frontage_cm),
        )
    return _(
        "Cabinet %(cabinet)s has %(free)s A left, %(asked)s A is needed.",
        cabinet=place.cabinet,
        free=max(place.load.free, 0) if place.load else 0,
        asked=power_wanted(need, place),
    )

"""Why a stall does not fit, in sentences with the figures; what the scenery is called."""

from __future__ import annotations

from app.core.texts import _, _l
from app.vendors.rules.fitting import (
    Misfit,
    Need,
    StallOffer,
    misfits,
    power_left,
    power_wanted,
)
from app.vendors.rules.specs import LandmarkKind

SCENERY_NAMES = {
    LandmarkKind.STAGE: _l("Stage"),
    LandmarkKind.ENTRANCE: _l("Entrance"),
    LandmarkKind.TABLES: _l("Tables"),
    LandmarkKind.TREE: _l("Tree"),
}

PLAIN = {
    Misfit.PHASES: _l("The stall has one phase, three are needed."),
    Misfit.WATER: _l("There is no water at the stall."),
    Misfit.GAS: _l("Gas is not allowed at the stall."),
    Misfit.WHEELCHAIR: _l("The stall cannot be reached by wheelchair."),
}


def against(need: Need, offer: StallOffer) -> tuple[str, ...]:
    """Every reason against the place, in the reader's language; empty when it fits."""
    return tuple(_sentence(misfit, need, offer) for misfit in misfits(need, offer))


def metres(centimetres: int) -> str:
    """Metres as Danes write them: 4 or 2,5."""
    whole, rest = divmod(centimetres, 100)
    return f"{whole}" if rest == 0 else f"{whole},{rest:02d}".rstrip("0")


def _sentence(misfit: Misfit, need: Need, offer: StallOffer) -> str:
    if misfit in PLAIN:
        return str(PLAIN[misfit])
    if misfit is Misfit.BLOCKED:
        reason = offer.blocked_because.rstrip(".")
        return _("The stall is blocked: %(reason)s.", reason=reason)
    if misfit is Misfit.TAP:
        return _("Tap %(tap)s has room for no more hoses.", tap=offer.tap)
    return _measured(misfit, need, offer)


def _measured(misfit: Misfit, need: Need, offer: StallOffer) -> str:
    """What is too little, with how much there is and how much is needed."""
    if misfit is Misfit.POWER:
        return _(
            "The stall gives %(given)s A, %(asked)s A is needed.",
            given=offer.power_amp,
            asked=need.power_amp,
        )
    if misfit is Misfit.PLUG:
        return _(
            "Others use %(used)s of the stall's %(limit)s A, %(asked)s A is needed.",
            used=offer.plug_used,
            limit=offer.plug_amp,
            asked=power_wanted(need, offer),
        )
    if misfit is Misfit.FRONTAGE:
        return _(
            "The stall is %(given)s m wide, %(asked)s m is needed.",
            given=metres(offer.frontage_cm),
            asked=metres(need.frontage_cm),
        )
    return _(
        "Cabinet %(cabinet)s has %(free)s A left, %(asked)s A is needed.",
        cabinet=offer.cabinet,
        free=power_left(need, offer),
        asked=power_wanted(need, offer),
    )

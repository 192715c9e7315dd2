"""What restaurants bring to the pages of all applicants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.applications.models import Application
from app.applications.role_pages import RolePages
from app.applications.rules.states import Role
from app.core.texts import _l
from app.vendors.forms.applying import STEPS
from app.vendors.queries.candidates import StallChoice, choices, fits
from app.vendors.queries.plan import need_of, plan_of
from app.vendors.rules.siteplan import PlannedStall
from app.vendors.services import ending


@dataclass(frozen=True)
class StallsBeside:
    """The stalls an applicant has, with what speaks against each, and the open ones."""

    own: Sequence[PlannedStall]
    against: Mapping[int, Sequence[str]]
    choices: Sequence[StallChoice]


def stalls_beside(application: Application) -> StallsBeside:
    """What the plan says of one applicant."""
    site = plan_of(application.event_id)
    against = {
        fit.standing.stall.id: fit.against
        for fit in fits(site).values()
        if fit.standing.holder.application_id == application.id
    }
    return StallsBeside(site.of(application.id), against, choices(site, need_of(application)))


FOOD_STALL = RolePages(
    role=Role.FOOD_STALL,
    form_part="food",
    desk_part="vendors",
    founds="restaurant",
    offer=_l("Sell food and drinks from a stall with the power and water you need."),
    title=_l("Apply for a food stall"),
    lead=_l("Let the city taste what you cook."),
    steps=STEPS,
    submit=ending.submit,
    withdraw="vendors.withdraw",
    cancel="vendors_desk.cancel",
    stall="vendors.stall",
    case_template="vendors/desk/application.html",
    beside=stalls_beside,
)

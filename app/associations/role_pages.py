"""What associations bring to the pages of all applicants."""

from __future__ import annotations

from app.applications.role_pages import RolePages
from app.applications.rules.states import Role
from app.applications.services import writing
from app.associations.forms import STEPS
from app.core.texts import _l

# Their stalls stand on the site plan: withdrawing or cancelling there frees the stall first.
ASSOCIATION_STALL = RolePages(
    role=Role.ASSOCIATION_STALL,
    form_part="association",
    desk_part="associations",
    founds="association",
    offer=_l("Show who you are: talk, dance, crafts, tastings. The stall is free."),
    title=_l("Apply for a stall for your association"),
    lead=_l("Show the city who you are and what you do."),
    steps=STEPS,
    submit=writing.submit,
    withdraw="vendors.withdraw",
    cancel="vendors_desk.cancel",
    stall="vendors.stall",
)

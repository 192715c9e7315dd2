"""What artists bring to the pages of all applicants."""

from __future__ import annotations

from app.applications.role_pages import RolePages
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core.texts import _l
from app.stage.forms import STEPS

ACT = RolePages(
    role=Role.ACT,
    form_part="act",
    desk_part="stage",
    founds="artist_group",
    offer=_l("Music, dance, stories: ten to forty-five minutes on one of the stages."),
    title=_l("Apply for the stage"),
    lead=_l("Music, dance, theatre, stories: tell us what you would like to show."),
    steps=STEPS,
    submit=writing.submit,
    withdraw="stage.withdraw",
    cancel="stage_desk.cancel",
)

"""What artists bring to the pages of all applicants."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications.models import Application
from app.applications.role_pages import RolePages
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core.texts import _l
from app.stage.forms.applying import STEPS
from app.stage.models import Slot
from app.stage.queries import programme, slots


def times_of(application: Application) -> Sequence[Slot]:
    """What the team has given an act, announced or not."""
    return slots.live_of(application.id)


def told_times(application: Application) -> Sequence[Slot]:
    """What the act knows of it."""
    return programme.told_to([application.id]).get(application.id, ())


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
    case_template="stage/desk/application.html",
    beside=times_of,
    status_template="stage/status.html",
    told=told_times,
)

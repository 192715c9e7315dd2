"""The programme for everybody, and an artist's own time; an artist steps back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from app.applications.queries import asking
from app.applications.rules.states import Role
from app.core import clock
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.attachments import file_response
from app.core.numbers import weekday_text
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _, language, local
from app.events import queries as events
from app.organisations.queries import actor_of
from app.stage import papers
from app.stage.forms.visiting import NarrowForm
from app.stage.models import Stage
from app.stage.queries import programme as programmes
from app.stage.queries.programme import Programme, ProgrammeSlot
from app.stage.services import ending

# As many slots as a visitor may keep of one event.
MOST_STARS = 200

# A heading, the stage if it is one's, and its acts.
Part = tuple[str, Stage | None, list[ProgrammeSlot]]

pages = Blueprint("stage", __name__)


@pages.get("/stage/<slug>")
@open_to(PUBLIC)
def programme(slug: str) -> Response:
    """Who plays where and when, by stage or by time, narrowed by the address."""
    event = events.public_event(slug)
    told = programmes.programme(event)
    genre, spoken = request.args.get("genre", ""), request.args.get("spoken", "")
    by_time = request.args.get("by") == "time"
    shown = told.narrowed(genre, spoken)
    return render(
        event=event,
        programme=told,
        parts=_by_day(shown) if by_time else _by_stage(told, shown),
        days=len({one.day for one in told.slots}),
        now=told.now(clock.now()),
        form=NarrowForm(None, by="time" if by_time else "", genre=genre, spoken=spoken).among(told),
    )


@pages.get("/stage/<slug>.ics")
@open_to(PUBLIC)
def calendar(slug: str) -> FlaskResponse:
    """The programme for one's own calendar: all of it, one stage, or the slots in the address."""
    event = events.public_event(slug)
    planned = list(programmes.programme(event).slots)
    if "stage" in request.args:
        planned = [one for one in planned if str(one.stage.id) == request.args["stage"]]
    if "slots" in request.args:
        chosen = {*request.args["slots"].split(",")[:MOST_STARS]}
        planned = [one for one in planned if str(one.id) in chosen]
    return file_response(papers.feed(event, planned, language()))


@pages.get("/my/applications/<int:application_id>/slot-<int:slot_id>.ics")
@open_to(SIGNED_IN)
def slot_calendar(application_id: int, slot_id: int) -> FlaskResponse:
    """An artist's own time for the calendar."""
    own = asking.application_for(actor_of(identity()), application_id, Role.ACT)
    told = programmes.told_to([own.id]).get(own.id, [])
    if slot_id not in {slot.id for slot in told}:
        raise NotFound
    return file_response(papers.slot_file(slot_id, language()))


@pages.post("/my/applications/<int:application_id>/give-up-act")
@open_to(SIGNED_IN)
def withdraw(application_id: int) -> Response:
    """The artist steps back."""
    actor = actor_of(identity())
    asking.application_for(actor, application_id, Role.ACT)
    ending.withdraw(actor, application_id)
    flash(_("You have withdrawn. You can apply again while applications are open."), "success")
    return redirect(url_for("applications.status", application_id=application_id), 303)


def _by_stage(told: Programme, shown: Sequence[ProgrammeSlot]) -> list[Part]:
    parts = [
        (local(stage.name), stage, [one for one in shown if one.stage.id == stage.id])
        for stage in told.stages
    ]
    return [part for part in parts if part[2]]


def _by_day(shown: Sequence[ProgrammeSlot]) -> list[Part]:
    days = sorted({one.day for one in shown})
    return [(weekday_text(day), None, [one for one in shown if one.day == day]) for day in days]

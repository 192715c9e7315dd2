"""The team's stages: the board of a day, the stages themselves, the times of acts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications.forms.desk_forms import CancelForm
from app.applications.queries import reviewing
from app.applications.rules.states import Role
from app.core import audit, sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.people import queries as people
from app.stage.forms.desk_forms import PutDownForm, SlotForm, StageForm, meant, written
from app.stage.models import Slot
from app.stage.queries import slots
from app.stage.queries.board import board as board_of
from app.stage.queries.board import minute_of
from app.stage.queries.programme import minutes_of, title_of
from app.stage.refusals import StageUnknown
from app.stage.services import ending, giving, line_ups
from app.stage.services import stages as stage_list

pages = Blueprint("stage_desk", __name__, url_prefix="/desk/stage")


@pages.get("/")
@open_to(StaffRole.ORGANISER)
def index() -> Response:
    """The events on whose stages acts play."""
    return render(found=[event for event in events.all_events() if event.has.applications])


@pages.get("/<slug>")
@open_to(StaffRole.ORGANISER)
def board(slug: str) -> Response:
    """Who plays when on each stage, and who has no time yet."""
    event = events.event_by_slug(slug)
    return render(
        event=event,
        form=PutDownForm(None),
        board=board_of(event, request.args.get("day", "")),
        title_of=title_of,
        minutes_of=minutes_of,
        minute_of=minute_of,
    )


@pages.route("/<slug>/stages/new", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def new_stage(slug: str) -> Response:
    """One more stage."""
    event = events.event_by_slug(slug)
    form = StageForm.new(event)
    if not form.accepted():
        return render(form.status_code, "stage/desk/stage.html", event=event, form=form, stage=None)
    stage_list.make(event.id, form.facts())
    flash(_("The stage is made. Give acts their times on it."), "success")
    return _to_board(slug)


@pages.route("/stages/<int:stage_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def stage(stage_id: int) -> Response:
    """Correct a stage."""
    stage = slots.stage(stage_id)
    event = events.event(stage.event_id)
    form = StageForm.of(stage, event)
    standing = StageForm.of(stage, event, as_it_stands=True)
    if not (form.accepted() and form.overwrites_only(standing)):
        return render(form.status_code, event=event, form=form, stage=stage)
    stage_list.correct(stage_id, form.facts())
    flash(_("The stage is corrected."), "success")
    return _to_board(event.slug)


@pages.post("/stages/<int:stage_id>/drop")
@open_to(StaffRole.ORGANISER)
def drop_stage(stage_id: int) -> Response:
    """No longer a stage."""
    slug = events.event(slots.stage(stage_id).event_id).slug
    stage_list.drop(stage_id)
    flash(_("The stage is dropped."), "success")
    return _to_board(slug)


@pages.route("/<slug>/slots/new", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def new_slot(slug: str) -> Response:
    """Give an act its time."""
    event = events.event_by_slug(slug)
    acts, stages = slots.acts(event.id), slots.stages(event.id)
    if not (acts and stages):
        return _to_board(slug)
    act, stage = (request.args.get(name, type=int) for name in ("act", "stage"))
    form = SlotForm.new(acts, stages, slots.placings(event.id), act, stage)
    if not form.accepted():
        return render(form.status_code, event=event, form=form)
    slot = giving.give(event.id, form.act.data, form.facts())
    flash(_("The act has its time."), "success")
    return _to_slot(slot)


@pages.route("/slots/<int:slot_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def slot(slot_id: int) -> Response:
    """Move a time, and what was done to it."""
    slot = slots.slot(slot_id)
    event, stages = events.event(slot.stage.event_id), slots.stages(slot.stage.event_id)
    form, standing = SlotForm.of(slot, stages), SlotForm.of(slot, stages, as_it_stands=True)
    if form.accepted() and form.overwrites_only(standing):
        moved = giving.move(slot_id, form.facts())
        flash(_("The time is changed."), "success")
        return _to_slot(moved)
    entries = audit.of("slot", slot.id)
    return render(
        form.status_code,
        event=event,
        form=form,
        slot=slot,
        title=title_of(slot.application),
        entries=entries,
        names=people.names_of_staff(entry.actor for entry in entries),
    )


@pages.post("/slots/<int:slot_id>/take-back")
@open_to(StaffRole.ORGANISER)
def take_back(slot_id: int) -> Response:
    """The act has that time no more."""
    slot = giving.take_back(slot_id)
    flash(_("The time is taken back. The act stands among those without a time."), "success")
    return _to_slot(slot)


@pages.post("/slots/<int:slot_id>/leave-free")
@open_to(StaffRole.ORGANISER)
def leave_free(slot_id: int) -> Response:
    """A time that came free stays so."""
    slot = ending.leave_free(slot_id)
    return _to_board(events.event(slot.stage.event_id).slug)


@pages.post("/slots/<int:slot_id>/recall")
@open_to(StaffRole.ORGANISER)
def recall(slot_id: int) -> Response:
    """A change is taken back before its letters leave."""
    slot = giving.recall(slot_id)
    flash(_("The change is taken back. No letter has left."), "success")
    return _to_slot(slot)


@pages.post("/<slug>/place")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def place(slug: str) -> Response:
    """Something was put at a time on the board, by mouse or by keys."""
    event, form = events.event_by_slug(slug), PutDownForm()
    if not form.accepted() or form.stage.data is None or form.starts.data is None:
        raise StageUnknown
    starts = meant(form.starts.data)
    if form.slot.data:
        standing = slots.slot(form.slot.data)
        facts = giving.at_another_time(standing, form.stage.data, starts)
        return _to_slot(giving.move(standing.id, facts))
    act = next((one for one in slots.acts(event.id) if one.id == form.act.data), None)
    minutes = minutes_of(act) if act else 0
    facts = giving.SlotFacts(form.stage.data, starts, minutes)
    return _to_slot(giving.give(event.id, form.act.data or 0, facts))


@pages.post("/<slug>/announce")
@open_to(StaffRole.ORGANISER)
def announce(slug: str) -> Response:
    """The public sees the programme, and all who have a time are written to."""
    line_ups.announce(events.event_by_slug(slug).id)
    flash(_("The programme is public. The letters leave in two minutes."), "success")
    return _to_board(slug)


@pages.post("/<slug>/recall")
@open_to(StaffRole.ORGANISER)
def recall_announcement(slug: str) -> Response:
    """A draft again, before any letter has left."""
    line_ups.recall_announcement(events.event_by_slug(slug).id)
    flash(_("The programme is a draft again. No letter has left."), "success")
    return _to_board(slug)


@pages.route("/applications/<int:application_id>/cancel", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def cancel(application_id: int) -> Response:
    """The team ends the application and frees its time; the reason stands in the letter."""
    application, form = reviewing.sent_in(application_id, Role.ACT), CancelForm()
    if not form.accepted():
        return render(422 if form.errors else 200, form=form, application=application)
    ending.cancel(application_id, form.reason.data or "")
    flash(_("Cancelled. They are told by mail."), "success")
    case = url_for("applications_desk.case", role=Role.ACT, application_id=application_id)
    return redirect(case, 303)


def _to_slot(slot: Slot) -> Response:
    """The board of the slot's day, at the slot."""
    slug = events.event(slot.stage.event_id).slug
    day = written(slot.starts_at).date().isoformat()
    return redirect(url_for(".board", slug=slug, day=day, _anchor=f"slot-{slot.id}"), 303)


def _to_board(slug: str) -> Response:
    return redirect(url_for(".board", slug=slug), 303)

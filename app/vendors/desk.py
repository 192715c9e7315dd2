"""The team's site plan: who stands where, what the cabinets carry, and the lists to print."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications.forms.desk_forms import CancelForm
from app.applications.queries import asking
from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.vendors.drawing import draw
from app.vendors.forms.choosing import ChoosingForm
from app.vendors.forms.desk_choices import (
    BlockForm,
    OtherStallForm,
    ReserveStallForm,
    ShareForm,
)
from app.vendors.queries import candidates as candidates_queries
from app.vendors.queries import choosing as choosing_queries
from app.vendors.queries import holdings
from app.vendors.queries.candidates import waiting_for_a_stall
from app.vendors.queries.plan import plan_of
from app.vendors.rules.geometry import Direction
from app.vendors.services import adjusting, ending, giving, reserving, reshaping
from app.vendors.services import choosing as choosing_verbs

pages = Blueprint("vendors_desk", __name__, url_prefix="/desk/vendors")


@pages.get("/")
@open_to(StaffRole.ORGANISER)
def index() -> Response:
    """The festivals, each with its plan."""
    festivals = [event for event in events.all_events() if event.has.plan]
    return render(festivals=festivals)


@pages.route("/<slug>/plan", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def plan(slug: str) -> Response:
    """The plan; with a stall chosen, the panel to give it to somebody."""
    event = events.event_by_slug(slug)
    site = plan_of(event.id)
    stall = site.stall(request.args.get("stall", type=int))
    candidates = candidates_queries.candidates(site, stall) if stall and stall.is_open else []
    form = ReserveStallForm().offer(candidates)
    if stall and form.carried_out(
        lambda: giving.give(event.id, stall.id, form.application.data, form.amp.data),
        at="application",
    ):
        return _back_to(slug, stall.id)
    return render(
        form.status_code,
        event=event,
        fits=candidates_queries.fits(site),
        needs=candidates_queries.takings(site, stall, candidates) if stall else {},
        site=site,
        stall=stall,
        form=form,
        drawings=[draw(site, direction) for direction in Direction],
        waiting=waiting_for_a_stall(site),
    )


@pages.get("/<slug>/electrician")
@open_to(StaffRole.ORGANISER)
def electrician(slug: str) -> Response:
    """The electrician's list, a cabinet at a time."""
    event = events.event_by_slug(slug)
    return render(event=event, site=plan_of(event.id))


@pages.post("/holdings/<int:holding_id>/confirm")
@open_to(StaffRole.ORGANISER)
def confirm(holding_id: int) -> Response:
    """The stall stands, whatever the applicant has answered."""
    reserving.confirm(holding_id)
    return _back_from(holding_id)


@pages.post("/holdings/<int:holding_id>/adjust")
@open_to(StaffRole.ORGANISER)
def adjust(holding_id: int) -> Response:
    """Reserve what the application asks for by now."""
    adjusting.adjust(holding_id)
    return _back_from(holding_id)


@pages.post("/holdings/<int:holding_id>/release")
@open_to(StaffRole.ORGANISER)
def release(holding_id: int) -> Response:
    """Take the stall back."""
    reserving.release(holding_id)
    return _back_from(holding_id)


@pages.route("/holdings/<int:holding_id>/relocate", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def relocate(holding_id: int) -> Response:
    """Another stall for the same applicant: a free one, or somebody else's in exchange."""
    seat = holdings.seat(holding_id)
    event = events.event(seat.event_id)
    site = plan_of(event.id)
    against = candidates_queries.against_moving(site, holding_id)
    form = OtherStallForm().offer(site.stalls, seat.stall_id, against)
    name = holdings.holder_name(holding_id)
    if form.carried_out(lambda: giving.relocate(holding_id, form.stall.data), at="stall"):
        return _back_to(event.slug, form.stall.data)
    return render(form.status_code, form=form, seat=seat, event=event, name=name)


@pages.route("/stalls/<int:stall_id>/block", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def block(stall_id: int) -> Response:
    """Nobody stands there, and why."""
    stall = holdings.stall(stall_id)
    event, form = events.event(stall.event_id), BlockForm()
    if form.carried_out(lambda: reshaping.block(stall_id, form.reason.data or ""), at="reason"):
        return _back_to(event.slug, stall_id)
    return render(form.status_code, form=form, stall=stall, event=event)


@pages.route("/stalls/<int:stall_id>/share", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def share(stall_id: int) -> Response:
    """Two share the stall, each with a part of its power."""
    stall, parts = holdings.stall(stall_id), holdings.parts(stall_id)
    event, form = events.event(stall.event_id), ShareForm.of(stall.power_amp, parts)
    if form.carried_out(lambda: reshaping.share(stall_id, 2, form.powers()), at="first"):
        return _back_to(event.slug, stall_id)
    return render(form.status_code, form=form, stall=stall, event=event, parts=parts)


@pages.post("/stalls/<int:stall_id>/whole")
@open_to(StaffRole.ORGANISER)
def make_whole(stall_id: int) -> Response:
    """One has the stall alone again, with all its power."""
    stall = reshaping.share(stall_id, 1)
    return _back_to(events.event(stall.event_id).slug, stall_id)


@pages.post("/stalls/<int:stall_id>/unblock")
@open_to(StaffRole.ORGANISER)
def unblock(stall_id: int) -> Response:
    """The stall can be given again."""
    stall = reshaping.unblock(stall_id)
    return _back_to(events.event(stall.event_id).slug, stall_id)


@pages.route("/applications/<int:application_id>/cancel", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def cancel(application_id: int) -> Response:
    """The team ends the application; its stalls are free."""
    kept, form = asking.application(application_id), CancelForm()
    if form.accepted():
        ending.cancel(application_id, form.reason.data or "")
        return redirect(url_for("applications_desk.index"), 303)
    return render(422 if form.errors else 200, form=form, application=kept)


@pages.route("/<slug>/choosing", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def choosing(slug: str) -> Response:
    """Whether the accepted choose for themselves, how many each, until when."""
    event = events.event_by_slug(slug)
    standing = choosing_queries.choosing_of(event.id)
    form = ChoosingForm.of(standing)
    if form.carried_out(
        lambda: choosing_verbs.open_choosing(event.id, form.most.data or 1, form.moment())
    ):
        flash(_("The accepted can choose their stalls now."), "success")
        return redirect(url_for(".plan", slug=slug), 303)
    return render(form.status_code, event=event, form=form, standing=standing)


@pages.post("/<slug>/choosing/close")
@open_to(StaffRole.ORGANISER)
def close_choosing(slug: str) -> Response:
    """The team places everybody again."""
    event = events.event_by_slug(slug)
    choosing_verbs.close_choosing(event.id)
    flash(_("Nobody chooses any more. What was chosen stands."), "success")
    return redirect(url_for(".plan", slug=slug), 303)


def _back_from(holding_id: int) -> Response:
    seat = holdings.seat(holding_id)
    return _back_to(events.event(seat.event_id).slug, seat.stall_id)


def _back_to(slug: str, stall_id: int) -> Response:
    return redirect(url_for(".plan", slug=slug, stall=stall_id, _anchor="stall-panel"), 303)

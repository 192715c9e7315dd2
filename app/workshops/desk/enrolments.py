"""The team's pages about one enrolment: what stands, changing, goals, cancelling, a new ticket."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import access_log, audit, sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _, language
from app.mailings import queries as mailings
from app.mailings.rules.states import About
from app.people import queries as people
from app.tickets.rules.codes import shown_short
from app.workshops import refusals
from app.workshops.desk.blueprint import pages
from app.workshops.forms.places import (
    CancelPlaceForm,
    GoalsForm,
    TeamChangeForm,
)
from app.workshops.queries import places as places_queries
from app.workshops.queries import questions
from app.workshops.queries.arrivals import came_with
from app.workshops.queries.places import TicketedEnrolment, position
from app.workshops.services import changing, leaving, resending
from app.workshops.wording import STATE_NAMES, VERB_NAMES


@pages.get("/<slug>/enrolments/<int:enrolment_id>")
@open_to(StaffRole.ORGANISER)
def enrolment(slug: str, enrolment_id: int) -> Response:
    """One enrolment with its wishes, goals and what was done to it."""
    place = places_queries.place_at(slug, enrolment_id)
    access_log.note("read_enrolment", "enrolment", enrolment_id)
    entries = audit.of("enrolment", enrolment_id)
    return render(
        place=place,
        position=position(place.enrolment),
        came=came_with(enrolment_id, place.event.id),
        goals=places_queries.goals(enrolment_id),
        letters=mailings.standing_with(About.ENROLMENT, enrolment_id),
        answers=questions.told_answers(place.enrolment, language()),
        entries=entries,
        names=people.names_of_staff(entry.actor for entry in entries),
        states=STATE_NAMES,
        verbs=VERB_NAMES,
        short=shown_short(place.ticket.short_code),
    )


@pages.get("/<slug>/enrolments/<int:enrolment_id>/change")
@open_to(StaffRole.ORGANISER)
def change(slug: str, enrolment_id: int) -> Response:
    """The enrolment as a form; who came in already stands above it."""
    place = places_queries.place_at(slug, enrolment_id)
    return _change_page(place, TeamChangeForm.over(place))


@pages.post("/<slug>/enrolments/<int:enrolment_id>/change")
@open_to(StaffRole.ORGANISER)
def send_change(slug: str, enrolment_id: int) -> Response:
    """Take the changes over; against what came through the door with a reason alone."""
    place, form = places_queries.place_at(slug, enrolment_id), TeamChangeForm()
    if not form.may_replace(lambda: changing.held(enrolment_id)):
        return _change_page(place, form, form.status_code)
    try:
        changing.change(enrolment_id, form.changed(), form.word())
    except refusals.SomebodyCame:
        form.why.errors = [_("Write why this is changed although somebody has come in.")]
        return _change_page(place, form, 422)
    except refusals.AnotherName as other:
        form.name.say(str(other))
        return _change_page(place, form, 422)
    return _back_to(slug, enrolment_id, _("The enrolment is changed."))


@pages.get("/<slug>/enrolments/<int:enrolment_id>/goals")
@open_to(StaffRole.ORGANISER)
def goals(slug: str, enrolment_id: int) -> Response:
    """Goals from paper, to be typed in."""
    place = places_queries.place_at(slug, enrolment_id)
    return render(place=place, form=GoalsForm.over((place, places_queries.goals(enrolment_id))))


@pages.post("/<slug>/enrolments/<int:enrolment_id>/goals")
@open_to(StaffRole.ORGANISER)
def send_goals(slug: str, enrolment_id: int) -> Response:
    """Write the goals down."""
    place, form = places_queries.place_at(slug, enrolment_id), GoalsForm()
    if not form.may_replace(
        lambda: (changing.held(enrolment_id), places_queries.goals(enrolment_id))
    ):
        return render(form.status_code, "workshops/desk/goals.html", place=place, form=form)
    changing.set_goals(enrolment_id, form.texts(), form.show_again.data == "yes")
    return _back_to(slug, enrolment_id, _("The goals are written down."))


@pages.get("/<slug>/enrolments/<int:enrolment_id>/cancel")
@open_to(StaffRole.ORGANISER)
def ask_to_cancel(slug: str, enrolment_id: int) -> Response:
    """Ask why, and tell who came in already."""
    return _cancel_page(places_queries.place_at(slug, enrolment_id), CancelPlaceForm())


@pages.post("/<slug>/enrolments/<int:enrolment_id>/cancel")
@open_to(StaffRole.ORGANISER)
def cancel(slug: str, enrolment_id: int) -> Response:
    """Cancel the place and write why; the next in line gets it unless somebody came in with it."""
    place, form = places_queries.place_at(slug, enrolment_id), CancelPlaceForm()
    if not form.accepted():
        return _cancel_page(place, form, 422)
    leaving.cancel_by_team(enrolment_id, (form.why.data or "").strip())
    return _back_to(slug, enrolment_id, _("The place is cancelled."))


@pages.post("/<slug>/enrolments/<int:enrolment_id>/reissue")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def reissue(slug: str, enrolment_id: int) -> Response:
    """A new ticket; the old one is no longer taken."""
    changing.reissue(places_queries.place_at(slug, enrolment_id).enrolment.id)
    return _back_to(slug, enrolment_id, _("A new ticket is on its way by mail."))


@pages.post("/<slug>/enrolments/<int:enrolment_id>/resend")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def resend(slug: str, enrolment_id: int) -> Response:
    """The ticket and the link once more."""
    resending.resend(places_queries.place_at(slug, enrolment_id).enrolment.id)
    return _back_to(slug, enrolment_id, _("The ticket is on its way by mail."))


def _change_page(place: TicketedEnrolment, form: TeamChangeForm, status: int = 200) -> Response:
    came = came_with(place.enrolment.id, place.event.id)
    return render(status, "workshops/desk/change.html", place=place, form=form, came=came)


def _cancel_page(place: TicketedEnrolment, form: CancelPlaceForm, status: int = 200) -> Response:
    came = came_with(place.enrolment.id, place.event.id)
    return render(status, "workshops/desk/cancel.html", place=place, form=form, came=came)


def _back_to(slug: str, enrolment_id: int, sentence: str) -> Response:
    flash(sentence, "success")
    address = url_for("workshops_desk.enrolment", slug=slug, enrolment_id=enrolment_id)
    return redirect(address, 303)

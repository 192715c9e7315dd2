"""The ticket for all eyes, and the private place with what its holder can do."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import clock
from app.core.access import PUBLIC, open_to
from app.core.attachments import file_response
from app.core.forms import ActionForm
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import _, language
from app.tickets import papers
from app.tickets.rules.codes import shown_short
from app.workshops import refusals
from app.workshops.forms.places import ChangeForm, GoalsForm
from app.workshops.forms.questions import OwnPart
from app.workshops.papers import calendars
from app.workshops.queries import places, questions
from app.workshops.queries.arrivals import came_with
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.routes.blueprint import pages
from app.workshops.routes.remembering import own_place, remembering
from app.workshops.services import changing, leaving


@pages.get("/t/<code>")
@pages.get("/T/<code>")
@open_to(PUBLIC)
def ticket(code: str) -> Response:
    """The ticket for all eyes: nothing that names or changes, unless this phone has the link."""
    held, enrolment, event = places.ticket_by_code(code)
    own = own_place(enrolment.link_hash)
    return render(
        event=event,
        ticket=held,
        enrolment=enrolment,
        qr=Markup(papers.qr_svg(held)),  # noqa: S704 drawn by ourselves from letters and digits
        short=shown_short(held.short_code),
        own=own,
    )


@pages.get("/m/<token>")
@open_to(PUBLIC)
def private(token: str) -> Response:
    """One's own place; this phone keeps the link."""
    place = places.place_by_link(token)
    page = _private_page(token, place)
    return remembering(token, page)


@pages.get("/m/<token>/change")
@open_to(PUBLIC)
def change(token: str) -> Response:
    """The enrolment as a form."""
    place = places.place_by_link(token)
    if clock.now() >= place.event.ends_at:
        return _over(token)
    own = OwnPart.over(questions.own_questions(places.workshop(place.event.id)), place.enrolment)
    return _change_page(token, place, ChangeForm.over(place), own)


@pages.post("/m/<token>/change")
@open_to(PUBLIC)
@limit("60 per hour")
def send_change(token: str) -> Response:
    """Take the changes over."""
    place = places.place_by_link(token)
    form, own = ChangeForm(), OwnPart(questions.own_questions(places.workshop(place.event.id)))
    whole = form.may_replace(lambda: changing.held(place.enrolment.id))
    if not (own.may_replace(place.enrolment) and whole):
        return _change_page(token, place, form, own, max(form.status_code, own.status_code))
    try:
        changing.change(place.enrolment.id, replace(form.changed(), answers=own.answers))
    except refusals.EnrolmentOver:
        return _over(token)
    except refusals.SomebodyCame as came:
        wrong = form.seats if isinstance(came, refusals.FewerThanCame) else form.name
        wrong.errors = [*wrong.errors, str(came)]
        return _change_page(token, place, form, own, 422)
    except refusals.AnotherName as other:
        form.name.say(str(other))
        return _change_page(token, place, form, own, 422)
    flash(_("Your enrolment is changed."), "success")
    return redirect(url_for("workshops.private", token=token), 303)


@pages.get("/m/<token>/goals")
@open_to(PUBLIC)
def goals(token: str) -> Response:
    """The goals as a form."""
    place = places.place_by_link(token)
    form = GoalsForm.over((place, places.goals(place.enrolment.id)))
    return render(place=place, token=token, form=form)


@pages.post("/m/<token>/goals")
@open_to(PUBLIC)
@limit("60 per hour")
def send_goals(token: str) -> Response:
    """Write the goals down."""
    place = places.place_by_link(token)
    form = GoalsForm()
    number = place.enrolment.id
    if not form.may_replace(lambda: (changing.held(number), places.goals(number))):
        told = {"place": place, "token": token, "form": form}
        return render(form.status_code, "workshops/goals.html", **told)
    changing.set_goals(place.enrolment.id, form.texts(), form.show_again.data == "yes")
    flash(_("Your goals are written down."), "success")
    return redirect(url_for("workshops.private", token=token), 303)


@pages.post("/m/<token>/cancel")
@open_to(PUBLIC)
@limit("60 per hour")
def cancel(token: str) -> Response:
    """Give up the place; the next in line gets it at once."""
    place = places.place_by_link(token)
    try:
        leaving.cancel(place.enrolment.id)
    except (refusals.SomebodyCame, refusals.TooLateToCancel) as stands:
        flash(str(stands), "warning")
        return _private_page(token, place, 409)
    return redirect(url_for("workshops.private", token=token), 303)


@pages.get("/m/<token>/calendar.ics")
@open_to(PUBLIC)
def ticket_calendar(token: str) -> Response:
    """The event for one's own calendar."""
    place = places.place_by_link(token)
    return file_response(calendars.calendar(str(place.ticket.id), language()))


def _change_page(
    token: str, place: TicketedEnrolment, form: ChangeForm, own: OwnPart, status: int = 200
) -> Response:
    came = came_with(place.enrolment.id, place.event.id)
    told = {"place": place, "token": token, "form": form, "own": own, "came": came}
    return render(status, template="workshops/change.html", **told)


def _over(token: str) -> Response:
    """What took place is not changed any more; the page says what can be."""
    flash(str(refusals.EnrolmentOver()), "warning")
    return redirect(url_for("workshops.private", token=token), 303)


def _private_page(token: str, place: TicketedEnrolment, status: int = 200) -> Response:
    return render(
        status,
        "workshops/private.html",
        place=place,
        token=token,
        position=places.position(place.enrolment),
        goals=places.goals(place.enrolment.id),
        answers=questions.told_answers(place.enrolment, language()),
        qr=Markup(papers.qr_svg(place.ticket)),  # noqa: S704 drawn by ourselves
        short=shown_short(place.ticket.short_code),
        form=ActionForm(),
        came=came_with(place.enrolment.id, place.event.id),
        over=clock.now() >= place.event.ends_at,
    )

"""Badges and tickets in print: ordered, watched, fetched, called off; and the door list."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import access_log, clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.attachments import file_response
from app.core.pages import render
from app.core.texts import _, language
from app.events import queries as event_queries
from app.events.models import Event
from app.printing import queries as printing_queries
from app.printing import rules, wording
from app.printing import services as printing_services
from app.printing.forms import PrintForm
from app.printing.papers import door_list as door_papers
from app.printing.papers import printings as printing_papers
from app.printing.queries import numbers_to_print
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.refusals import NoSuchPlace

pages = Blueprint("printing_desk", __name__, url_prefix="/desk/workshops")


@pages.get("/<slug>/printings")
@open_to(StaffRole.ORGANISER)
def printings(slug: str) -> Response:
    """What was ordered and how far it is, and a form for more."""
    event = event_queries.event_by_slug(slug)
    return _page(event, _form(event, _one(event)))


@pages.post("/<slug>/printings")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def order_printing(slug: str) -> Response:
    """Put it in the worker's line."""
    event = event_queries.event_by_slug(slug)
    place = _one(event)
    form = _form(event, place)
    if not form.accepted():
        return _page(event, form, 422)
    printing_services.order_printing(event.id, form.order(place, language()))
    return _back(slug)


@pages.post("/<slug>/printings/<int:printing_id>/cancel")
@open_to(StaffRole.ORGANISER)
def cancel_printing(slug: str, printing_id: int) -> Response:
    """Call it off."""
    event = event_queries.event_by_slug(slug)
    printing_services.cancel_printing(printing_queries.printing(event.id, printing_id))
    flash(_("The printing is called off."), "success")
    return _back(slug)


@pages.post("/<slug>/printings/<int:printing_id>/again")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def repeat_printing(slug: str, printing_id: int) -> Response:
    """Make it once more, for the people as they stand now."""
    event = event_queries.event_by_slug(slug)
    printing_services.repeat_printing(printing_queries.printing(event.id, printing_id))
    return _back(slug)


@pages.get("/<slug>/printings/<int:printing_id>/file.pdf")
@open_to(StaffRole.ORGANISER)
def printed_file(slug: str, printing_id: int) -> Response:
    """The finished file."""
    event = event_queries.event_by_slug(slug)
    printing, content = printing_queries.printed_file(event.id, printing_id)
    access_log.note("fetched_printing", "printing", printing_id)
    return file_response(printing_papers.printed_attachment(printing, event, content))


def _page(event: Event, form: PrintForm, status: int = 200) -> Response:
    printings = printing_queries.printings(event.id)
    now = clock.now()
    return render(
        status=status,
        template="printing/desk/printings.html",
        event=event,
        form=form,
        printings=printings,
        unfinished=[printing for printing in printings if printing.state in rules.UNFINISHED],
        overdue={
            printing.id
            for printing in printings
            if rules.overdue(printing.state, printing.ordered_at, now)
        },
        fontless=printing_papers.without_font(printing_queries.names_to_print(event.id)),
        kept=rules.FILE_KEPT,
        words=wording,
    )


def _form(event: Event, place: TicketedEnrolment | None) -> PrintForm:
    places.workshop(event.id)
    return PrintForm().offer(numbers_to_print(event.id), place)


def _one(event: Event) -> TicketedEnrolment | None:
    """The one person that the address asks for."""
    given = request.args.get("enrolment", type=int)
    if given is None:
        return None
    place = places.place(given)
    if place.event.id != event.id:
        raise NoSuchPlace
    return place


def _back(slug: str) -> Response:
    return redirect(url_for("printing_desk.printings", slug=slug, _anchor="made"), 303)


@pages.get("/<slug>/door-list.pdf")
@open_to(StaffRole.ORGANISER, StaffRole.DOOR)
def door_list(slug: str) -> Response:
    """The door list to print."""
    event = event_queries.event_by_slug(slug)
    places.workshop(event.id)
    access_log.note("printed_door_list", "event", event.id)
    return file_response(door_papers.door_list(event))

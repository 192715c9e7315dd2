"""A workshop's own questions at the desk, and the answers as a table."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import access_log, clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.attachments import Attachment, file_response
from app.core.languages import DEFAULT
from app.core.pages import render
from app.core.texts import _, language
from app.events import queries as event_queries
from app.events.models import Event
from app.lists.tables import csv_bytes
from app.workshops.desk.blueprint import pages
from app.workshops.forms.desk_questions import ASKED_AS_NAMES, QuestionForm
from app.workshops.queries import places
from app.workshops.queries.arrivals import came_of_event
from app.workshops.queries.questions import all_answers, own_questions, words_of
from app.workshops.rules.arrivals import CameIn
from app.workshops.services import questions as questions_services


@pages.get("/<slug>/questions")
@open_to(StaffRole.ORGANISER)
def questions(slug: str) -> Response:
    """What the workshop asks, and a form for one more."""
    return _page(event_queries.event_by_slug(slug), QuestionForm())


@pages.post("/<slug>/questions")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def add_question(slug: str) -> Response:
    """Ask one more."""
    event, form = event_queries.event_by_slug(slug), QuestionForm()
    if not form.accepted():
        return _page(event, form, 422)
    questions_services.add_question(event.id, form.question())
    flash(_("The question is asked of everyone who enrols from now on."), "success")
    return redirect(url_for("workshops_desk.questions", slug=slug), 303)


@pages.post("/<slug>/questions/<code>/remove")
@open_to(StaffRole.ORGANISER)
def remove_question(slug: str, code: str) -> Response:
    """Ask it no more."""
    questions_services.remove_question(event_queries.event_by_slug(slug).id, code)
    flash(_("The question is asked no more. What was answered is kept."), "success")
    return redirect(url_for("workshops_desk.questions", slug=slug), 303)


@pages.get("/<slug>/answers.csv")
@open_to(StaffRole.ORGANISER)
def answers(slug: str) -> Response:
    """Everyone with who came, and their answers to what is asked now."""
    event = event_queries.event_by_slug(slug)
    own = own_questions(places.workshop(event.id))
    asked = [shown.question for shown in own.asked] if own else []
    access_log.note("fetched_answers", "event", event.id)
    came = came_of_event(event.id)
    headings = [_("Name"), _("Mail"), _("Seats"), _("Came in"), _("First came in"), _("Gate")]
    headings += [question.text[DEFAULT] for question in asked]
    rows = [
        [
            place.person.name,
            place.person.email,
            place.enrolment.seats,
            *_arrival(came.get(place.enrolment.id)),
            *(words_of(question, given.get(question.code), language()) for question in asked),
        ]
        for place, given in all_answers(event.id)
    ]
    return file_response(Attachment(f"{slug}.csv", "text/csv", csv_bytes(headings, rows)))


def _arrival(came: CameIn | None) -> list[object]:
    """How many came, when the first did, as spreadsheets read it, and at which gate."""
    if came is None:
        return [0, "", ""]
    return [came.number, f"{clock.local_time(came.at):%Y-%m-%d %H:%M}", came.gate]


def _page(event: Event, form: QuestionForm, status: int = 200) -> Response:
    own = own_questions(places.workshop(event.id))
    return render(
        status=status,
        template="workshops/desk/questions.html",
        event=event,
        form=form,
        words=own.worded(language()) if own else [],
        kinds=ASKED_AS_NAMES,
    )

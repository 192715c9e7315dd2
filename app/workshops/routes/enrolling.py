"""Enrolling oneself, or several colleagues at once."""

from __future__ import annotations

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import PUBLIC, identity, open_to
from app.core.folding import fold_email
from app.core.limits import count_try, limit
from app.core.pages import render
from app.core.texts import language
from app.events import queries as event_queries
from app.workshops.forms.places import EnrolForm
from app.workshops.forms.questions import OwnPart
from app.workshops.queries import places, questions
from app.workshops.queries.links import token_of
from app.workshops.queries.places import OpenWorkshop
from app.workshops.routes.blueprint import pages
from app.workshops.routes.remembering import remembering
from app.workshops.rules.places import EMAIL_LIMIT
from app.workshops.services import enrolling
from app.workshops.services.enrolling import Outcome


@pages.get("/events/<slug>/enrol")
@open_to(PUBLIC)
def enrol(slug: str) -> Response:
    """Ask who comes."""
    opened = places.open_workshop(slug)
    return _enrol_page(
        opened,
        EnrolForm.of_reader(identity().email),
        OwnPart(questions.own_questions(opened.workshop)),
    )


@pages.post("/events/<slug>/enrol")
@open_to(PUBLIC)
@limit("120 per hour")
@sent_forms.once
def send_enrolment(slug: str) -> Response:
    """Enrol; whoever is enrolled already gets the ticket by mail again and sees nothing."""
    form = EnrolForm.of_reader(identity().email)
    accepted = form.accepted()
    if accepted:
        count_try("enrolment-mail", fold_email(form.mail.data or ""), EMAIL_LIMIT)
    opened = places.open_workshop(slug)
    own = OwnPart(questions.own_questions(opened.workshop))
    if not (accepted and own.accepted()):
        return _enrol_page(opened, form, own, 422)
    outcome = enrolling.placed(opened, form.wish(language()), answers=own.answers, remind=True)
    return _enrolled(slug, outcome)


def _enrolled(slug: str, outcome: Outcome) -> Response:
    """Where whoever enrolled is led."""
    if not outcome.created:
        session["enrolled"] = "again"
        return redirect(url_for("workshops.enrolled", slug=slug), 303)
    session["enrolled"] = outcome.place.enrolment.state
    session["own_link"] = token_of(outcome.place.enrolment)
    return redirect(url_for("workshops.enrolled", slug=slug), 303)


@pages.get("/events/<slug>/enrolled")
@open_to(PUBLIC)
def enrolled(slug: str) -> Response:
    """Say what became of it, and that a mail is on its way."""
    became = session.get("enrolled", "again")
    own = session.get("own_link") if became != "again" else None
    place = places.place_by_link(own) if own else None
    if place and place.enrolment.state != became:
        # Cancelled since, and the same form sent again after Back: the place says how it stands.
        return redirect(url_for("workshops.private", token=own), 303)
    mail = place.person.email if place else None
    page = render(event=event_queries.public_event(slug), became=became, own=own, mail=mail)
    return remembering(own, page) if own else page


def _enrol_page(opened: OpenWorkshop, form: EnrolForm, own: OwnPart, status: int = 200) -> Response:
    return render(
        status=status,
        template="workshops/enrol.html",
        event=opened.event,
        workshop=opened.workshop,
        free=opened.workshop.free,
        phase=places.phase(opened),
        window=opened.window,
        form=form,
        own=own,
    )

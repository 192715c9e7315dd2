"""A participant's pages: enrolling, the ticket for all eyes, the private place."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import PUBLIC, open_to
from app.core.attachments import file_response
from app.core.folding import fold_email
from app.core.forms import ActionForm
from app.core.limits import count_try, limit
from app.core.pages import render
from app.core.texts import _, language
from app.events import queries as event_queries
from app.workshops.emails import private_link
from app.workshops.forms.colleagues import ColleaguesForm
from app.workshops.forms.places import EnrolForm, EnrolmentForm, GoalsForm
from app.workshops.forms.questions import OwnPart
from app.workshops.papers import calendars, tickets
from app.workshops.queries import places, questions
from app.workshops.queries.places import OpenWorkshop, TicketedEnrolment
from app.workshops.rules.codes import shown_short
from app.workshops.services import changing, enrolling, leaving
from app.workshops.services import colleagues as colleagues_services
from app.workshops.services.enrolling import Outcome

pages = Blueprint("workshops", __name__)

# The private links this phone has opened, newest first, divided by dots.
COOKIE = "places"
COOKIE_DAYS = 300
MOST_LINKS = 8
# Whoever types somebody else's address must not be able to flood it.
EMAIL_LIMIT = "20 per hour"


@pages.get("/events/<slug>/enrol")
@open_to(PUBLIC)
def enrol(slug: str) -> Response:
    """Ask who comes."""
    opened = places.open_workshop(slug)
    return _enrol_page(opened, EnrolForm(), OwnPart(questions.own_questions(opened.workshop)))


@pages.post("/events/<slug>/enrol")
@open_to(PUBLIC)
@limit("120 per hour")
@sent_forms.once
def send_enrolment(slug: str) -> Response:
    """Enrol; whoever is enrolled already gets the ticket by mail again and sees nothing."""
    form = EnrolForm()
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
    session["own_link"] = private_link(outcome.place.enrolment.id).rpartition("/")[2]
    return redirect(url_for("workshops.enrolled", slug=slug), 303)


@pages.get("/events/<slug>/enrolled")
@open_to(PUBLIC)
def enrolled(slug: str) -> Response:
    """Say what became of it, and that a mail is on its way."""
    became = session.get("enrolled", "again")
    own = session.get("own_link") if became != "again" else None
    page = render(event=event_queries.public_event(slug), became=became, own=own)
    return _remembering(own, page) if own else page


@pages.get("/events/<slug>/enrol/colleagues")
@open_to(PUBLIC)
def colleagues(slug: str) -> Response:
    """Ask who the several are."""
    return _colleagues_page(places.open_workshop(slug), ColleaguesForm())


@pages.post("/events/<slug>/enrol/colleagues")
@open_to(PUBLIC)
@limit("20 per hour")
@sent_forms.once
def enrol_colleagues(slug: str) -> Response:
    """Enrol them all; nothing is told of who was enrolled already."""
    form = ColleaguesForm()
    if not form.accepted():
        return _colleagues_page(places.open_workshop(slug), form, 422)
    people = form.colleagues()
    for person in people:
        count_try("enrolment-mail", fold_email(person.mail), EMAIL_LIMIT)
    organisation = form.organisation.data or ""
    outcomes = colleagues_services.enrol_colleagues(
        slug, people, organisation, language(), remind=True
    )
    session["colleagues"] = len(outcomes)
    return redirect(url_for("workshops.colleagues_enrolled", slug=slug), 303)


@pages.get("/events/<slug>/enrol/colleagues/sent")
@open_to(PUBLIC)
def colleagues_enrolled(slug: str) -> Response:
    """Say that each has a letter."""
    return render(event=event_queries.public_event(slug), number=session.get("colleagues", 0))


@pages.get("/t/<code>")
@pages.get("/T/<code>")
@open_to(PUBLIC)
def ticket(code: str) -> Response:
    """The ticket for all eyes: nothing that names or changes, unless this phone has the link."""
    held, enrolment, event = places.ticket_by_code(code)
    own = _own_place(enrolment.link_hash)
    return render(
        event=event,
        ticket=held,
        enrolment=enrolment,
        qr=Markup(tickets.qr_svg(held)),  # noqa: S704 drawn by ourselves from letters and digits
        short=shown_short(held.short_code),
        own=own,
    )


@pages.get("/m/<token>")
@open_to(PUBLIC)
def private(token: str) -> Response:
    """One's own place; this phone keeps the link."""
    place = places.place_by_link(token)
    page = _private_page(token, place)
    return _remembering(token, page)


@pages.get("/m/<token>/change")
@open_to(PUBLIC)
def change(token: str) -> Response:
    """The enrolment as a form."""
    place = places.place_by_link(token)
    own = questions.own_questions(places.workshop(place.event.id))
    before = questions.sent_before(place.enrolment, own) if own else {}
    return _change_page(token, place, EnrolmentForm.of(place), OwnPart(own, before))


@pages.post("/m/<token>/change")
@open_to(PUBLIC)
@limit("60 per hour")
def send_change(token: str) -> Response:
    """Take the changes over."""
    place = places.place_by_link(token)
    form, own = EnrolmentForm(), OwnPart(questions.own_questions(places.workshop(place.event.id)))
    if not (form.accepted() and own.accepted()):
        return _change_page(token, place, form, own, 422)
    changing.change(place.enrolment.id, replace(form.changed(), answers=own.answers))
    flash(_("Your enrolment is changed."), "success")
    return redirect(url_for("workshops.private", token=token), 303)


@pages.get("/m/<token>/goals")
@open_to(PUBLIC)
def goals(token: str) -> Response:
    """The goals as a form."""
    place = places.place_by_link(token)
    written = [goal.text for goal in places.goals(place.enrolment.id)]
    return render(place=place, token=token, form=GoalsForm.of(place, written))


@pages.post("/m/<token>/goals")
@open_to(PUBLIC)
@limit("60 per hour")
def send_goals(token: str) -> Response:
    """Write the goals down."""
    place = places.place_by_link(token)
    form = GoalsForm()
    if not form.accepted():
        return render(
            status=422, template="workshops/goals.html", place=place, token=token, form=form
        )
    changing.set_goals(place.enrolment.id, form.texts(), form.show_again.data == "yes")
    flash(_("Your goals are written down."), "success")
    return redirect(url_for("workshops.private", token=token), 303)


@pages.post("/m/<token>/cancel")
@open_to(PUBLIC)
@limit("60 per hour")
def cancel(token: str) -> Response:
    """Give up the place; the next in line gets it at once."""
    leaving.cancel(places.place_by_link(token).enrolment.id)
    return redirect(url_for("workshops.private", token=token), 303)


@pages.get("/m/<token>/ticket.pdf")
@open_to(PUBLIC)
def ticket_paper(token: str) -> Response:
    """The ticket as PDF."""
    place = places.place_by_link(token)
    return file_response(tickets.ticket(str(place.ticket.id), language()))


@pages.get("/m/<token>/calendar.ics")
@open_to(PUBLIC)
def ticket_calendar(token: str) -> Response:
    """The event for one's own calendar."""
    place = places.place_by_link(token)
    return file_response(calendars.calendar(str(place.ticket.id), language()))


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


def _colleagues_page(opened: OpenWorkshop, form: ColleaguesForm, status: int = 200) -> Response:
    return render(
        status=status,
        template="workshops/colleagues.html",
        event=opened.event,
        free=opened.workshop.free,
        phase=places.phase(opened),
        window=opened.window,
        form=form,
    )


def _change_page(
    token: str, place: TicketedEnrolment, form: EnrolmentForm, own: OwnPart, status: int = 200
) -> Response:
    template = "workshops/change.html"
    return render(status, template=template, place=place, token=token, form=form, own=own)


def _private_page(token: str, place: TicketedEnrolment) -> Response:
    return render(
        place=place,
        token=token,
        position=places.position(place.enrolment),
        goals=places.goals(place.enrolment.id),
        answers=questions.told_answers(place.enrolment, language()),
        qr=Markup(tickets.qr_svg(place.ticket)),  # noqa: S704 drawn by ourselves
        short=shown_short(place.ticket.short_code),
        form=ActionForm(),
    )


def _remembered() -> list[str]:
    return [part for part in request.cookies.get(_cookie(), "").split(".") if part][:MOST_LINKS]


def _remembering(token: str, response: Response) -> Response:
    tokens = [token, *(earlier for earlier in _remembered() if earlier != token)][:MOST_LINKS]
    response.set_cookie(
        _cookie(),
        ".".join(tokens),
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=not current_app.config["OVER_LOOPBACK"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _cookie() -> str:
    return COOKIE if current_app.config["OVER_LOOPBACK"] else f"__Host-{COOKIE}"


def _own_place(link_hash: bytes | None) -> tuple[str, TicketedEnrolment] | None:
    """The place behind a shown code, if this phone has opened its private link."""
    for token in _remembered():
        if link_hash is not None and places.is_link(token, link_hash):
            return token, places.place_by_link(token)
    return None

"""Walk-ins that were noted on paper, written down afterwards; each can be taken back."""

from __future__ import annotations

from flask import current_app, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.checkin.queries.alike import Alike, alike
from app.checkin.queries.walk_ins import has_places
from app.checkin.queries.walk_ins import written_down as lines_of
from app.checkin.refusals import AlikeOnTheList
from app.checkin.services import written_down
from app.checkin.services.paper import PAPER, paper_of
from app.checkin.services.written_down import PaperLine
from app.core import clock, sent_forms
from app.core.access import open_to
from app.core.folding import fold
from app.core.numbers import moment_text
from app.core.pages import render
from app.core.texts import _
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.from_paper import FromPaperForm
from app.door.queries.terms import gates
from app.events import queries as events
from app.events.models import Event
from app.people.queries import names_of_staff
from app.workshops.rules.places import EnrolmentState


@pages.route("/<slug>/from-paper", methods=["GET", "POST"])
@open_to(*LEADS)
@sent_forms.once
def from_paper(slug: str) -> Response:
    """Write down who came in without a ticket, also long after the event."""
    event, form = events.event_by_slug(slug), FromPaperForm()
    form.offer(events.sessions(event.id), gates(event.id))
    if form.accepted():
        _write_down(event, form)
        name = form.name.data
        flash(_("%(name)s is written down and counts as having come.", name=name), "success")
        return redirect(url_for(".from_paper", slug=slug), 303)
    lines = lines_of(paper_of(event.id), event.id)
    return render(
        form.status_code,
        form=form,
        event=event,
        has_places=has_places(event.id),
        lines=lines,
        names=names_of_staff(line.actor for line in lines),
        paper=PAPER,
    )


@pages.post("/<slug>/from-paper/<scan_id>/take-back")
@open_to(*LEADS)
def take_back_from_paper(slug: str, scan_id: str) -> Response:
    """They did not come after all."""
    event = events.event_by_slug(slug)
    written_down.take_back(event.id, scan_id, clock.now(), _is_closed)
    flash(_("It is taken back and counts no more."), "success")
    return redirect(url_for(".from_paper", slug=slug), 303)


def _write_down(event: Event, form: FromPaperForm) -> None:
    line = form.line()
    near = [] if form.other.data else alike(event.id, line.person.name, line.person.mail)
    if near and not any(_is_theirs(one, line) for one in near):
        raise AlikeOnTheList(people="; ".join(_told(one) for one in near))
    written_down.write_down(event.id, line, clock.now(), _is_closed)


def _is_theirs(one: Alike, line: PaperLine) -> bool:
    """Whether it is the same person beyond doubt, whose place they get."""
    person = line.person
    return bool(person.mail) and (one.mail, fold(one.name)) == (person.mail, fold(person.name))


def _told(one: Alike) -> str:
    if one.first_at is not None:
        time = moment_text(one.first_at)
        stands = _("came in %(time)s, gate %(gate)s", time=time, gate=one.first_gate)
    elif one.place == EnrolmentState.WAITLISTED:
        stands = _("waits in line")
    else:
        stands = _("has a place, has not come")
    return f"{one.name} ({', '.join(part for part in (one.mail, stands) if part)})"


def _is_closed(year: int) -> bool:
    closed: bool = current_app.extensions["year_is_closed"](year)
    return closed

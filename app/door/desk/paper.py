"""The door list for paper, and what was ticked on it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.checkin.services.paper import admit_ticked
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.core.texts import _n
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_forms import TickForm
from app.door.queries import lead
from app.events import queries as events


@pages.route("/<slug>/list", methods=["GET", "POST"])
@open_to(*LEADS)
def paper(slug: str) -> Response:
    """The door list for paper; afterwards the ticked are entered here."""
    event, form = events.event_by_slug(slug), TickForm()
    expected, sessions = lead.door_list(event.id), list(events.sessions(event.id))
    form.offer(sessions, expected)
    if form.accepted():
        at = next(session.starts_at for session in sessions if session.id == form.session.data)
        entered = admit_ticked(event.id, form.ticked.data or [], at, clock.now())
        count = len(entered)
        flash(_n("%(n)s entered.", "%(n)s entered.", count, n=count), "success")
        return redirect(url_for(".overview", slug=slug), 303)
    rows = list(zip(expected, form.ticked, strict=True))
    return render(form=form, event=event, rows=rows, status=422 if form.errors else 200)

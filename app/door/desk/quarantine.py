"""What needs a look: conflicts, entries against the rules, and what lies in quarantine."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.checkin.queries.conflicts import conflicts as conflicts_of
from app.checkin.queries.looks import Looked, ToLookAt
from app.checkin.queries.overrides import overrides as overrides_of
from app.checkin.queries.quarantine import quarantine as quarantine_of
from app.checkin.services import reviewing, walk_in_quarantine
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.core.texts import _, _n
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_forms import ChosenForm
from app.door.wording import quarantine as quarantine_words
from app.events import queries as events


@pages.route("/<slug>/conflicts", methods=["GET", "POST"])
@open_to(*LEADS)
def conflicts(slug: str) -> Response:
    """Tickets let in twice; the ticked are marked as looked at."""
    return _to_look_at(slug, conflicts_of, reviewing.look_at)


@pages.route("/<slug>/overrides", methods=["GET", "POST"])
@open_to(*LEADS)
def overrides(slug: str) -> Response:
    """People let in against the rules; the ticked are marked as looked at."""
    return _to_look_at(slug, overrides_of, reviewing.look_at_overrides)


@pages.route("/<slug>/quarantine", methods=["GET", "POST"])
@open_to(*LEADS)
def quarantine(slug: str) -> Response:
    """What could not be taken as a scan; the ticked are taken in or quarantined as seen."""
    event, form = events.event_by_slug(slug), ChosenForm()
    every, page = _every(), _page()
    listing = quarantine_of(event.id, only_open=not every, page=page)
    form.offer(item.row.id for item in listing.rows)
    if form.accepted():
        _note_outcome(event.id, form)
        return redirect(url_for(".quarantine", slug=slug, all=every or None), 303)
    return render(
        event=event,
        form=form,
        listing=listing,
        every=every,
        here=page,
        walk_in_people={
            item.row.id: walk_in_quarantine.walk_in_person_of(item.row) for item in listing.rows
        },
        words=quarantine_words,
        status=422 if form.errors else 200,
    )


def _to_look_at(
    slug: str,
    listing_of: Callable[..., ToLookAt[Looked]],
    look: Callable[[int, Collection[str], datetime], int],
) -> Response:
    event, form = events.event_by_slug(slug), ChosenForm()
    every, page = _every(), _page()
    listing = listing_of(event.id, only_new=not every, page=page)
    form.offer(item.scan_id for item in listing.rows)
    if form.accepted():
        count = look(event.id, form.chosen.data or (), clock.now())
        flash(_n("%(num)s looked at.", "%(num)s looked at.", count), "success")
        return redirect(url_for(str(request.endpoint), slug=slug, all=every or None), 303)
    return render(
        event=event,
        form=form,
        listing=listing,
        every=every,
        here=page,
        words=quarantine_words,
        status=422 if form.errors else 200,
    )


def _note_outcome(event_id: int, form: ChosenForm) -> None:
    chosen = form.numbers()
    if request.form.get("verb") != "take":
        count = reviewing.dismiss(event_id, chosen, clock.now())
        flash(_n("%(num)s set aside as seen.", "%(num)s set aside as seen.", count), "success")
        return
    count = reviewing.take_in(event_id, chosen, clock.now())
    flash(_n("%(num)s taken in.", "%(num)s taken in.", count), "success" if count else "warning")
    if count < len(chosen):
        flash(_("The rest cannot be taken in as it is. Read what to do about it."), "warning")


def _every() -> bool:
    """Whether those that were dealt with are shown too."""
    return bool(request.args.get("all"))


def _page() -> int:
    page = request.args.get("page", default=1, type=int)
    return page if 1 <= page < 100_000 else 1

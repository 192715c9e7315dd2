"""What needs a look: conflicts, and what lies in quarantine."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.checkin import services
from app.checkin.desk.blueprint import LEADS, pages
from app.checkin.forms.desk_forms import ChosenForm
from app.checkin.queries.aside import quarantine as quarantine_of
from app.checkin.queries.conflicts import conflicts as conflicts_of
from app.checkin.rules import desk_aside
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as events


@pages.route("/<slug>/conflicts", methods=["GET", "POST"])
@open_to(*LEADS)
def conflicts(slug: str) -> Response:
    """Tickets let in twice; the ticked are marked as looked at."""
    event, form = events.event_by_slug(slug), ChosenForm()
    every, page = _every(), _page()
    found = conflicts_of(event.id, only_new=not every, page=page)
    form.offer(pair.scan_id for pair in found.pairs)
    if form.accepted():
        count = services.look_at(event.id, form.chosen.data or (), clock.now())
        flash(_n("%(num)s looked at.", "%(num)s looked at.", count), "success")
        return redirect(url_for(".conflicts", slug=slug, all=every or None), 303)
    status = 422 if form.errors else 200
    return render(event=event, form=form, found=found, every=every, here=page, status=status)


@pages.route("/<slug>/quarantine", methods=["GET", "POST"])
@open_to(*LEADS)
def quarantine(slug: str) -> Response:
    """What could not be taken as a scan; the ticked are taken in or set aside as seen."""
    event, form = events.event_by_slug(slug), ChosenForm()
    every, page = _every(), _page()
    found = quarantine_of(event.id, only_open=not every, page=page)
    form.offer(one.row.id for one in found.rows)
    if form.accepted():
        _settle(event.id, form)
        return redirect(url_for(".quarantine", slug=slug, all=every or None), 303)
    return render(
        event=event,
        form=form,
        found=found,
        every=every,
        here=page,
        newcomers={one.row.id: services.newcomer_of(one.row) for one in found.rows},
        words=desk_aside,
        status=422 if form.errors else 200,
    )


def _settle(event_id: int, form: ChosenForm) -> None:
    chosen = form.numbers()
    if request.form.get("verb") != "take":
        count = services.set_aside(event_id, chosen, clock.now())
        flash(_n("%(num)s set aside as seen.", "%(num)s set aside as seen.", count), "success")
        return
    count = services.take_in(event_id, chosen, clock.now())
    flash(_n("%(num)s taken in.", "%(num)s taken in.", count), "success" if count else "warning")
    if count < len(chosen):
        flash(_("The rest cannot be taken in as it is. Read what to do about it."), "warning")


def _every() -> bool:
    """Whether those that were dealt with are shown too."""
    return bool(request.args.get("all"))


def _page() -> int:
    page = request.args.get("page", default=1, type=int)
    return page if 1 <= page < 100_000 else 1

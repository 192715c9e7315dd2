"""One thing of the plan: made, set right, taken away, with who did what to it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import audit, sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _, local
from app.events import queries as events
from app.events.models import Event
from app.people import queries as people
from app.siteplan import wording
from app.siteplan.desk.blueprint import pages
from app.siteplan.forms.things import ThingForm, form_of
from app.siteplan.queries import beginning
from app.siteplan.queries import things as queries
from app.siteplan.queries.things import Thing
from app.siteplan.rules.kinds import FEEDERS, Kind
from app.siteplan.services import editing

KINDS = ", ".join(kind.value for kind in Kind)
ANY = f"<any({KINDS}):name>"


@pages.route(f"/<slug>/{ANY}/new", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def add(slug: str, name: str) -> Response:
    """A new zone, cabinet, tap, stall or landmark."""
    event, kind = events.event_by_slug(slug), Kind(name)
    form = form_of(kind, beginning.columns(event.id, kind), feeders_of(event.id))
    if form.carried_out(lambda: editing.add(event.id, kind, form.facts())):
        flash(_("It is on the plan now."), "success")
        return redirect(url_for(".overview", slug=slug, _anchor=name), 303)
    return render(form.status_code, event=event, kind=kind, form=form, title=wording.NEW[kind])


@pages.get(f"/<slug>/{ANY}/<int:number>")
@open_to(StaffRole.ORGANISER)
def thing(slug: str, name: str, number: int) -> Response:
    """What is known of a thing, as a form."""
    event, kind = events.event_by_slug(slug), Kind(name)
    row = queries.thing(event.id, kind, number)
    return _page(event, kind, row, _filled(kind, row))


@pages.post(f"/<slug>/{ANY}/<int:number>")
@open_to(StaffRole.ORGANISER)
def change(slug: str, name: str, number: int) -> Response:
    """Set it right; refused with the figures where somebody would be left beyond a limit."""
    event, kind = events.event_by_slug(slug), Kind(name)
    row = editing.thing_to_change(event.id, kind, number)
    form, standing = _filled(kind, row), _filled(kind, row, as_it_stands=True)
    title = title_of(kind, row)
    if not (form.accepted() and form.overwrites_only(standing)):
        return _page(event, kind, row, form)
    if form.done(lambda: editing.change(event.id, kind, number, form.facts())):
        flash(_("%(thing)s is set right.", thing=title), "success")
        return redirect(url_for(".overview", slug=slug, _anchor=name), 303)
    return _page(event, kind, row, form, title)


@pages.post(f"/<slug>/{ANY}/<int:number>/remove")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def remove(slug: str, name: str, number: int) -> Response:
    """Off the plan, while nothing hangs on it."""
    event = events.event_by_slug(slug)
    editing.remove(event.id, Kind(name), number)
    flash(_("It is off the plan."), "success")
    return redirect(url_for(".overview", slug=slug, _anchor=name), 303)


def feeders_of(event_id: int) -> dict[Kind, Any]:
    """The zones, cabinets and taps that a stall can name."""
    return {kind: queries.things(event_id, kind) for kind in FEEDERS.values()}


def title_of(kind: Kind, row: Thing) -> str:
    """The thing by its kind and name."""
    return wording.title_of(kind, getattr(row, "code", "") or local(getattr(row, "name", {})))


def _filled(kind: Kind, row: Thing, *, as_it_stands: bool = False) -> ThingForm:
    columns = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return form_of(kind, columns, feeders_of(row.event_id), as_it_stands=as_it_stands)


def _page(
    event: Event, kind: Kind, row: Thing, form: ThingForm, title: str | None = None
) -> Response:
    entries = audit.of(kind.subject, row.id)
    return render(
        form.status_code,
        "siteplan/desk/thing.html",
        event=event,
        kind=kind,
        row=row,
        form=form,
        title=title or title_of(kind, row),
        entries=entries,
        names=people.names_of_staff(entry.actor for entry in entries),
        verbs=wording.VERBS,
    )

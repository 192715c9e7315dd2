"""Many stalls at once: a row, a row copied, numbers given anew; two joined, one split."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import Form
from app.core.pages import render
from app.core.texts import Lazy, _, _l, _n
from app.events import queries as events
from app.events.models import Event
from app.siteplan.desk.blueprint import pages
from app.siteplan.desk.things import feeders_of
from app.siteplan.forms.rows import CopyRowForm, MergeForm, RowForm, SplitForm, StallsForm
from app.siteplan.queries import beginning
from app.siteplan.queries import things as queries
from app.siteplan.rules import codes
from app.siteplan.rules.kinds import Kind
from app.siteplan.services import rowing
from app.vendors.models import Stall
from app.vendors.services import reshaping

# Where a row that was drawn with the pointer begins, and how many it has: told in the address.
DRAWN = ("x", "y", "count")


@pages.route("/<slug>/row", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def row(slug: str) -> Response:
    """Twelve stalls of three metres with one between: one form."""
    event = events.event_by_slug(slug)
    drawn = {name: request.args.get(name, type=int) for name in DRAWN}
    told = {name: number for name, number in drawn.items() if number is not None}
    form = RowForm(data={**beginning.row(event.id), **told})
    form.offer(feeders_of(event.id))

    def make() -> None:
        made = rowing.add_row(event.id, form.code.data or "", form.row(), form.facts())
        flash(_n("%(num)s stall is made.", "%(num)s stalls are made.", len(made)), "success")

    return _done(event, form, make, _l("A row of stalls"), _l("Make the row"))


@pages.route("/<slug>/copy-row", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def copy_row(slug: str) -> Response:
    """The same stalls once more on another side of the street."""
    event = events.event_by_slug(slug)
    stalls = queries.things(event.id, Kind.STALL)
    after = codes.after(stalls[-1].code) if stalls else "1"
    form = CopyRowForm(data={"code": after, "x": 0, "y": 1000})
    form.offer(stalls)

    def make() -> None:
        by = form.x.data or 0, form.y.data or 0
        made = rowing.copy_row(event.id, form.stalls.data or [], form.code.data or "", by)
        flash(_n("%(num)s stall is made.", "%(num)s stalls are made.", len(made)), "success")

    return _done(event, form, make, _l("Copy stalls"), _l("Copy them"))


@pages.route("/<slug>/renumber", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def renumber(slug: str) -> Response:
    """Other numbers, in the order of the street."""
    event, form = events.event_by_slug(slug), StallsForm(data={"code": "1"})
    form.offer(queries.things(event.id, Kind.STALL))

    def make() -> None:
        done = rowing.renumber(event.id, form.stalls.data or [], form.code.data or "")
        flash(
            _n("%(num)s stall is numbered.", "%(num)s stalls are numbered.", len(done)), "success"
        )

    return _done(event, form, make, _l("Number stalls anew"), _l("Number them"))


@pages.route("/<slug>/stalls/<int:number>/merge", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def merge(slug: str, number: int) -> Response:
    """Two neighbours become one wide stall."""
    event, stall = _stall(slug, number)
    form = MergeForm()
    form.offer(queries.neighbours(stall))

    def make() -> None:
        reshaping.merge(number, form.other.data)
        flash(_("Stall %(code)s is one wide stall now.", code=stall.code), "success")

    heading = _l("Join stall %(code)s with its neighbour", code=stall.code)
    return _done(event, form, make, heading, _l("Join them"))


@pages.route("/<slug>/stalls/<int:number>/split", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def split(slug: str, number: int) -> Response:
    """One wide stall becomes two."""
    event, stall = _stall(slug, number)
    joined = queries.joined_to(stall)
    code = joined.code if joined else codes.after(stall.code)
    form = SplitForm(data={"first_cm": stall.frontage_cm // 2, "code": code})

    def make() -> None:
        rowing.split(event.id, number, form.first_cm.data or 0, form.code.data or "")
        flash(_("Stall %(code)s is two stalls now.", code=stall.code), "success")

    heading = _l("Split stall %(code)s in two", code=stall.code)
    return _done(event, form, make, heading, _l("Split it"))


def _stall(slug: str, number: int) -> tuple[Event, Stall]:
    event = events.event_by_slug(slug)
    stall: Stall = queries.thing(event.id, Kind.STALL, number)
    return event, stall


def _done(
    event: Event, form: Form, make: Callable[[], None], heading: Lazy, button: Lazy
) -> Response:
    """The form's page, or, where it is done, the plan."""
    if form.carried_out(make):
        return redirect(url_for(".overview", slug=event.slug, _anchor="stalls"), 303)
    return render(
        form.status_code,
        "siteplan/desk/row.html",
        event=event,
        form=form,
        heading=heading,
        button=button,
    )

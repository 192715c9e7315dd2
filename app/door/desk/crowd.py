"""People without tickets: how many came, how many are inside, the limit, corrections."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.checkin.services import terms
from app.core import sent_forms
from app.core.access import open_to
from app.core.pages import render
from app.core.texts import _
from app.crowd.queries import corrections, tallies
from app.crowd.rules.estimates import Passages
from app.crowd.services.corrections import correct
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_terms import INSIDE_NAMES, CorrectionForm, LimitForm
from app.door.queries.overview import crowd_rows
from app.door.queries.terms import door_rules, gates
from app.events import queries as events
from app.events.models import Event


@pages.route("/<slug>/crowd", methods=["GET", "POST"])
@open_to(*LEADS)
@sent_forms.once
def crowd(slug: str) -> Response:
    """What the counters say; corrections are made here."""
    event, form = events.event_by_slug(slug), CorrectionForm()
    form.offer(gates(event.id))
    if form.accepted():
        by = Passages(form.entered.data or 0, form.left.data or 0)
        correct(event.id, form.gate.data, by, form.reason.data or "")
        flash(_("The count is corrected."), "success")
        return redirect(url_for(".crowd", slug=slug), 303)
    return _shown(event, form, None)


@pages.post("/<slug>/crowd/limit")
@open_to(*LEADS)
def limit(slug: str) -> Response:
    """How many the place holds, whom that looks at, and when to warn."""
    event, form = events.event_by_slug(slug), LimitForm()
    if not form.may_replace(lambda: terms.held_rule(event)):
        return _shown(event, None, form)
    terms.set_terms(event.id, form.terms())
    flash(_("Saved. The doors go by it within seconds."), "success")
    return redirect(url_for(".crowd", slug=slug), 303)


def _shown(event: Event, corrected: CorrectionForm | None, limited: LimitForm | None) -> Response:
    rule = door_rules(event.id).get("")
    counted = tallies.counted(event.id)
    if corrected is None:
        corrected = CorrectionForm(formdata=None)
        corrected.offer(gates(event.id))
    if limited is None:
        limited = LimitForm.over(rule, None)
    return render(
        template="door/desk/crowd.html",
        inside=INSIDE_NAMES,
        event=event,
        form=corrected,
        limit=limited,
        counted=counted,
        rows=crowd_rows(counted),
        corrections=corrections.corrections(event.id),
        status=max(corrected.status_code, limited.status_code),
    )

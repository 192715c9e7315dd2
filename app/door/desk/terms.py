"""When and whom each gate lets in."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.checkin.rules.intake import line_or_nothing
from app.checkin.services import terms as terms_services
from app.checkin.services.terms import set_terms
from app.core.access import open_to
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _
from app.devices.rules.doors import LONGEST_GATE
from app.door.desk.blueprint import LEADS, pages
from app.door.forms.desk_terms import (
    ENTRY_NAMES,
    KIND_NAMES,
    EventTermsForm,
    GateForm,
    TermsForm,
    session_text,
)
from app.door.queries.terms import door_rules, gates
from app.events import queries as events


@pages.route("/<slug>/terms", methods=["GET", "POST"])
@open_to(*LEADS)
def terms(slug: str) -> Response:
    """The terms of all gates, and of those that have their own."""
    event, form = events.event_by_slug(slug), GateForm()
    if form.accepted():
        return redirect(url_for(".gate_terms", slug=slug, gate=form.gate.data), 303)
    rules = door_rules(event.id)
    sessions = events.sessions(event.id)
    return render(
        form=form,
        event=event,
        rules=rules,
        without=[gate for gate in gates(event.id) if gate not in rules],
        sessions={session.id: session_text(session) for session in sessions},
        kinds=KIND_NAMES,
        entries=ENTRY_NAMES,
        status=422 if form.errors else 200,
    )


@pages.route("/<slug>/terms/gate", methods=["GET", "POST"])
@open_to(*LEADS)
def gate_terms(slug: str) -> Response:
    """The terms of one gate; those of all stand under the empty name."""
    event = events.event_by_slug(slug)
    gate = _gate()
    shape = TermsForm if gate else EventTermsForm
    rule = door_rules(event.id).get(gate)
    form = shape.over(rule)
    form.offer(event, events.sessions(event.id))
    if form.may_replace(lambda: terms_services.held_rule(event, gate)):
        set_terms(event.id, form.terms(), gate)
        flash(_("Saved. Every phone learns it within seconds, or when it has network."), "success")
        return redirect(url_for(".terms", slug=slug), 303)
    return render(form.status_code, form=form, event=event, gate=gate, rule=rule)


@pages.post("/<slug>/terms/clear")
@open_to(*LEADS)
def clear_terms(slug: str) -> Response:
    """Let a gate go by the terms of all again."""
    event = events.event_by_slug(slug)
    terms_services.clear_terms(event.id, _gate())
    flash(_("The gate goes by the terms of all gates again."), "success")
    return redirect(url_for(".terms", slug=slug), 303)


def _gate() -> str:
    """The gate of the address, written as a gate may be; raises NotFound."""
    gate = request.args.get("gate", "")
    if line_or_nothing(gate, LONGEST_GATE) != gate:
        raise NotFound
    return gate

"""Beginning, saving, sending in and changing an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.applications import emails, refusals
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules import answers, moves, states
from app.applications.rules.answers import Needs
from app.applications.rules.moves import Shut
from app.applications.rules.states import Role, State
from app.applications.services.rows import locked, note, owned
from app.core import clock
from app.core.database import db, insert_once
from app.core.numbers import day_text
from app.events import queries as events
from app.events.models import Event
from app.events.rules import Phase, Purpose
from app.organisations import queries as organisations
from app.organisations import rules as organisation_rules
from app.organisations.models import Organisation
from app.organisations.rules import Actor


def begin(actor: Actor, event_id: int, organisation_id: int, role: Role) -> Application:
    """A draft for the organisation, or the live application it has already."""
    organisation = organisations.organisation_for(actor, organisation_id)
    event = events.event(event_id)
    existing = asking.live_one(event_id, organisation_id, role)
    if existing is not None:
        return existing
    _refuse_what_is_not_offered(event, organisation, role)
    made = _insert(event_id, organisation_id, role, state=State.DRAFT, on_behalf_by=actor.staff_id)
    note(made, "begun", actor)
    return made


def save_draft(actor: Actor, application_id: int, typed: Mapping[str, list[str]]) -> Application:
    """Keep what was typed, valid or not; other fields stay as they were."""
    kept = _editable(actor, application_id)
    kept.draft = answers.kept_values(kept.written, typed)
    return kept


def submit(
    actor: Actor, application_id: int, details: Mapping[str, Any], needs: Needs
) -> Application:
    """Send in the checked answers: the first time, or again after editing.

    Sending twice is the same as once. Editing never costs the place; what changed after a place
    was given asks the team for a new look.
    """
    kept = _editable(actor, application_id)
    if kept.state == State.DRAFT:
        _enter(kept)
        _write(kept, details, needs)
        emails.tell("received_late" if kept.reason else "received", kept, rank=asking.rank(kept))
        note(kept, "submitted", actor)
    elif kept.draft is not None:
        _revise(kept, details, needs, actor)
    return kept


def place(
    event_id: int,
    organisation_id: int,
    role: Role,
    needs: Needs | None = None,
    details: Mapping[str, Any] | None = None,
) -> Application:
    """An accepted application without form or letter, for worlds that are built by commands."""
    now = clock.now()
    kept = _insert(
        event_id,
        organisation_id,
        role,
        state=State.ACCEPTED,
        submitted_at=now,
        decided_at=now,
        seen=dict(details or {}),
    )
    _write(kept, details or {}, needs or Needs())
    kept.seen_name = kept.organisation.name
    note(kept, "placed")
    db.session.flush()
    return kept


def _insert(event_id: int, organisation_id: int, role: Role, **values: Any) -> Application:
    """The row; where another request was first, theirs (one live application a role)."""
    insert_once(
        Application,
        event_id=event_id,
        organisation_id=organisation_id,
        role=role,
        created_at=clock.now(),
        **values,
    )
    made = asking.live_one(event_id, organisation_id, role)
    if made is None:
        raise refusals.WrongRole
    return made


def _refuse_what_is_not_offered(event: Event, organisation: Organisation, role: Role) -> None:
    window = events.window(event.id, Purpose.APPLICATIONS)
    offered = window is not None and event.has.applications
    if not offered or organisation.kind not in states.KINDS_FOR[role]:
        raise refusals.WrongRole
    if window is not None and events.phase(window, clock.now()) == Phase.CLOSED:
        raise refusals.ApplicationsClosed(day=day_text(window.shutdown_at))


def _editable(actor: Actor, application_id: int) -> Application:
    kept = owned(actor, application_id)
    if not moves.may_edit(kept.state, clock.now(), kept.event.starts_at):
        raise refusals.TooLateToChange
    return kept


def _enter(kept: Application) -> None:
    if organisation_rules.missing(kept.organisation.facts):
        raise refusals.ProfileMissing
    now = clock.now()
    window = events.window(kept.event_id, Purpose.APPLICATIONS)
    if window is None:
        raise refusals.WrongRole
    entry = moves.entry(events.phase(window, now), window.waiting_list)
    if isinstance(entry, Shut):
        days = day_text(window.opens_at), day_text(window.shutdown_at)
        raise refusals.shut_out(entry, *days)
    kept.state, kept.reason = entry.state, entry.reason or ""
    kept.submitted_at = now
    kept.waitlisted_at = now if entry.state == State.WAITLISTED else None


def _write(kept: Application, details: Mapping[str, Any], needs: Needs) -> None:
    kept.details, kept.draft = dict(details), None
    kept.power_amp, kept.phases = needs.power_amp, needs.phases
    kept.water, kept.gas = needs.water, needs.gas
    kept.frontage_cm = needs.frontage_cm
    db.session.flush()


def _revise(kept: Application, details: Mapping[str, Any], needs: Needs, actor: Actor) -> None:
    changed = answers.changes(kept.details, details)
    _write(kept, details, needs)
    if not changed:
        return
    kept.needs_look = kept.needs_look or kept.state in states.HAS_PLACE
    emails.tell("changed", kept)
    note(kept, "changed", actor, fields=changed)


def looked_at(application_id: int) -> Application:
    """The application under its lock with what it says now noted as seen by the team."""
    kept = locked(application_id)
    kept.seen, kept.seen_name, kept.needs_look = kept.details, kept.organisation.name, False
    return kept

"""Beginning, saving, sending in and changing an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.applications import emails, refusals
from app.applications.emails import ApplicationLetter
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules import answers, moves, states
from app.applications.rules.answers import Needs
from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.moves import Shut
from app.applications.rules.states import Role, State
from app.applications.services.rows import locked, note, owned, refuse_called_off
from app.core import clock, merging
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
    refuse_called_off(event_id)
    _refuse_what_is_not_offered(event, organisation, role)
    made = _insert(event_id, organisation_id, role, state=State.DRAFT, on_behalf_by=actor.staff_id)
    note(made, ApplicationVerb.BEGUN, actor)
    return made


def save_draft(actor: Actor, application_id: int, typed: Mapping[str, list[str]]) -> Application:
    """Keep what was typed, valid or not; other fields stay as they were.

    Of an application that was sent in, only what says something else than before is kept.
    """
    return save_page(actor, application_id, typed, "")[0]


def save_page(
    actor: Actor, application_id: int, typed: Mapping[str, list[str]], seen: str
) -> tuple[Application, list[str]]:
    """save_draft for a page that had `seen` these marks; the fields that it may not overwrite,
    for another page changed them meanwhile."""
    application = _editable(actor, application_id)
    merged = merging.merge(application.written, typed, seen)
    written = answers.kept_values(application.written, merged.kept)
    same = application.state != State.DRAFT and not answers.differs(application.details, written)
    application.draft = None if same else written
    return application, merged.clashes


def discard_changes(actor: Actor, application_id: int) -> Application:
    """Forget corrections that were not sent: what was sent in stands as it was."""
    application = _editable(actor, application_id)
    if application.has_unsent_changes:
        application.draft = None
        note(application, ApplicationVerb.DISCARDED, actor)
    return application


def submit(
    actor: Actor, application_id: int, details: Mapping[str, object], needs: Needs
) -> Application:
    """Send in the checked answers: the first time, or again after editing.

    Sending twice is the same as once. Editing never costs the place; what changed after a place
    was given asks the team for a new look.
    """
    refuse_called_off(asking.application_for(actor, application_id).event_id)
    application = _editable(actor, application_id)
    if application.state == State.DRAFT:
        _enter(application)
        _write(application, details, needs)
        emails.tell(
            ApplicationLetter.RECEIVED_LATE if application.reason else ApplicationLetter.RECEIVED,
            application,
            rank=asking.rank(application),
        )
        note(application, ApplicationVerb.SUBMITTED, actor)
    elif application.draft is not None:
        _revise(application, details, needs, actor)
    return application


def grant_place(
    event_id: int,
    organisation_id: int,
    role: Role,
    needs: Needs | None = None,
    details: Mapping[str, object] | None = None,
) -> Application:
    """An accepted application without form or letter, for worlds that are built by commands."""
    now = clock.now()
    application = _insert(
        event_id,
        organisation_id,
        role,
        state=State.ACCEPTED,
        submitted_at=now,
        decided_at=now,
        seen=dict(details or {}),
    )
    _write(application, details or {}, needs or Needs())
    application.seen_name = application.organisation.name
    note(application, ApplicationVerb.PLACED)
    db.session.flush()
    return application


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
    window = asking.window_of(event)
    if window is None or organisation.kind not in states.KINDS_FOR[role]:
        raise refusals.WrongRole
    if events.phase(window, clock.now()) == Phase.CLOSED:
        raise refusals.ApplicationsClosed(day=day_text(window.shutdown_at))


def _editable(actor: Actor, application_id: int) -> Application:
    application = owned(actor, application_id)
    if not moves.may_edit(application.state, clock.now(), application.event.starts_at):
        raise refusals.TooLateToChange
    return application


def _enter(application: Application) -> None:
    if organisation_rules.missing(application.organisation.facts):
        raise refusals.ProfileMissing(organisation_id=application.organisation_id)
    now = clock.now()
    window = events.window(application.event_id, Purpose.APPLICATIONS)
    if window is None:
        raise refusals.WrongRole
    entry = moves.entry(events.phase(window, now), window.waiting_list)
    if isinstance(entry, Shut):
        days = day_text(window.opens_at), day_text(window.shutdown_at)
        raise refusals.shut_out(entry, *days)
    application.state, application.reason = entry.state, entry.reason or ""
    application.submitted_at = now
    application.waitlisted_at = now if entry.state == State.WAITLISTED else None


def _write(application: Application, details: Mapping[str, object], needs: Needs) -> None:
    application.details, application.draft = dict(details), None
    application.power_amp, application.phases = needs.power_amp, needs.phases
    application.water, application.gas = needs.water, needs.gas
    application.frontage_cm = needs.frontage_cm
    db.session.flush()


def _revise(
    application: Application, details: Mapping[str, object], needs: Needs, actor: Actor
) -> None:
    changed = answers.changes(application.details, details)
    _write(application, details, needs)
    if not changed:
        return
    application.needs_look = application.needs_look or application.state in states.HAS_PLACE
    emails.tell(ApplicationLetter.CHANGED, application)
    note(application, ApplicationVerb.CHANGED, actor, fields=changed)


def looked_at(application_id: int) -> Application:
    """The application under its lock with what it says now noted as seen by the team."""
    application = locked(application_id)
    application.seen = application.details
    application.seen_name = application.organisation.name
    application.needs_look = False
    return application

"""What two persons or organisations have, side by side, and where they clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.advisory.models import AdvisoryTask
from app.applications.models import Application
from app.core.database import Base, db
from app.core.texts import local
from app.events.models import Event
from app.merging import wording
from app.organisations import queries as organisations
from app.organisations.models import Organisation, Representative
from app.people.models import Person
from app.surveys.models import Invitation
from app.workshops.queries.doubles import places_of_person
from app.workshops.queries.places import TicketedEnrolment


@dataclass(frozen=True)
class PersonSide:
    """One of two persons."""

    person: Person
    places: Sequence[TicketedEnrolment]
    acts_for: Sequence[str]
    advice: int
    surveys: Sequence[int]


@dataclass(frozen=True)
class OrganisationSide:
    """One of two organisations."""

    organisation: Organisation
    facts: dict[str, object]
    people: Sequence[Representative]
    applications: Sequence[str]


def person_side(person: Person) -> PersonSide:
    """What a person has."""
    acting = (
        select(Organisation.name)
        .join(Representative, Representative.organisation_id == Organisation.id)
        .where(Representative.person_id == person.id, Representative.ended_at.is_(None))
    )
    asked = select(func.count()).where(AdvisoryTask.person_id == person.id)
    waves = select(Invitation.wave_id).where(Invitation.person_id == person.id)
    return PersonSide(
        person,
        places_of_person(person.id),
        db.session.scalars(acting.order_by(Organisation.sort_text, Organisation.id)).all(),
        int(db.session.scalar(asked) or 0),
        db.session.scalars(waves.order_by(Invitation.wave_id)).all(),
    )


def organisation_side(organisation: Organisation) -> OrganisationSide:
    """What an organisation has."""
    applied = (
        select(Event.title)
        .join(Application, Application.event_id == Event.id)
        .where(Application.organisation_id == organisation.id)
        .order_by(Event.starts_at.desc(), Application.id)
    )
    return OrganisationSide(
        organisation,
        facts_of(organisation),
        organisations.representatives(organisation.id),
        [local(title) for title in db.session.scalars(applied)],
    )


def what_moves(kind: str, gone_id: int) -> list[tuple[str, int]]:
    """How much of each thing that points at the one becomes the other's; nothing is left out.

    `kind` is the column that points: person_id or organisation_id.
    """
    pointing = [name for name in wording.FOLLOWING_NAMES if name.endswith(f".{kind}")]
    counted = []
    for name in pointing:
        table = Base.metadata.tables[name.partition(".")[0]]
        own = select(func.count()).select_from(table).where(table.c[kind] == gone_id)
        counted.append(own.scalar_subquery())
    return list(zip(pointing, db.session.execute(select(*counted)).one(), strict=True))


def facts_of(organisation: Organisation) -> dict[str, object]:
    """All that an organisation tells of itself."""
    return {**organisation.facts, "cvr": organisation.cvr}

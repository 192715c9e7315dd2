"""Who was invited in a wave, what they were asked about, and how far it came."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select

from app.advisory.models import AdvisoryTask
from app.core.database import db
from app.events.models import Event
from app.lists.finding import text_holds
from app.people.models import Person
from app.surveys.models import Invitation
from app.surveys.rules import Disposition

Invited = tuple[Invitation, Person | None, Event | None, AdvisoryTask | None]


def numbers(wave_id: int) -> Select[int]:
    """The numbers of a wave's invitations, with what a list of them is ordered by."""
    joined = (
        select(Invitation.id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .outerjoin(Event, Event.id == Invitation.event_id)
    )
    return joined.where(Invitation.wave_id == wave_id)


def numbered(invitation_ids: Collection[int]) -> Sequence[Invited]:
    """The invitations with these numbers."""
    rows = db.session.execute(
        select(Invitation, Person, Event, AdvisoryTask)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .outerjoin(Event, Event.id == Invitation.event_id)
        .outerjoin(AdvisoryTask, AdvisoryTask.id == Invitation.task_id)
        .where(Invitation.id.in_(invitation_ids))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def named(wave_id: int, words: str) -> list[int]:
    """The invitations of those whose name or address holds each of the words, folded."""
    rows = db.session.execute(
        select(Invitation.id, Person.name, Person.email)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave_id)
    )
    return [number for number, name, mail in rows if text_holds(f"{name} {mail or ''}", words)]


def letters_that_came_back(wave_id: int, invitation_ids: Collection[int]) -> list[int]:
    """The letters of those of these invitations whose mail came back."""
    letters = db.session.scalars(
        select(Invitation.letter_id).where(
            Invitation.wave_id == wave_id,
            Invitation.id.in_(invitation_ids),
            Invitation.disposition == Disposition.BOUNCED,
        )
    )
    return [letter_id for letter_id in letters if letter_id is not None]

"""Named reads of letters to many: the letters, whom they reach, how far they have come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.core import audit
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.refusals import NotFound
from app.events.models import Event
from app.mailings.models import Mailing, MailingLetter, Recipient
from app.mailings.rules.states import About
from app.people.models import Staff
from app.post import undelivered

LONGEST_LIST = 100


@dataclass(frozen=True, slots=True)
class Done:
    """One line of a letter's trail, with the name of who did it."""

    entry: audit.AuditEntry
    name: str


def mailing(mailing_id: int) -> Mailing:
    """The letter to many with this number, its event with it; raises NotFound."""
    wanted = select(Mailing).where(Mailing.id == mailing_id).options(joinedload(Mailing.event))
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def numbers() -> Select[int]:
    """The numbers of all letters to many, with the event that a list orders them by."""
    return select(Mailing.id).join(Event, Event.id == Mailing.event_id)


def numbered(mailing_ids: Collection[int]) -> Sequence[Row[Mailing, int]]:
    """The letters to many with these numbers, with how many were chosen."""
    chosen = (
        select(func.count()).where(Recipient.mailing_id == Mailing.id).correlate(Mailing)
    ).scalar_subquery()
    wanted = select(Mailing, chosen).options(joinedload(Mailing.event))
    return db.session.execute(wanted.where(Mailing.id.in_(mailing_ids))).all()


def events_written_about() -> Sequence[Event]:
    """The events that some letter to many is about, the newest first."""
    about = select(Event).where(Event.id.in_(select(Mailing.event_id)))
    return db.session.scalars(about.order_by(Event.starts_at.desc(), Event.id)).all()


def subject_ids(mailing_id: int) -> list[int]:
    """The numbers of those it is written for."""
    wanted = select(Recipient.subject_id).where(Recipient.mailing_id == mailing_id)
    return list(db.session.scalars(wanted.order_by(Recipient.subject_id)))


def counts(mailing_id: int) -> dict[str, int]:
    """How many of its letters stand in each state; one that stands with two is counted once."""
    ids = select(MailingLetter.letter_id).where(MailingLetter.mailing_id == mailing_id)
    wanted = select(Letter.state, func.count()).where(Letter.id.in_(ids)).group_by(Letter.state)
    return {str(state): count for state, count in db.session.execute(wanted)}


def letters(mailing_id: int) -> Sequence[Row[MailingLetter, Letter]]:
    """Its single letters with whom each stands with, oldest first."""
    wanted = (
        select(MailingLetter, Letter)
        .join(Letter, Letter.id == MailingLetter.letter_id)
        .where(MailingLetter.mailing_id == mailing_id)
        .order_by(Letter.id, MailingLetter.subject_id)
    )
    return db.session.execute(wanted).all()


def letters_numbered(letter_ids: Collection[int]) -> Sequence[Letter]:
    """The letters with these numbers."""
    return db.session.scalars(select(Letter).where(Letter.id.in_(letter_ids))).all()


def reached(mailing_id: int) -> set[tuple[int, str]]:
    """Whom it has gone to or is on its way to, as pairs of recipient and address."""
    return {
        (row[0].subject_id, row[1].email)
        for row in letters(mailing_id)
        if row[1].state != LetterState.CALLED_BACK
    }


def standing_with(about: About, subject_id: int) -> Sequence[Row[Mailing, Letter]]:
    """The letters that stand with one application or one place, the newest first."""
    wanted = (
        select(Mailing, Letter)
        .join(MailingLetter, MailingLetter.mailing_id == Mailing.id)
        .join(Letter, Letter.id == MailingLetter.letter_id)
        .where(Mailing.about == about, MailingLetter.subject_id == subject_id)
        .order_by(Letter.id.desc())
    )
    return db.session.execute(wanted).all()


def waiting_for(about: About, subject_ids: Collection[int]) -> list[int]:
    """The letters that have not left yet and stand with these applications or places alone."""
    other = aliased(MailingLetter)
    shared = exists().where(
        other.letter_id == MailingLetter.letter_id, other.subject_id.not_in(subject_ids)
    )
    wanted = (
        select(Letter.id)
        .join(MailingLetter, MailingLetter.letter_id == Letter.id)
        .join(Mailing, Mailing.id == MailingLetter.mailing_id)
        .where(
            MailingLetter.subject_id.in_(subject_ids),
            Mailing.about == about,
            Letter.state == LetterState.WAITING,
            ~shared,
        )
    )
    return list(db.session.scalars(wanted))


def done(mailing_id: int) -> list[Done]:
    """What was done to it, by whom, oldest first."""
    return _named(audit.of("mailing", mailing_id))


def sent_again() -> list[tuple[Done, str]]:
    """Which letters somebody had sent again, the newest first, with the address."""
    statement = (
        select(audit.AuditEntry, Letter.email)
        .outerjoin(Letter, Letter.id == audit.AuditEntry.subject_id)
        .where(audit.AuditEntry.subject == undelivered.SUBJECT)
        .order_by(audit.AuditEntry.id.desc())
        .limit(LONGEST_LIST)
    )
    rows = db.session.execute(statement).all()
    done = _named([entry for entry, _ in rows])
    return [(line, email or "") for line, (_, email) in zip(done, rows, strict=True)]


def _named(entries: Sequence[audit.AuditEntry]) -> list[Done]:
    numbers = {int(one.actor.partition(":")[2]) for one in entries if one.actor[:6] == "staff:"}
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(numbers)))
    names = {f"staff:{row.id}": row.name for row in rows}
    return [Done(one, names.get(one.actor) or one.actor) for one in entries]

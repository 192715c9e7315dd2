"""Choosing recipients, writing, sending and calling back a letter to many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from app.core import audit, clock, outbox
from app.core.database import db
from app.core.languages import DEFAULT
from app.core.outbox import Letter, LetterState
from app.mailings import emails, queries
from app.mailings.models import Mailing, MailingLetter, Recipient
from app.mailings.refusals import NobodyToWriteTo, NothingWritten, SentAlready, TooLateToCallBack
from app.mailings.rules.audited import MailingVerb
from app.mailings.rules.filling import Addressee, Planned
from app.mailings.rules.states import About, MailingState
from app.people.models import Person
from app.post import undelivered


def begin(event_id: int, about: About, subject_ids: Collection[int], staff_id: int) -> Mailing:
    """A letter without words to the chosen of one event's list."""
    made = Mailing(event_id=event_id, about=about, staff_id=staff_id, created_at=clock.now())
    db.session.add(made)
    db.session.flush()
    db.session.add_all(Recipient(mailing_id=made.id, subject_id=one) for one in set(subject_ids))
    audit.record("mailing", made.id, MailingVerb.BEGUN, recipients=len(set(subject_ids)))
    return made


def held_words(mailing_id: int) -> Mailing:
    """The letter to many with its words of now; nobody else writes them until the end."""
    return _open(mailing_id)


def write(mailing_id: int, subjects: Mapping[str, str], texts: Mapping[str, str]) -> None:
    """Keep its words, by language; a sent letter must be called back first."""
    kept = _open(mailing_id)
    kept.subjects = {one: said for one, said in subjects.items() if said}
    kept.texts = {one: said for one, said in texts.items() if said}
    audit.record("mailing", kept.id, MailingVerb.WRITTEN, languages=sorted(kept.texts))


def send(mailing_id: int, addressees: Sequence[Addressee], leaves_at: datetime) -> int:
    """Make its letters, to leave at that moment; how many."""
    kept = _open(mailing_id)
    if not kept.texts.get(DEFAULT):
        raise NothingWritten
    letters = emails.letters_of(kept, addressees)
    if not letters:
        raise NobodyToWriteTo
    _post(kept, letters, leaves_at)
    kept.state, kept.leaves_at = MailingState.SENT, leaves_at
    audit.record("mailing", kept.id, MailingVerb.SENT, letters=len(letters))
    return len(letters)


def send_again(letter_id: int) -> int:
    """Let one lost letter leave once more, to the address that its person has by now."""
    _readdress(Letter.id == letter_id)
    return undelivered.send_again(letter_id)


def send_ticked_again(letter_ids: Collection[int]) -> int:
    """The same with several; how many were lost and leave now."""
    return sum(send_again(letter_id) for letter_id in letter_ids)


def send_all_again(state: LetterState) -> int:
    """The same with all that were given up, or all that came back."""
    _readdress(Letter.state == state)
    return undelivered.send_all_again(state)


def call_back(mailing_id: int) -> int:
    """Take back whatever has not left yet; the number. It can then be changed and sent again."""
    kept = _locked(mailing_id)
    waiting = [row[1].id for row in queries.letters(kept.id) if row[1].state == LetterState.WAITING]
    number = outbox.call_back(sorted(set(waiting)))
    if not number:
        raise TooLateToCallBack
    kept.state = MailingState.CALLED_BACK
    audit.record("mailing", kept.id, MailingVerb.CALLED_BACK, letters=number)
    return number


def let_go(about: About, subject_ids: Collection[int]) -> list[int]:
    """Whoever leaves the list gets no letter any more that waits for its time; which they were.

    One that stands with somebody else as well leaves all the same.
    """
    waiting = queries.waiting_for(about, subject_ids)
    if waiting:
        outbox.call_back(waiting)
    return waiting


def take_up_again(letter_ids: Collection[int]) -> None:
    """What was let go leaves after all, at its own time."""
    back = update(Letter).where(Letter.id.in_(letter_ids), Letter.state == LetterState.CALLED_BACK)
    db.session.execute(back.values(state=LetterState.WAITING))


def discard(mailing_id: int) -> None:
    """Drop a letter that was never sent."""
    kept = _locked(mailing_id)
    if kept.state != MailingState.DRAFT:
        raise SentAlready
    db.session.execute(delete(Recipient).where(Recipient.mailing_id == kept.id))
    db.session.delete(kept)
    audit.record("mailing", mailing_id, MailingVerb.DISCARDED)


def _post(kept: Mailing, letters: Sequence[Planned], leaves_at: datetime) -> None:
    """Into the outbox, all with one flush: meanwhile nobody else can write to SQLite."""
    written = [(one, emails.post(one, leaves_at)) for one in letters]
    db.session.flush()
    db.session.add_all(
        MailingLetter(mailing_id=kept.id, subject_id=number, letter_id=letter.id)
        for one, letter in written
        for number in one.subject_ids
    )


def _locked(mailing_id: int) -> Mailing:
    """The letter to many, held by this transaction alone; raises NotFound."""
    db.session.execute(select(Mailing.id).where(Mailing.id == mailing_id).with_for_update())
    kept = queries.mailing(mailing_id)
    db.session.refresh(kept, ["state", "subjects", "texts", "leaves_at"])
    return kept


def _open(mailing_id: int) -> Mailing:
    kept = _locked(mailing_id)
    if kept.state == MailingState.SENT:
        raise SentAlready
    return kept


def _readdress(condition: ColumnElement[bool]) -> None:
    corrected = update(Letter).where(
        condition,
        Letter.state.in_(undelivered.LOST),
        Letter.person_id == Person.id,
        Letter.email != Person.email,
    )
    db.session.execute(
        corrected.values(email=Person.email).execution_options(synchronize_session=False)
    )

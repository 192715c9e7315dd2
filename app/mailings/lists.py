"""The lists of letters: those to many, each single one, those that did not arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, true

from app.core.folding import sort_key
from app.core.outbox import Letter, LetterState
from app.core.searching import LONGEST_SEARCH
from app.core.texts import Lazy, _l, local
from app.events.models import Event
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.mailings import queries, wording
from app.mailings.models import Mailing, MailingLetter
from app.mailings.rules import filling
from app.mailings.rules.filling import Addressee
from app.post import undelivered

STATES: dict[str, Lazy] = {str(state): text for state, text in wording.STATES.items()}
ROWS: StoredRows[Row[Mailing, int]] = StoredRows(
    queries.numbers(), queries.numbered, lambda row: row[0].id
)


def subject(mailing: Mailing) -> str:
    """What the letter is called; empty while it has no words."""
    return filling.titled(local(mailing.subjects), local(mailing.event.title))


MAILINGS: ListOf[Row[Mailing, int]] = ListOf(
    "breve",
    columns=(
        Column("subject", _l("Subject"), lambda row: subject(row[0])),
        Column(
            "event",
            _l("Event"),
            lambda row: local(row[0].event.title),
            order=(Event.starts_at, Event.id),
        ),
        Column("state", _l("State"), lambda row: str(STATES[row[0].state]), order=(Mailing.state,)),
        Column("chosen", _l("Chosen"), lambda row: row[1], numeric=True),
        Column(
            "leaves",
            _l("Leaves"),
            lambda row: row[0].leaves_at,
            order=(Mailing.leaves_at,),
            falls=True,
        ),
        Column("made", _l("Newest"), order=(Mailing.id,), falls=True, on_page=False),
    ),
    sort="-made",
    filters=(
        Filter(
            "event",
            _l("Event"),
            lambda slug: (
                Mailing.event_id == select(Event.id).where(Event.slug == slug).scalar_subquery()
            ),
        ),
        Filter("state", _l("State"), lambda state: Mailing.state == state, STATES),
    ),
)


def choices() -> dict[str, dict[str, str]]:
    """The events that letters were written about."""
    return {"event": {event.slug: local(event.title) for event in queries.events_written_about()}}


LETTER_STATES = wording.LETTER_STATES
LOST_STATES = {str(state): LETTER_STATES[state] for state in undelivered.LOST}


def _sought(words: str) -> ColumnElement[bool]:
    """Each word in the address or the subject: an address is kept as it is typed, not by sound."""
    asked = words[:LONGEST_SEARCH].split()
    return and_(
        true(),
        *[
            or_(
                Letter.email.contains(word.casefold(), autoescape=True),
                Letter.subject.icontains(word, autoescape=True),
            )
            for word in asked
        ],
    )


def _said(letter: Letter) -> str:
    return f"{letter.failed_code or ''} {letter.last_error or ''}".strip()


_MAIL: Column[Letter] = Column(
    "mail", _l("Mail"), lambda letter: letter.email, order=(Letter.email,)
)
_SUBJECT: Column[Letter] = Column("subject", _l("Subject"), lambda letter: letter.subject)
_WRITTEN: Column[Letter] = Column(
    "written",
    _l("Written"),
    lambda letter: letter.created_at,
    order=(Letter.created_at,),
    falls=True,
)
_STATE: Column[Letter] = Column(
    "state", _l("State"), lambda letter: str(LETTER_STATES[letter.state]), order=(Letter.state,)
)
_SENT: Column[Letter] = Column(
    "sent", _l("Sent"), lambda letter: letter.sent_at, order=(Letter.sent_at,), falls=True
)
_SAID: Column[Letter] = Column("said", _l("What was said"), _said)


def _by_state(states: Mapping[str, Lazy]) -> Filter:
    return Filter("state", _l("State"), lambda state: Letter.state == state, states)


LETTERS: ListOf[Letter] = ListOf(
    "hvert-brev",
    columns=(_MAIL, _SUBJECT, _WRITTEN, _STATE, _SENT, _SAID),
    sort="-written",
    filters=(_by_state(LETTER_STATES),),
    searched=_sought,
    search_label=_l("Mail address or subject"),
)
LOST: ListOf[Letter] = ListOf(
    "breve-der-ikke-naaede-frem",
    columns=(
        Column("tick", _l("Tick")),
        _MAIL,
        _SUBJECT,
        _STATE,
        _WRITTEN,
        _SAID,
        Column("again", _l("Send again")),
    ),
    sort="-written",
    filters=(_by_state(LOST_STATES),),
    searched=_sought,
    search_label=_l("Mail address or subject"),
)
EVERY_LETTER: StoredRows[Letter] = StoredRows(
    select(Letter.id), queries.letters_numbered, lambda letter: letter.id
)
LOST_LETTERS: StoredRows[Letter] = StoredRows(
    select(Letter.id).where(Letter.state.in_(undelivered.LOST)),
    queries.letters_numbered,
    lambda letter: letter.id,
)

# A letter of one to many, and whom it is for, where they still stand in the list.
Single = tuple[Row[MailingLetter, Letter], Addressee | None]


def singles(
    rows: Sequence[Row[MailingLetter, Letter]], people: Mapping[tuple[int, str], Addressee]
) -> list[Single]:
    """The single letters of one to many, each with whom it is for."""
    return [(row, people.get((row[0].subject_id, row[1].email))) for row in rows]


def _when(single: Single) -> Any:
    letter = single[0][1]
    return letter.sent_at or letter.due_at


SINGLES: ListOf[Single] = ListOf(
    "enkelte-breve",
    columns=(
        Column(
            "name",
            _l("Name"),
            lambda single: single[1].name if single[1] else "",
            order=lambda single: sort_key(single[1].name) if single[1] else None,
        ),
        Column(
            "mail",
            _l("Mail"),
            lambda single: single[0][1].email,
            order=lambda single: single[0][1].email,
        ),
        Column(
            "state",
            _l("State"),
            lambda single: str(LETTER_STATES[single[0][1].state]),
            order=lambda single: str(single[0][1].state),
        ),
        Column("when", _l("When"), _when, order=_when, falls=True),
    ),
    sort="name",
    filters=(
        Filter(
            "state",
            _l("State"),
            lambda single, state: single[0][1].state == LetterState(state),
            LETTER_STATES,
        ),
    ),
    searched=lambda single: f"{single[1].name if single[1] else ''} {single[0][1].email}",
    search_label=_l("Name or mail address"),
)

"""The lists of surveys: their waves, and who was invited in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam

from app.core.folding import sort_key
from app.core.texts import Lazy, _l, local
from app.events.models import Event
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.people.models import Person
from app.surveys.models import Invitation
from app.surveys.queries import invited
from app.surveys.queries.invited import Invited
from app.surveys.queries.waves import WaveCounts
from app.surveys.wording import DISPOSITION_NAMES

Titles = Mapping[str, Mapping[str, str]]
STANDING: dict[str, Lazy] = {"open": _l("Open"), "closed": _l("Closed")}
DISPOSITIONS: dict[str, Lazy] = {str(state): text for state, text in DISPOSITION_NAMES.items()}


def _standing(row: WaveCounts) -> str:
    return "closed" if row.wave.closed_at else "open"


def waves(titles: Titles) -> ListOf[WaveCounts]:
    """Rounds of surveys that are called so, the newest first."""

    def title(row: WaveCounts) -> str:
        return local(titles[row.survey.key])

    return ListOf(
        "runder",
        columns=(
            Column("tick", _l("Tick")),
            Column(
                "name",
                _l("Wave"),
                lambda row: row.wave.name,
                order=lambda row: sort_key(row.wave.name),
            ),
            Column("survey", _l("Survey"), title, order=lambda row: sort_key(title(row))),
            *_NUMBERS,
            *_DAYS,
        ),
        sort="-first",
        filters=(
            Filter(
                "survey",
                _l("Survey"),
                lambda row, key: row.survey.key == key,
                {key: local(words) for key, words in titles.items()},
            ),
            Filter("state", _l("State"), lambda row, state: _standing(row) == state, STANDING),
        ),
        searched=lambda row: f"{row.wave.name} {title(row)}",
        search_label=_l("Wave or survey"),
    )


def _number(key: str, heading: Lazy, value: Callable[[WaveCounts], Any]) -> Column[WaveCounts]:
    return Column(key, heading, value, order=value, numeric=True, falls=True)


def _day(key: str, heading: Lazy, value: Callable[[WaveCounts], Any]) -> Column[WaveCounts]:
    return Column(key, heading, value, order=value, falls=True)


_NUMBERS = (
    _number("invited", _l("Invited"), lambda row: row.invited),
    _number("answered", _l("Answered"), lambda row: row.complete + row.entered),
    _number("rate", _l("Response rate"), lambda row: row.percent),
)
_DAYS: tuple[Column[WaveCounts], ...] = (
    _day("first", _l("First day"), lambda row: row.wave.from_day),
    _day("last", _l("Last day"), lambda row: row.wave.to_day),
    _day("closes", _l("Closes on"), lambda row: row.wave.closes_on),
    Column("state", _l("State"), lambda row: str(STANDING[_standing(row)]), order=_standing),
)


def invitation_rows(wave_id: int) -> StoredRows[Invited]:
    """Where the invitations of a wave come from."""
    return StoredRows(invited.numbers(wave_id), invited.numbered, lambda row: row[0].id)


def invitations(wave_id: int) -> ListOf[Invited]:
    """Who was asked in a wave, and how far it came; no answer stands here."""
    return ListOf(
        "invitationer",
        columns=(Column("tick", _l("Tick")), *_WHO, *_HOW_FAR),
        sort="name",
        filters=(
            Filter(
                "state", _l("State"), lambda state: Invitation.disposition == state, DISPOSITIONS
            ),
        ),
        searched=lambda words: Invitation.id.in_(
            # Written out, for a database takes no more values than some tens of thousands.
            bindparam(None, invited.named(wave_id, words), expanding=True, literal_execute=True)
        ),
        search_label=_l("Name or mail address"),
    )


def _about(row: Invited) -> str:
    _invitation, _person, event, task = row
    return local(event.title) if event else (task.subject if task else "")


_WHO: tuple[Column[Invited], ...] = (
    Column(
        "name", _l("Name"), lambda row: row[1].name if row[1] else "", order=(Person.name_folded,)
    ),
    Column(
        "mail",
        _l("Mail"),
        lambda row: (row[1].email or "") if row[1] else "",
        order=(Person.email,),
    ),
    Column("about", _l("What about"), _about, order=(Event.starts_at, Event.id)),
)
_HOW_FAR: tuple[Column[Invited], ...] = (
    Column(
        "state",
        _l("State"),
        lambda row: str(DISPOSITION_NAMES[row[0].disposition]),
        order=(Invitation.disposition,),
    ),
    Column("sent", _l("Sent"), lambda row: row[0].sent_at, order=(Invitation.sent_at,), falls=True),
    Column(
        "reminders",
        _l("Reminders"),
        lambda row: row[0].reminders,
        order=(Invitation.reminders,),
        numeric=True,
        falls=True,
    ),
    Column("due", _l("Falls due"), lambda row: row[0].due_at, on_page=False),
)

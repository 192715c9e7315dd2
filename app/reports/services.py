"""Writing the editors' texts, and locking the figures of a report."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import audit, clock
from app.core.database import db
from app.core.numbers import day_text
from app.core.refusals import NotFound, Refusal
from app.core.texts import _l
from app.events import services as events
from app.outcomes.rules.disclosure import too_close
from app.reports import queries
from app.reports.models import ReportSnapshot, ReportText
from app.reports.rules.audited import ReportVerb
from app.reports.rules.texts import TEXTS


class TellsOfFew(Refusal):
    """Two published figures would give away the few people who are in one of them only."""

    sentence = _l(
        "“%(figure)s” counts all but a few of the same people as in the report locked %(day)s. "
        "Whoever has both could work out what those few answered. Lock the report when more "
        "have answered."
    )


class CountedInReport(Refusal):
    """A locked report counts the event."""

    sentence = _l(
        "The report for %(year)s is locked and counts this event. Tell in the report's own texts "
        "that it was not held."
    )


def take_back_held(event_id: int) -> None:
    """An event was not held after all; refused once the report of its year is locked."""
    event = events.locked(event_id)
    year = clock.year_of(event.starts_at)
    if queries.year_is_locked(year):
        raise CountedInReport(year=year)
    events.take_back_held(event)


def edit_text(year: int, key: str, words: Mapping[str, str]) -> None:
    """Put the editors' words in the place of a text; figures are not touched."""
    if key not in TEXTS:
        raise NotFound
    db.session.merge(ReportText(year=year, key=key, words=dict(words), edited_at=clock.now()))
    audit.record("report", year, ReportVerb.TEXT_EDITED, key=key)


def lock(year: int) -> ReportSnapshot:
    """Keep every figure as it reads now; refused if with an earlier one it tells of few people."""
    events.keep_held(year)
    now = queries.respondents(year)
    for earlier in queries.snapshots(year):
        _refuse_if_close(now, earlier)
    figures = {
        ident: {
            "text": shown.text,
            "value": shown.value,
            "people": sorted(now.get(ident, ())),
        }
        for ident, shown in queries.paper(year).figures().items()
    }
    locked = ReportSnapshot(year=year, figures=figures, locked_at=clock.now())
    db.session.add(locked)
    db.session.flush()
    audit.record("report", year, ReportVerb.LOCKED)
    return locked


def _refuse_if_close(now: Mapping[str, frozenset[str]], earlier: ReportSnapshot) -> None:
    for ident, people in now.items():
        published = frozenset(earlier.figures.get(ident, {}).get("people", ()))
        if published and too_close(people, [published]):
            raise TellsOfFew(figure=ident, day=day_text(earlier.locked_at))

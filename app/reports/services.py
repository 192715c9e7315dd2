"""Writing the editors' texts, locking a report whole, and lifting its lock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, update

from app.core import audit, clock
from app.core.database import db
from app.core.edit_forms import held
from app.core.languages import DEFAULT, REPORT_LANGUAGES
from app.core.numbers import day_text
from app.core.refusals import Invalid, NotFound, Refusal
from app.core.texts import _l
from app.events.services import scheduling as events
from app.reports import papers
from app.reports.models import ReportPrint, ReportSnapshot, ReportText
from app.reports.papers import Edition
from app.reports.queries import facts, versions
from app.reports.queries.facts import Draft
from app.reports.rules.audited import ReportVerb
from app.reports.rules.behind import Behind, tells_of_few
from app.reports.rules.forms import ReportFormat
from app.reports.rules.keeping import fingerprint, packed
from app.reports.rules.texts import TEXTS

LONGEST_REASON = 500


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
        "The report for %(year)s is locked and counts this event. Lift the report's lock first."
    )


class ChangedMeanwhile(Refusal):
    """The figures of the languages were not read at one moment."""

    sentence = _l("A figure changed while the report was being locked. Press once more.")


class NotLocked(Refusal):
    """There is no lock to lift."""

    sentence = _l("The report for %(year)s is not locked. Somebody else may have lifted its lock.")


def take_back_held(event_id: int) -> None:
    """An event was not held after all; refused once the report of its year is locked."""
    event = events.locked(event_id)
    year = clock.year_of(event.starts_at)
    if versions.year_is_locked(year):
        raise CountedInReport(year=year)
    events.take_back_held(event)


def held_text(year: int, key: str) -> Mapping[str, str]:
    """The words of a text now; once somebody has written it, nobody else does until the end."""
    edited = db.session.get(ReportText, (year, key))
    if edited is not None:
        held(edited)
    return facts.texts(year)[key]


def edit_text(year: int, key: str, words: Mapping[str, str]) -> None:
    """Put the editors' words in the place of a text; figures are not touched."""
    if key not in TEXTS:
        raise NotFound
    db.session.merge(ReportText(year=year, key=key, words=dict(words), edited_at=clock.now()))
    audit.record("report", year, ReportVerb.TEXT_EDITED, key=key)


def lock(year: int, staff_id: int | None = None) -> ReportSnapshot:
    """Keep the report as it reads now, whole; the same again makes no new version.

    Refused if with an earlier version it tells of few people.
    """
    events.keep_held(year)
    drafts = {language: papers.today(year, language) for language in REPORT_LANGUAGES}
    _refuse_if_torn(drafts.values())
    ours = drafts[DEFAULT]
    newest, content = versions.snapshot(year), _fingerprint(drafts.values())
    if newest is not None and newest.lifted_at is None and newest.content_hash == content:
        return newest
    for earlier in versions.snapshots(year):
        _refuse_if_close(ours.behind, earlier)
    snapshot = ReportSnapshot(
        year=year,
        version=newest.version + 1 if newest else 1,
        figures=_figures(ours),
        indicators={key: behind.numbers for key, behind in ours.behind.items()},
        content_hash=content,
        locked_at=clock.now(),
        locked_by=staff_id,
    )
    db.session.add(snapshot)
    db.session.flush()
    _print(snapshot, drafts)
    audit.record("report", year, ReportVerb.LOCKED, version=snapshot.version)
    return snapshot


def lift(year: int, because: str, staff_id: int | None = None) -> None:
    """Take the lock off a year; its versions stay as they are."""
    reason = because.strip()[:LONGEST_REASON]
    if not reason:
        raise Invalid({"because": _l("Write why the lock is lifted.")})
    newest = versions.snapshot(year)
    if newest is None:
        raise NotLocked(year=year)
    lifted = db.session.execute(
        update(ReportSnapshot)
        .where(ReportSnapshot.id == newest.id, ReportSnapshot.lifted_at.is_(None))
        .values(lifted_at=clock.now(), lifted_by=staff_id, lifted_because=reason)
    )
    if cast(CursorResult[Any], lifted).rowcount != 1:
        raise NotLocked(year=year)
    audit.record("report", year, ReportVerb.LIFTED, version=newest.version)


def _refuse_if_torn(drafts: Iterable[Draft]) -> None:
    """The languages are read one after the other, and somebody may answer in between."""
    numbers = [
        (
            {
                ident: (shown.value, len(shown.rows))
                for ident, shown in draft.paper.figures().items()
            },
            draft.behind,
        )
        for draft in drafts
    ]
    if any(one != numbers[0] for one in numbers[1:]):
        raise ChangedMeanwhile


def _refuse_if_close(behind: Mapping[str, Behind], earlier: ReportSnapshot) -> None:
    for ident, now in behind.items():
        if tells_of_few(now, earlier.figures.get(ident, {})):
            raise TellsOfFew(figure=ident, day=day_text(earlier.locked_at))


def _fingerprint(drafts: Iterable[Draft]) -> str:
    return fingerprint(
        *(packed(draft.paper) for draft in drafts),
        *(json.dumps(behind.numbers) for draft in drafts for behind in draft.behind.values()),
    )


def _figures(draft: Draft) -> dict[str, Any]:
    """Each figure with whose answers stand in it, to compare later versions with."""
    nobody = Behind({})
    return {
        ident: {
            "text": shown.text,
            "value": shown.value,
            "people": sorted(draft.behind.get(ident, nobody).people),
            "complete": sorted(draft.behind.get(ident, nobody).complete),
        }
        for ident, shown in draft.paper.figures().items()
    }


def _print(snapshot: ReportSnapshot, drafts: Mapping[str, Draft]) -> None:
    edition = Edition(snapshot.version, snapshot.locked_at)
    db.session.add_all(
        ReportPrint(
            snapshot_id=snapshot.id,
            language=language,
            form=form,
            content=papers.printed(draft.paper, form, language, edition),
        )
        for language, draft in drafts.items()
        for form in ReportFormat
    )

"""Writing the editors' texts, and locking the figures of a report."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import clock, trail
from app.core.database import db
from app.core.refusals import NotFound
from app.reports import queries
from app.reports.models import ReportSnapshot, ReportText
from app.reports.rules.writing import TEXTS


def edit_text(year: int, key: str, words: Mapping[str, str]) -> None:
    """Put the editors' words in the place of a text; figures are not touched."""
    if key not in TEXTS:
        raise NotFound
    db.session.merge(ReportText(year=year, key=key, words=dict(words), edited_at=clock.now()))
    trail.record("report", year, "text_edited", key=key)


def lock(year: int) -> ReportSnapshot:
    """Keep every figure as it reads now, so that a later change is seen."""
    figures = {
        ident: {"text": shown.text, "value": shown.value}
        for ident, shown in queries.paper(year).figures().items()
    }
    locked = ReportSnapshot(year=year, figures=figures, locked_at=clock.now())
    db.session.add(locked)
    db.session.flush()
    trail.record("report", year, "locked")
    return locked

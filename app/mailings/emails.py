"""A letter to many as single letters: each to one address, and nobody sees the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import force_locale

from app.core import outbox
from app.core.languages import DEFAULT
from app.core.outbox import Letter
from app.core.texts import _
from app.mailings import queries
from app.mailings.models import Mailing
from app.mailings.rules.filling import Addressee, Planned, Wording, planned


def letters_of(kept: Mailing, addressees: Iterable[Addressee]) -> list[Planned]:
    """Every letter it would become if it were sent now; who got it before gets it no more."""
    reached = queries.reached(kept.id)
    fresh = [one for one in addressees if (one.subject_id, one.email) not in reached]
    return planned(fresh, wording(kept))


def wording(kept: Mailing) -> Wording:
    """The letter as written, with what its placeholders need in each of its languages."""
    labels = {one: _label(one) for one in {*kept.texts, DEFAULT}}
    return Wording(kept.subjects, kept.texts, kept.event.title, labels)


def post(one: Planned, due_at: datetime) -> Letter:
    """Into the outbox, to leave at that moment."""
    return outbox.post(
        "mailings/letter",
        to=one.to.email,
        language=one.language,
        person_id=one.to.person_id,
        due_at=due_at,
        heading=one.subject,
        words=one.text,
    )


def _label(language: str) -> str:
    with force_locale(language):
        return _("Open your page")

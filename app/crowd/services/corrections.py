"""The desk puts a count right: a row that says by how much and why."""

from __future__ import annotations

from app.core import audit, clock
from app.core.database import db
from app.crowd.models import TallyCorrection
from app.crowd.rules.audited import CrowdVerb
from app.crowd.rules.estimates import Passages


def correct(event_id: int, gate: str, by: Passages, reason: str) -> None:
    """Add to a gate's count, or take from it."""
    db.session.add(
        TallyCorrection(
            event_id=event_id,
            gate=gate,
            entered=by.entered,
            left=by.left,
            reason=reason,
            made_at=clock.now(),
        )
    )
    audit.record("event", event_id, CrowdVerb.COUNT_CORRECTED, entered=by.entered, left=by.left)

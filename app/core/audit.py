"""Who changed what, when: one row per verb, in the verb's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import Index, Select, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, personal
from app.core.audit_verbs import AuditVerb
from app.core.database import Id, Json, Model, Moment, db


class AuditEntry(Model):
    """One change. `facts` holds numbers, states, names of fields; and why, where somebody wrote it:
    that goes when the person is erased (`drop_fact`)."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(40), info=personal.STAFF)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    verb: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=personal.TRACE)


def record(subject: str, subject_id: int, verb: AuditVerb, **facts: object) -> None:
    """Add the change to the audit trail, with whoever makes this request as its actor."""
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor=_actor(),
            subject=subject,
            subject_id=subject_id,
            verb=verb,
            facts=facts,
        )
    )


def of(subject: str, subject_id: int) -> Sequence[AuditEntry]:
    """The changes of one thing, oldest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.subject == subject, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id)
    )
    return db.session.scalars(statement).all()


def drop_fact(subject: str, ids: Select[int], name: str) -> None:
    """Forget what somebody wrote of these things, where a fact with this name holds it."""
    same = (AuditEntry.subject == subject, AuditEntry.subject_id.in_(ids))
    for entry in db.session.scalars(select(AuditEntry).where(*same)):
        if name in entry.facts:
            entry.facts = {key: fact for key, fact in entry.facts.items() if key != name}


def follow(subject: str, gone_id: int, stays_id: int) -> None:
    """Two things turn out to be one: the trail of the one goes on with the other's."""
    db.session.flush()
    entries = update(AuditEntry).where(
        AuditEntry.subject == subject, AuditEntry.subject_id == gone_id
    )
    db.session.execute(entries.values(subject_id=stays_id))


def put_away(subject: str, subject_id: int, now: str) -> None:
    """Keep the trail of what is deleted under another name: its number may be given again."""
    db.session.flush()
    entries = update(AuditEntry).where(
        AuditEntry.subject == subject, AuditEntry.subject_id == subject_id
    )
    db.session.execute(entries.values(subject=now))


def _actor() -> str:
    caller = g.get("identity") if has_request_context() else None
    if caller is None:
        return "system"
    if caller.staff_id is not None:
        return f"staff:{caller.staff_id}"
    if caller.token_id is not None:
        return f"token:{caller.token_id}"
    return "visitor"

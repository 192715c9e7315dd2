"""Exactly once per Idempotency-Key: the answer is kept in the transaction of its effect."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, make_response, request
from sqlalchemy import LargeBinary, String, Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, personal
from app.core.access import identity
from app.core.database import Id, Model, Moment, db, insert_once
from app.core.refusals import Invalid, Refusal
from app.core.texts import _l
from app.core.unit_of_work import unit_of_work

KEPT = timedelta(hours=48)
LONGEST_KEY = 200


class IdempotencyKey(Model):
    """One used key and, once its effect is committed, the answer given."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("bearer", "method", "path", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bearer: Mapped[str] = mapped_column(String(60))
    method: Mapped[str] = mapped_column(String(8))
    path: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int | None]
    answer: Mapped[str | None] = mapped_column(Text, info=personal.ANSWERED)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


class KeyReused(Refusal):
    """The same key with another body."""

    status = 422
    sentence = _l("This Idempotency-Key was already used with another body.")


class KeyUnreadable(Invalid):
    """Too long, or not visible ASCII."""

    sentence = _l("An Idempotency-Key is 1 to 200 visible ASCII characters.")


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer a repeated key with what it was answered the first time; without a key, just call."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return view(*args, **kwargs)
        scope = _scope(key)
        if not insert_once(IdempotencyKey, **scope, body_hash=_body_hash(), created_at=clock.now()):
            return _stored_answer(scope)
        response: Response = current_app.make_response(view(*args, **kwargs))
        if response.status_code < 400:
            _remember(scope, response)
        return response

    return once


def sweep_keys(now: datetime) -> int:
    """A round: forget keys after 48 hours."""
    old = IdempotencyKey.created_at < now - KEPT
    if db.session.scalar(select(IdempotencyKey.id).where(old).limit(1)) is None:
        db.session.rollback()
        return 0
    with unit_of_work():
        return int(db.session.execute(delete(IdempotencyKey).where(old)).rowcount)  # type: ignore[attr-defined]


def _scope(key: str) -> dict[str, str]:
    if not 1 <= len(key) <= LONGEST_KEY or not all("!" <= letter <= "~" for letter in key):
        raise KeyUnreadable
    path = request.path[:300]
    return {"bearer": identity().bearer, "method": request.method, "path": path, "key": key}


def _body_hash() -> bytes:
    return hashlib.sha256(request.get_data()).digest()


def _stored_answer(scope: dict[str, str]) -> Response:
    row = db.session.scalars(select(IdempotencyKey).filter_by(**scope)).one()
    if row.body_hash != _body_hash():
        raise KeyReused
    response = make_response(row.answer or "", row.status or 200)
    response.mimetype = "application/json"
    return response


def _remember(scope: dict[str, str], response: Response) -> None:
    stored = update(IdempotencyKey).filter_by(**scope)
    db.session.execute(
        stored.values(status=response.status_code, answer=response.get_data(as_text=True))
    )

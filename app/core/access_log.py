"""What must outlive a refusal or a GET: noted in the request, written after its transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, g, has_request_context
from sqlalchemy import String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Id, Model, Moment, db
from app.core.unit_of_work import unit_of_work

log = logging.getLogger("torvet.access_log")


class AccessLogEntry(Model):
    """A refused access or a read of something sensitive: who and what, by numbers only."""

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    staff_id: Mapped[int | None] = mapped_column(Id)
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    subject_id: Mapped[int | None] = mapped_column(Id)


def note(verb: str, subject: str, subject_id: int | None = None) -> None:
    """Keep that this was done (or refused), whatever becomes of the request."""
    caller = g.get("identity") if has_request_context() else None
    row = AccessLogEntry(
        at=clock.now(),
        staff_id=caller.staff_id if caller else None,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
    )
    after_request(lambda: db.session.add(row))


def after_request(action: Callable[[], None]) -> None:
    """Do this in the transaction after the request's own."""
    g.setdefault("after_request", []).append(action)


def keep_access_log(app: Flask) -> None:
    """Write the notes once the request's transaction has ended."""
    app.after_request(_write)


def _write(response: Response) -> Response:
    actions: list[Callable[[], None]] = g.pop("after_request", [])
    if actions:
        try:
            with unit_of_work():
                for action in actions:
                    action()
        except DBAPIError:
            # The answer stands; a lost note is logged without its content.
            log.exception("access log not written", extra={"count": len(actions)})
    return response

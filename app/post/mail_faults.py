"""The mail server takes nothing at present: what it said, since when, when it is asked again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, String, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Model, Moment, db, enum_column, insert_once
from app.core.mail_replies import Reply, SmtpStage

FIRST_PAUSE = timedelta(seconds=30)
# Ten minutes: soon after the mending all goes out, and a wrong password locks no account.
LONGEST_PAUSE = timedelta(minutes=10)
ONLY = 1


class MailFault(Model):
    """The one fault that holds all letters; no row while the server takes letters."""

    __tablename__ = "mail_faults"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    server: Mapped[str] = mapped_column(String(400))
    since: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)
    paused_until: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    stage: Mapped[SmtpStage] = mapped_column(enum_column(SmtpStage, 12))
    code: Mapped[int | None]
    said: Mapped[str] = mapped_column(String(200))


def hold(reply: Reply, server: str, said: str) -> datetime:
    """Note that nothing can leave; the moment until which nobody asks the server again.

    Since when it is so stays, also where the server now says something else.
    """
    now = clock.now()
    insert_once(
        MailFault,
        id=ONLY,
        server=server,
        since=now,
        last_at=now,
        paused_until=now,
        tries=0,
        stage=reply.stage,
        said=said,
    )
    fault = db.session.get_one(MailFault, ONLY, with_for_update=True, populate_existing=True)
    fault.tries += 1
    fault.server, fault.stage, fault.code, fault.said = server, reply.stage, reply.code, said
    fault.last_at = now
    fault.paused_until = now + _pause(fault.tries, random.random())  # noqa: S311
    return fault.paused_until


def clear() -> None:
    """The server has taken a letter, or answered for one: whatever held all is over."""
    db.session.execute(delete(MailFault))


def ask_again_now() -> None:
    """Whoever has mended something need not wait for the pause to end."""
    db.session.execute(update(MailFault).values(paused_until=clock.now()))


def _pause(attempt: int, chance: float) -> timedelta:
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(attempt - 1, 10), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)

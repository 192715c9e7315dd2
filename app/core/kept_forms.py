"""What somebody wrote in a form and could not send, or has not sent yet: kept for a day.

It is kept sealed for one visit (a browser) and one page, and stands in that page's form when the
visit opens it again: after signing in, after a lost connection, after a closed tab.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, g, json, request, session
from sqlalchemy import ColumnElement, LargeBinary, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from app.core import clock, personal, signing
from app.core.addresses import path_before
from app.core.database import Id, Model, Moment, db, insert_once
from app.core.secrets import purpose_key
from app.core.tokens import new_token, token_hash
from app.core.unit_of_work import unit_of_work

KEPT = timedelta(hours=24)
# In the visit's cookie: whose forms these are, and the pages that have one.
VISIT, PAGES = "visit", "kept_forms"
MOST_PAGES = 5
LONGEST_PAGE = 300
MOST_BYTES = 200_000
# What belongs to the sending and not to what was written.
SENDING = frozenset({"csrf_token", "form_key", "_language"})


class KeptForm(Model):
    """One form of one visit; `sealed` holds its fields as [name, value] pairs."""

    __tablename__ = "kept_forms"
    __table_args__ = (UniqueConstraint("visit_hash", "page"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    visit_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info=personal.UNSENT)
    page: Mapped[str] = mapped_column(String(LONGEST_PAGE))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=personal.UNSENT)
    kept_at: Mapped[datetime] = mapped_column(Moment, index=True)


def keep(page: str, typed: MultiDict[str, str]) -> bool:
    """Keep the fields for this visit's page, in the place of those kept before; whether they
    could be. In a transaction of its own."""
    written = [[name, text] for name, text in typed.items(multi=True) if name not in SENDING]
    content = json.dumps(written).encode()
    if len(content) > MOST_BYTES or len(page) > LONGEST_PAGE or "\0" in page or not written:
        return False
    visit = session.setdefault(VISIT, new_token())
    row = {
        "visit_hash": token_hash(visit),
        "page": page,
        "sealed": signing.seal(purpose_key("kept forms"), content),
        "kept_at": clock.now(),
    }
    with unit_of_work():
        db.session.execute(delete(KeptForm).where(*_of(page)))
        # Two tabs may keep the same page in one moment; what is written next is kept again.
        insert_once(KeptForm, **row)
    g.kept_now = True
    others = [other for other in session.get(PAGES, []) if other != page]
    session[PAGES] = [*others, page][-MOST_PAGES:]
    return True


def kept(page: str) -> MultiDict[str, str] | None:
    """What this visit wrote on that page; a visit without kept forms asks no database."""
    if page not in session.get(PAGES, []):
        return None
    sealed = db.session.scalar(select(KeptForm.sealed).where(*_of(page)))
    if sealed is None:
        return None
    content = signing.unseal(purpose_key("kept forms"), sealed)
    return MultiDict([(name, text) for name, text in json.loads(content)])


def drop(page: str) -> None:
    """Forget it: it was sent, or its writer wants to begin anew."""
    if page in session.get(PAGES, []):
        session[PAGES] = [other for other in session[PAGES] if other != page]
        with unit_of_work():
            db.session.execute(delete(KeptForm).where(*_of(page)))


def carry_over(before: Mapping[str, Any]) -> None:
    """Take what an earlier visit of this browser wrote into the one that begins now.

    Under a new name: whoever knew the earlier visit's reads nothing of this one.
    """
    if PAGES not in before or VISIT not in before:
        return
    session[VISIT], session[PAGES] = new_token(), before[PAGES]
    own = KeptForm.visit_hash == token_hash(before[VISIT])
    db.session.execute(update(KeptForm).where(own).values(visit_hash=token_hash(session[VISIT])))


def forget_all(before: Mapping[str, Any]) -> None:
    """Forget all that a visit wrote: somebody else uses the browser next."""
    visit = before.get(VISIT)
    if visit:
        db.session.execute(delete(KeptForm).where(KeptForm.visit_hash == token_hash(visit)))


def drop_what_is_sent(app: Flask) -> None:
    """Forget the form of a page once it went through."""
    app.after_request(_drop_if_sent)


def sweep_kept_forms(now: datetime) -> int:
    """A round: forget forms after a day."""
    old = KeptForm.kept_at < now - KEPT
    if db.session.scalar(select(KeptForm.id).where(old).limit(1)) is None:
        db.session.rollback()
        return 0
    with unit_of_work():
        return int(db.session.execute(delete(KeptForm).where(old)).rowcount)  # type: ignore[attr-defined]


def _of(page: str) -> tuple[ColumnElement[bool], ...]:
    return KeptForm.visit_hash == token_hash(session.get(VISIT, "")), KeptForm.page == page


def _drop_if_sent(response: Response) -> Response:
    sent = request.method == "POST" and 300 <= response.status_code < 400
    if sent and PAGES in session and not g.get("kept_now"):
        for page in (request.path, path_before() or ""):
            drop(page)
    return response

"""A form sent twice is done once: the second time it is answered as the first was.

Two taps, the same page sent again after *Back*, a phone that repeats a request: the same form
with the same words. Each form carries a number of its own (`form_key`), so that two forms with
equal words stay two. The answer is kept in the transaction of its effect, beside the machines'
keys (`idempotency`), and forgotten with them; it is sealed, for it may hold a private link or
begin a visit.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any

from flask import Flask, current_app, g, json, redirect, request, session
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, signing
from app.core.database import db, insert_once
from app.core.idempotency import IdempotencyKey
from app.core.refusals import Refusal
from app.core.secrets import purpose_key

FORM_KEY = "form_key"
BEARER = "form"
KEY_BYTES = 9


def once(view: Callable[..., Any], lasting: timedelta | None = None) -> Callable[..., Any]:
    """Mark a page whose form makes something: what it was answered is answered again.

    An answer that leads on (303) is kept; a form that is shown again was not accepted, and may
    be sent as often as its sender likes. Of several in one moment the first to commit counts: the
    others' work is rolled back, letters included.
    """

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> AnyResponse:
        if request.method != "POST":
            return current_app.make_response(view(*args, **kwargs))
        before = deepcopy(dict(session))
        try:
            response = current_app.make_response(view(*args, **kwargs))
        except (Refusal, IntegrityError):
            # What the first of them made may be what the second is refused for.
            if same := _same_answer():
                return same
            raise
        if response.status_code < 300 or (
            response.status_code < 400 and _is_first(response, before)
        ):
            return response
        return _same_answer() or response

    answered.sent_once = lasting  # type: ignore[attr-defined]
    return answered


def once_in(lasting: timedelta) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page whose form is done anew when what it made is of no use any more."""
    return partial(once, lasting=lasting)


def is_once(view: object) -> bool:
    """Whether the page is marked."""
    return hasattr(view, "sent_once")


def answer_repeats(app: Flask) -> None:
    """Answer what was sent and answered before, ahead of the handler and its limits by address."""
    app.before_request(_answer_before)
    app.jinja_env.globals[FORM_KEY] = lambda: secrets.token_urlsafe(KEY_BYTES)


def sent_form() -> str | None:
    """What tells this sent form from every other; None where the page is not marked."""
    key: str | None = g.get("sent_form")
    return key


def _answer_before() -> AnyResponse | None:
    if request.method != "POST" or not is_once(current_app.view_functions.get(_endpoint())):
        return None
    g.sent_form = _digest()
    return _same_answer()


def _endpoint() -> str:
    return str(request.endpoint)


def _digest() -> str:
    """64 hexadecimal digits: the visit, the address and every field and file."""
    fields = sorted((name, request.form.getlist(name)) for name in request.form)
    files = sorted((name, file.filename, _content(file)) for name, file in _files())
    whole = [session.get("sid"), request.full_path, fields, files]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def _files() -> list[tuple[str, FileStorage]]:
    return list(request.files.items(multi=True))


def _content(file: FileStorage) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    file.stream.seek(0)
    return digest


def _scope() -> dict[str, str]:
    return {"bearer": BEARER, "method": "POST", "path": _endpoint(), "key": g.sent_form}


def _since() -> datetime | None:
    """Since when a kept answer counts; None where it counts as long as it is kept."""
    view = current_app.view_functions[_endpoint()]
    lasting: timedelta | None = getattr(view, "sent_once", None)
    return clock.now() - lasting if lasting else None


def _is_first(response: AnyResponse, before: dict[str, Any]) -> bool:
    """Keep the answer; False where the same form was answered meanwhile."""
    if since := _since():
        over = IdempotencyKey.created_at <= since
        db.session.execute(delete(IdempotencyKey).filter_by(**_scope()).where(over))
    # What the visit notes says what became of it ("enrolled") where the browser is led.
    noted = {name: value for name, value in session.items() if before.get(name) != value}
    cookies = response.headers.getlist("Set-Cookie")
    answer = {"location": response.location, "noted": noted, "cookies": cookies}
    return insert_once(
        IdempotencyKey,
        **_scope(),
        body_hash=bytes.fromhex(g.sent_form),
        status=response.status_code,
        answer=signing.seal(purpose_key("sent forms"), json.dumps(answer).encode()).hex(),
        created_at=clock.now(),
    )


def _same_answer() -> AnyResponse | None:
    """What this form was answered; nothing of what was done meanwhile stays."""
    db.session.rollback()
    same = select(IdempotencyKey.answer).filter_by(**_scope())
    if since := _since():
        same = same.where(IdempotencyKey.created_at > since)
    with db.engine.connect() as connection:
        kept = connection.execute(same).scalar()
    if kept is None:
        return None
    answer = json.loads(signing.unseal(purpose_key("sent forms"), bytes.fromhex(kept)))
    session.update(answer["noted"])
    response = redirect(answer["location"], 303)
    response.headers.extend([("Set-Cookie", cookie) for cookie in answer["cookies"]])
    return response

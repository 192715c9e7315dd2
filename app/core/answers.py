"""The one place that answers refusals: a page for people, a problem document for machines."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, json, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.core.access import NOBODY, STAFF, identified, may_visit
from app.core.owner import settle_for_the_last
from app.core.refusals import Forbidden, Invalid, NotFound, Refusal, SignInNeeded, Unavailable
from app.core.security import API_PREFIX
from app.core.shown_again import keep_for_later, shown_again
from app.core.texts import Lazy, _, _l
from app.core.unit_of_work import is_busy

log = logging.getLogger("torvet.answers")

PROBLEM = "application/problem+json"
OWN_PAGES = frozenset({403, 404, 409, 422, 429, 500, 503})

# What we say where the web server's own words would be English jargon.
SENTENCES: dict[int, Lazy] = {
    400: _l("We could not read what was sent."),
    405: _l("That cannot be done at this address."),
    413: _l("What was sent is too large."),
    415: _l("What was sent is of a kind we cannot read."),
    429: _l("That was too many tries. Wait a little and try again."),
    500: _l("Something went wrong on our side. Nothing was changed. We have been told."),
}


class Clash(Refusal):
    """Someone else changed the same thing in the same moment."""

    sentence = _l("Someone else got there first. Look at the page again before you go on.")


class FormExpired(Refusal):
    """The form's token does not belong to this visit."""

    status = 400
    sentence = _l("The page had been open too long. Look it over and send it once more.")


class Broken(Refusal):
    """We made a mistake; nothing was changed."""

    status = 500
    sentence = SENTENCES[500]


def answer_refusals(app: Flask) -> None:
    """Register how each kind of refusal is answered."""
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(CSRFError, lambda _error: answer(FormExpired()))
    app.register_error_handler(DBAPIError, _database_error)
    # All connections were taken for longer than anybody should wait.
    app.register_error_handler(PoolExhausted, lambda _error: answer(Unavailable()))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def answer(refusal: Refusal) -> AnyResponse:
    """The refusal as this caller can read it."""
    errors = {name: str(text) for name, text in getattr(refusal, "errors", {}).items()}
    if wants_json():
        response: AnyResponse = problem(
            refusal.status, str(refusal), code=refusal.code, errors=errors
        )
    elif isinstance(refusal, SignInNeeded):
        return _to_sign_in()
    else:
        response = (
            shown_again(refusal)
            or _to_sign_in_instead(refusal)
            or _page(refusal.status, str(refusal), errors, refusal)
        )
    if refusal.seconds:
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _to_sign_in() -> AnyResponse:
    """Where one signs in and then goes on with what was written."""
    return redirect(url_for("people.sign_in", next=keep_for_later()), 303)


def _to_sign_in_instead(refusal: Refusal) -> AnyResponse | None:
    """A visit that ended takes the form's token with it; whoever must sign in does that first."""
    ended = isinstance(refusal, FormExpired) and identified() == NOBODY
    return _to_sign_in() if ended and not may_visit(str(request.endpoint)) else None


def problem(
    status: int, sentence: str, code: str = "", errors: Mapping[str, str] | None = None
) -> Response:
    """An RFC 9457 problem document."""
    document = {
        "type": f"urn:torvet:{code}" if code else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        **({"errors": dict(errors)} if errors else {}),
    }
    response = make_response(json.dumps(document), status)
    response.content_type = PROBLEM
    if status == SignInNeeded.status:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_json() -> bool:
    """Machines call below /api/; a page's own script says so in its Accept."""
    if request.path.startswith(API_PREFIX):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def _page(
    status: int,
    sentence: str,
    errors: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    name = status if status in OWN_PAGES else "refusal"
    if status >= Broken.status:
        settle_for_the_last()
    body = render_template(
        f"errors/{name}.html",
        sentence=sentence,
        status=status,
        errors=errors or {},
        refusal=refusal,
        desk=_at_desk(),
    )
    return make_response(body, status)


def _at_desk() -> bool:
    """Whether the reader works here and was at the desk: then they stay there."""
    return request.path.startswith("/desk") and identified().has(*STAFF)


def _database_error(error: DBAPIError) -> AnyResponse:
    if isinstance(error, IntegrityError):
        return answer(Clash())
    if is_busy(error):
        log.warning("database busy", extra={"kind": type(error.orig).__name__})
        return answer(Unavailable())
    if _unstorable(error):
        return answer(Invalid())
    return _unexpected(error)


def _unstorable(error: DBAPIError) -> bool:
    # Values no column can take (NUL on PostgreSQL, numbers beyond 64 bits): the sender's doing.
    return isinstance(error, DataError) or getattr(error.orig, "sqlstate", "")[:2] == "22"


def _http_error(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status in {NotFound.status, Forbidden.status, Invalid.status}:
        kind = {404: NotFound, 403: Forbidden, 422: Invalid}[status]
        return answer(kind())
    sentence = str(SENTENCES.get(status, _("That cannot be done right now.")))
    response = problem(status, sentence) if wants_json() else _page(status, sentence)
    for name, value in error.get_headers(request.environ):
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> AnyResponse:
    if isinstance(error, (UnicodeEncodeError, OverflowError)):
        # A lone surrogate or a number no database can hold.
        return answer(Invalid())
    log.exception("unexpected", extra={"kind": type(error).__name__})
    sentence = str(SENTENCES[500])
    if wants_json():
        return problem(500, sentence)
    return shown_again(Broken()) or _page(500, sentence)

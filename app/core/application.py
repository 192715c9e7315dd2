"""The application: Flask with one transaction around each handler, and kept pages before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.core import kept_pages
from app.core.unit_of_work import answer_in_one_transaction

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


class Torvet(Flask):
    """What `create_app` puts together."""

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if again := kept_pages.shown_before(self, environ):
            headers, body = again
            start_response("200 OK", headers)
            return [body]
        return super().wsgi_app(environ, start_response)

    def finalize_request(
        self, rv: ResponseReturnValue | HTTPException, from_error_handler: bool = False
    ) -> Response:
        answer = super().finalize_request(rv, from_error_handler)
        kept_pages.note_headers(answer)
        return answer

    def dispatch_request(self) -> ResponseReturnValue:
        return answer_in_one_transaction(self._called)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        # None of our views is a coroutine: no need to ask at each of a dozen calls a request.
        return func

    def _called(self) -> Response:
        return self.make_response(super().dispatch_request())

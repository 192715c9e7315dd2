"""The application: Flask with one transaction around each handler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from app.core.unit_of_work import answer_in_one_transaction


class Torvet(Flask):
    """What `create_app` puts together."""

    def dispatch_request(self) -> ResponseReturnValue:
        return answer_in_one_transaction(self._called)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        # None of our views is a coroutine: no need to ask at each of a dozen calls a request.
        return func

    def _called(self) -> Response:
        return self.make_response(super().dispatch_request())

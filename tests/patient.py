"""A client for races: many wait for one lock, and some longer than Torvet lets them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BUSY = 503
# Each try waits ten seconds before Torvet gives up, so that only what hangs needs as many.
TRIES = 20


class PatientClient(FlaskClient):
    """Sends again what Torvet was too busy for, as phones and machines do.

    How long a line of writers takes tells of the machine's other work. It inspects nothing, for
    what a race needs is that all are there at once.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send it until there is an answer."""
        answer = super().open(*args, **kwargs)
        for _ in range(TRIES - 1):
            if answer.status_code != BUSY:
                break
            answer = super().open(*args, **kwargs)
        return answer

"""The application on a port, in a thread of the test: for what a browser asks of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import make_server


@dataclass(frozen=True)
class Served:
    """Where the application is found."""

    address: str


@contextmanager
def served(app: WSGIApplication, port: int = 0) -> Iterator[str]:
    """The application's address until the block ends; on any free port where none is given."""
    server = make_server("127.0.0.1", port, closing(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def closing(app: WSGIApplication) -> WSGIApplication:
    """Closes each answer: werkzeug's server forgets that where the browser drops the connection."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = app(environ, start_response)
        try:
            yield from answer
        finally:
            if hasattr(answer, "close"):
                answer.close()

    return answered

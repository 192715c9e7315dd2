"""Logs as one JSON object a line, with a request id and never a person, code or token."""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request

_STANDARD = frozenset(vars(logging.makeLogRecord({})))
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
SLOW_SECONDS = 1.0
ID_HEADER = "X-Request-ID"

log = logging.getLogger("torvet.request")


class JsonLines(logging.Formatter):
    """One record, one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request"] = g.get("request_id")
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        line.update(extra)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, default=str)


def write_logs(app: Flask) -> None:
    """Log to standard error, one line per request that did something."""
    if not any(isinstance(handler.formatter, JsonLines) for handler in logging.root.handlers):
        output = logging.StreamHandler()
        output.setFormatter(JsonLines())
        logging.root.addHandler(output)
        logging.getLogger("torvet").setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(_end)


def keeps_own_log(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a call that keeps its own record: only its failures and slow answers are logged."""
    view.keeps_own_log = True  # type: ignore[attr-defined]
    return view


def request_id(given: str) -> str:
    """What tells this request from others in logs: what the caller names, else drawn."""
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _begin() -> None:
    g.request_id = request_id(request.headers.get(ID_HEADER, ""))
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers[ID_HEADER] = g.get("request_id", "")
    seconds = time.perf_counter() - g.get("begun", 0.0)
    if _worth_a_line(response, seconds):
        # The endpoint, not the path: paths carry codes and tokens.
        log.info(
            "answered",
            extra={
                "endpoint": request.endpoint,
                "method": request.method,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )
    return response


def _worth_a_line(response: Response, seconds: float) -> bool:
    view = current_app.view_functions.get(str(request.endpoint))
    if getattr(view, "keeps_own_log", False):
        return response.status_code >= 400 or seconds > SLOW_SECONDS
    return request.method != "GET" or response.status_code >= 500


def _places(record: logging.LogRecord) -> list[str]:
    """Where it happened, without the values that an exception's text may carry."""
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/app/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-12:]

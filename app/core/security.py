"""The headers every answer carries, and the cookies' names and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors {framed}; "
    "frame-src 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"
# The largest thing anybody sends is a phone's file of unsent scans.
MOST_BYTES = 5_200_000
MOST_FORM_BYTES = 1_000_000
MOST_FORM_PARTS = 500

# Machines carry a token instead of a cookie.
API_PREFIX = "/api/"

csrf = CSRFProtect()

Headers = tuple[tuple[str, str], ...]


class PageSessions(SecureCookieSessionInterface):
    """Flask's signed cookie for pages; a machine's call has no session at all."""

    def __init__(self, app: Flask) -> None:
        # Made once, before the first request: Flask would make it for each.
        self._signing = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> Any:
        return self._signing

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(API_PREFIX):
            return self.session_class()
        return super().open_session(app, request)


def allow_wasm(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the one page whose script compiles WebAssembly (the scanner)."""
    view.needs_wasm = True  # type: ignore[attr-defined]
    return view


def allow_framing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the one page our own desk shows in a frame (the survey preview)."""
    view.may_be_framed = True  # type: ignore[attr-defined]
    return view


def allow_files(most_bytes: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a page that takes files larger than anything else that is sent."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.most_bytes = most_bytes + MOST_FORM_BYTES  # type: ignore[attr-defined]
        return view

    return mark


def secure(app: Flask) -> None:
    """Cookies, CSRF, size limits, proxies and headers."""
    loopback = app.config["OVER_LOOPBACK"]
    app.config.update(
        SESSION_COOKIE_NAME="torvet" if loopback else "__Host-torvet",
        SESSION_COOKIE_SECURE=not loopback,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = PageSessions(app)
    # Before the token is looked for, which reads the whole of what was sent.
    app.before_request(_make_room)
    csrf.init_app(app)
    app.after_request(partial(_add_headers, _headers(loopback)))
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def _make_room() -> None:
    view = current_app.view_functions.get(str(request.endpoint))
    request.max_content_length = getattr(view, "most_bytes", MOST_BYTES)


def _add_headers(headers: Mapping[tuple[bool, bool], Headers], response: Response) -> Response:
    view = current_app.view_functions.get(str(request.endpoint))
    wasm, framed = getattr(view, "needs_wasm", False), getattr(view, "may_be_framed", False)
    given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 not a dict
    missing = [header for header in headers[wasm, framed] if header[0].lower() not in given]
    response.headers.extend(missing)
    return response


def _headers(loopback: bool) -> dict[tuple[bool, bool], Headers]:
    """What an answer carries unless its page said otherwise, by whether it needs WebAssembly and
    whether it may be framed."""
    either = (False, True)
    return {
        (wasm, framed): _headers_of(wasm, framed, loopback) for wasm in either for framed in either
    }


def _headers_of(wasm: bool, framed: bool, loopback: bool) -> Headers:
    policy = POLICY.format(
        wasm=" 'wasm-unsafe-eval'" if wasm else "", framed="'self'" if framed else "'none'"
    )
    always = {"Content-Security-Policy": policy, **HEADERS, "Cache-Control": "no-store"}
    if not loopback:
        always["Strict-Transport-Security"] = HSTS
    return tuple(always.items())

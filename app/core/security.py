"""The headers every answer carries, and the cookies' names and limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, request
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
MOST_BYTES = 4_000_000
MOST_FORM_BYTES = 1_000_000
MOST_FORM_PARTS = 500

csrf = CSRFProtect()


def allow_wasm(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the one page whose script compiles WebAssembly (the scanner)."""
    view.needs_wasm = True  # type: ignore[attr-defined]
    return view


def allow_framing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the one page our own desk shows in a frame (the survey preview)."""
    view.may_be_framed = True  # type: ignore[attr-defined]
    return view


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
    csrf.init_app(app)
    app.after_request(_add_headers)
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def _add_headers(response: Response) -> Response:
    view = current_app.view_functions.get(str(request.endpoint))
    wasm = " 'wasm-unsafe-eval'" if getattr(view, "needs_wasm", False) else ""
    framed = "'self'" if getattr(view, "may_be_framed", False) else "'none'"
    policy = POLICY.format(wasm=wasm, framed=framed)
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not current_app.config["OVER_LOOPBACK"]:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response

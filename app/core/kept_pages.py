"""Pages of the public as they were shown lately: shown again while all that they tell is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app, g, make_response, render_template, request, session
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from app.core.language_choice import asked_for, chosen_language
from app.core.logs import ID_HEADER, request_id
from app.core.pages import render, template_of
from app.core.refusals import Refusal
from app.core.shown_again import refused

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

# By path, then language; per process, a few megabytes.
KEPT = "kept_pages"
MOST_KEPT = 200
# Where the key lies that was read for a visit whose page tells something else by now.
READ_KEY = "torvet.page_key"

ReadKey = Callable[[], object]
Headers = list[tuple[str, str]]


@dataclass
class KeptPage:
    """A page with the key of all that it tells."""

    key: object
    body: bytes
    read_key: ReadKey
    # What a stranger's plain visit was answered with; None until there was one.
    headers: Headers | None = None


class KeptPages(dict[str, dict[str, KeptPage]]):
    """The pages of one application."""

    def page(self, path: str, language: str) -> KeptPage | None:
        return self.get(path, {}).get(language)

    def keep(self, path: str, language: str, page: KeptPage) -> None:
        if len(self) >= MOST_KEPT:
            self.clear()
        self.setdefault(path, {})[language] = page


def keep_pages(app: Flask) -> None:
    """Let the application keep pages."""
    app.extensions[KEPT] = KeptPages()


def render_kept(
    read_key: ReadKey, read: Callable[[], Mapping[str, object]], *, alone: bool = False
) -> Response:
    """The page of this endpoint, kept: it must depend on nothing but its key and the language.

    `read_key` reads all that it tells, and whose installation it is, so it is never an old one;
    `read` what its template is handed, where it is not kept. Something was changed meanwhile where
    the key is another one afterwards. `alone`: the key is read anew at each call, and needs no
    request. An event's page takes a third of the processor's time by this (bench/results.md).
    """
    if "_flashes" in session or refused():
        return render(200, None, **read())
    pages: KeptPages = current_app.extensions[KEPT]
    path, language = request.environ["PATH_INFO"], chosen_language()
    key = request.environ.get(READ_KEY) or read_key()
    page = pages.page(path, language)
    if page is None or page.key != key:
        body = render_template(template_of(str(request.endpoint)), **read())
        page = KeptPage(key, body.encode(), read_key)
        if read_key() == key:
            pages.keep(path, language, page)
    g.kept_page = page if alone else None
    return make_response(page.body)


def note_headers(response: Response) -> None:
    """Keep what a stranger's plain visit to a kept page is answered with."""
    page: KeptPage | None = g.pop("kept_page", None)
    if page and _is_plain(current_app, request.environ) and "Set-Cookie" not in response.headers:
        page.headers = [header for header in response.headers if header[0] != ID_HEADER]


def shown_before(app: Flask, environ: WSGIEnvironment) -> tuple[Headers, bytes] | None:
    """The kept page of a plain visit, with its headers, if all that it tells is still so.

    Flask is not asked: its part is two thirds of what the page takes otherwise (bench/results.md).
    """
    by_language = app.extensions[KEPT].get(environ["PATH_INFO"])
    if by_language is None or not _is_plain(app, environ):
        return None
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"), LanguageAccept)
    page: KeptPage | None = by_language.get(asked_for(accepted))
    if page is None or page.headers is None:
        return None
    with app.app_context():
        try:
            key = page.read_key()
        except (Refusal, SQLAlchemyError):
            # Flask will ask once more, and answer what is said then.
            return None
    if key != page.key:
        environ[READ_KEY] = key
        return None
    return [*page.headers, (ID_HEADER, request_id(environ.get("HTTP_X_REQUEST_ID", "")))], page.body


def _is_plain(app: Flask, environ: WSGIEnvironment) -> bool:
    """Whether the page is opened by somebody of whom nothing is known."""
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and app.config["SESSION_COOKIE_NAME"] not in cookies
    )

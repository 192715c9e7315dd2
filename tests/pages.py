"""A test client that inspects every page it opens and hands back something tests can read."""

from __future__ import annotations

import contextvars
import re
import secrets
from collections import Counter
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from app.core.clock import _pretended
from app.core.sent_forms import FORM_KEY
from tests.statements import changes_in

# Rows that a GET may leave behind: notes of access, a session's last use, rate limits.
OUTLIVING = frozenset({"access_log", "browser_sessions", "limit_counts", "name_searches"})
OWN_HOSTS = frozenset({"", "localhost", "127.0.0.1", "127.0.0.1:8000"})
NAMELESS = frozenset({"hidden", "submit", "button", "image", "reset"})
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage")
# What differs from one rendering of the same page to the next.
TOKEN = re.compile(r'(?<=value=")[\w.-]{60,}(?=")|(?<=name="form_key" value=")[\w-]+(?=")')
# Soft hyphens and isolates: they change how a text is set, not what it says.
UNSEEN = re.compile("[\u00ad\u2066-\u2069]")
SPACE = re.compile(r"\s+")
# What was inspected and found without fault: the same page is looked at once.
FAULTLESS: set[int] = set()


class Page:
    """The parsed page of an answer."""

    def __init__(self, html: str) -> None:
        self.root, self.syntax_errors = parsed(html)
        self.ids = Counter(one.get("id") for one in self.root.iter() if one.get("id"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of that tag with those attribute values (class_ for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.root.iter(tag)
            if all(value in (one.get(name) or "").split() for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element; its absence or a second one fails the test."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All that a reader reads, spaces folded (no-break ones too)."""
        return text_of(self.one("body"))

    @property
    def heading(self) -> str:
        return text_of(self.one("h1"))

    def links(self) -> list[str]:
        """Where the page leads, in order."""
        return [one.get("href") or "" for one in self.all("a") if one.get("href")]

    def errors(self) -> dict[str, str]:
        """The message beneath each field that has one, by the field's name."""
        by_id = {one.get("id"): text_of(one) for one in self.root.iter() if one.get("id")}
        return {
            field.get("name") or "": by_id.get(field.get("aria-errormessage") or "", "")
            or " ".join(by_id.get(one, "") for one in (field.get("aria-describedby") or "").split())
            for field in self.fields()
            if field.get("aria-invalid") == "true"
        }

    def fields(self) -> list[Element]:
        """Every input, choice and text area that a visitor fills in."""
        inputs = [one for one in self.root.iter("input") if one.get("type") not in NAMELESS]
        return inputs + list(self.root.iter("select")) + list(self.root.iter("textarea"))

    def form(self, action: str | None = None) -> dict[str, str]:
        """What the form (the last one, or the one with this action) would send untouched."""
        forms = [one for one in self.all("form") if action is None or one.get("action") == action]
        assert forms, f"no form with action {action}"
        return _sent(forms[-1])

    def faults(self) -> list[str]:
        """Everything wrong with the page, each as a sentence."""
        return [
            *self.syntax_errors,
            *(f"id {name!r} stands {n} times" for name, n in self.ids.items() if n > 1),
            *self._faults_of_frame(),
            *self._faults_of_labels(),
            *self._faults_of_policy(),
            *self._faults_of_forms(),
        ]

    def _faults_of_frame(self) -> list[str]:
        html = self.one("html")
        title = self.all("title")
        checks = {
            "html has no lang": html.get("lang"),
            "html has no dir": html.get("dir") in {"ltr", "rtl"},
            "no title": title and text_of(title[0]),
            "not exactly one h1": len(self.all("h1")) == 1,
            "not exactly one main": len(self.all("main")) == 1,
            "the title does not say what the heading says": self._title_agrees(),
        }
        return [sentence for sentence, right in checks.items() if not right]

    def _title_agrees(self) -> bool:
        """The heading stands in the title, so that a tab, a bookmark and a page are one thing."""
        headings, titles = (
            [UNSEEN.sub("", text_of(one)) for one in self.all(tag)] for tag in ("h1", "title")
        )
        return any(heading in title for heading in headings for title in titles)

    def _faults_of_labels(self) -> list[str]:
        labels = {one.get("for") for one in self.all("label") if text_of(one)}
        wrapped = {id(field) for one in self.all("label") if text_of(one) for field in one.iter()}
        faults = [
            f"field {field.get('name')!r} has no label"
            for field in self.fields()
            if not (field.get("aria-label") or field.get("aria-labelledby"))
            and field.get("id") not in labels
            and id(field) not in wrapped
        ]
        faults += [
            f"image {one.get('src')!r} has no alt"
            for one in self.all("img")
            if one.get("alt") is None
        ]
        faults += ["a table's heading is empty" for one in self.all("th") if not _named(one)]
        for one in self.root.iter():
            if one.tag in {"a", "button"} and not _named(one):
                faults.append(f"<{one.tag} {one.attrib}> has no name")
            for reference in REFERENCES:
                for target in (one.get(reference) or "").split():
                    if target not in self.ids:
                        faults.append(f"{reference}={target!r} leads nowhere")
        return faults

    def _faults_of_policy(self) -> list[str]:
        faults = ["inline <style>" for _ in self.root.iter("style")]
        for one in self.root.iter():
            if not isinstance(one.tag, str):
                continue
            names = [name for name in one.attrib if name == "style" or name.startswith("on")]
            faults += [f"inline {name} on <{one.tag}>" for name in names]
            loaded = _loaded(one)
            if loaded and urlsplit(loaded).netloc not in OWN_HOSTS:
                faults.append(f"<{one.tag}> loads {loaded} from elsewhere")
            if one.tag == "script" and not one.get("src") and "json" not in one.get("type", ""):
                faults.append("inline <script>")
        return faults

    def _faults_of_forms(self) -> list[str]:
        return [
            f"form {one.get('action')!r} posts without csrf_token"
            for one in self.all("form")
            if (one.get("method") or "get").lower() == "post" and "csrf_token" not in _sent(one)
        ]


class InspectingClient(FlaskClient):
    """Opens pages as a browser would, outside the test's own application context."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        method = str(options.get("method", "GET")).upper()
        path = str(args[0]) if args and isinstance(args[0], str) else ""
        form = options.get("data")
        unsafe = method in {"POST", "PUT", "PATCH", "DELETE"}
        if unsafe and not path.startswith("/api/") and isinstance(form, dict | None):
            hidden = {"csrf_token": self.csrf_token(), FORM_KEY: secrets.token_urlsafe(9)}
            options["data"] = {**hidden, **(form or {})}
        with changes_in() as changed:
            answer = _outside().run(super().open, *args, **options)
        if method in {"GET", "HEAD"}:
            assert changed <= OUTLIVING, f"GET {path} changed rows in {changed - OUTLIVING}"
        self.inspect(answer, path)
        return answer

    def inspect(self, answer: TestResponse, path: str) -> None:
        """Fail the test where an HTML answer has a fault."""
        if answer.mimetype == "text/html" and answer.data and not answer.location:
            unmarked = hash(TOKEN.sub("", answer.text))
            if unmarked not in FAULTLESS:
                faults = Page(answer.text).faults()
                assert not faults, f"{path}: " + "; ".join(faults)
                FAULTLESS.add(unmarked)

    def page(self, path: str, status: int = 200, **options: Any) -> Page:
        """Open an address, expect this status, and hand back the parsed page."""
        answer = self.get(path, **options)
        assert answer.status_code == status, f"GET {path}: {summary(answer)}"
        return Page(answer.text)

    def send(self, path: str, form: dict[str, Any], status: int = 303, **more: Any) -> TestResponse:
        """Send a form and expect this status."""
        answer = self.post(path, data=form, **more)
        assert answer.status_code == status, f"POST {path}: {summary(answer)}"
        return answer

    def csrf_token(self) -> str:
        """A token that belongs to this client's session, as its pages would carry it."""
        return _outside().run(self._csrf_token)

    def _csrf_token(self) -> str:
        with self.session_transaction() as own, self.application.test_request_context():
            session.update(own)
            token: str = generate_csrf()
            own["csrf_token"] = session["csrf_token"]
        return token


def _outside() -> contextvars.Context:
    """A context without the test's application, but with the moment the test pretends it is."""
    context = contextvars.Context()
    context.run(_pretended.set, _pretended.get())
    return context


@lru_cache(maxsize=8)
def parsed(html: str) -> tuple[Element, list[str]]:
    """The tree of a page and its errors of syntax; who inspects and who reads parse it once."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root, [f"line {place[0]}: {code} {facts}" for place, code, facts in parser.errors]


def text_of(element: Element) -> str:
    """The element's text as read aloud, spaces folded."""
    return SPACE.sub(" ", "".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ")).strip()


def summary(answer: TestResponse) -> str:
    """What an unexpected answer says, short enough for a test's failure."""
    start = f"{answer.status} {answer.location or ''}"
    if answer.mimetype != "text/html" or not answer.data:
        return f"{start} {answer.text[:600]}"
    page = Page(answer.text)
    return f"{start} {page.errors()} {page.text[:600]}"


def _named(element: Element) -> bool:
    if element.tag == "a" and element.get("href") is None:
        return True
    pictures = [one for one in element.iter() if one.tag in {"img", "svg"}]
    names = [one.get("alt") or one.get("aria-label") for one in pictures]
    labels = element.get("aria-label") or element.get("aria-labelledby")
    return bool(text_of(element) or labels or any(names))


def _loaded(element: Element) -> str | None:
    if element.tag == "link" and element.get("rel") in {"canonical", "alternate"}:
        return None
    return element.get("src") or (element.get("href") if element.tag in {"link", "use"} else None)


def _sent(form: Element) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in form.iter():
        name = one.get("name")
        value = _value_of(one) if name else None
        if name and value is not None:
            values[name] = value
    return values


def _value_of(field: Element) -> str | None:
    if field.tag == "textarea":
        return (field.text or "").removeprefix("\n")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return chosen[0].get("value", text_of(chosen[0])) if chosen else None
    kind = field.get("type", "text")
    if field.tag != "input" or kind in {"submit", "button", "image"}:
        return None
    if kind not in {"checkbox", "radio"}:
        return field.get("value", "")
    return field.get("value", "on") if field.get("checked") is not None else None

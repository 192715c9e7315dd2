"""Who may open a page stands on the page; one guard refuses whatever is not marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.core import access_log
from app.core.refusals import Forbidden, SignInNeeded
from app.core.security import API_PREFIX

P = ParamSpec("P")
R = TypeVar("R")


class StaffRole(StrEnum):
    """What a member of staff is there for."""

    ADMIN = "admin"
    ORGANISER = "organiser"
    REVIEWER = "reviewer"
    DOOR = "door"
    ANALYST = "analyst"
    PARTNER = "partner"


@dataclass(frozen=True)
class Scope:
    """What an API token may be used for: enrol, scan, holdings, read."""

    name: str


@dataclass(frozen=True)
class CallerKind:
    """A kind of caller that is no role."""

    name: str


PUBLIC = CallerKind("public")
SIGNED_IN = CallerKind("signed_in")
DEVICE = CallerKind("device")
STAFF = tuple(StaffRole)

Opening = StaffRole | Scope | CallerKind


@dataclass(frozen=True)
class Identity:
    """Who calls, as a plain value: no row is handed into the request."""

    email: str | None = None
    name: str = ""
    staff_id: int | None = None
    roles: frozenset[StaffRole] = frozenset()
    sign_in_id: int | None = None
    token_id: int | None = None
    scopes: frozenset[str] = frozenset()
    # A paired device as the door describes it; None for anyone else.
    device: Any = None
    # Called after the request, for instance to note when the session was last used.
    afterwards: tuple[Callable[[], None], ...] = field(default=(), compare=False)

    @property
    def bearer(self) -> str:
        """The scope of an idempotency key: this token or device, nobody else's."""
        if self.token_id is not None:
            return f"token:{self.token_id}"
        return f"device:{self.device.id}" if self.device is not None else f"mail:{self.email}"

    def has(self, *roles: StaffRole) -> bool:
        """Whether one of the roles is held; an administrator holds all."""
        return StaffRole.ADMIN in self.roles or bool(self.roles.intersection(roles))


NOBODY = Identity()


@dataclass(frozen=True)
class Recognition:
    """How a caller is recognised; filled by create_app with functions from above core."""

    by_session: Callable[[str], Identity | None]
    # A bearer token's prefix decides who knows it: {"torvet_": …, "door_": …}.
    by_bearer: Mapping[str, Callable[[str], Identity | None]]


def open_to(*openings: Opening) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a page with those who may open it."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.open_to = frozenset(openings)  # type: ignore[attr-defined]
        return view

    return mark


def openings_of(view: Callable[..., Any]) -> frozenset[Opening] | None:
    """Those a page is marked open to; None where the mark is missing."""
    return getattr(view, "open_to", None)


def identity() -> Identity:
    """Who makes this request."""
    caller: Identity = g.get("identity", NOBODY)
    return caller


def guard_pages(app: Flask, recognition: Recognition) -> None:
    """Stand before every page of the application."""
    app.extensions["recognition"] = recognition
    app.before_request(_guard)


def may_open(caller: Identity, openings: frozenset[Opening]) -> bool:
    """The decision itself."""
    if PUBLIC in openings or (SIGNED_IN in openings and caller.email):
        return True
    if DEVICE in openings and caller.device is not None:
        return True
    if any(isinstance(opening, Scope) and opening.name in caller.scopes for opening in openings):
        return True
    roles = [opening for opening in openings if isinstance(opening, StaffRole)]
    return bool(roles) and caller.has(*roles)


def may_visit(endpoint: str) -> bool:
    """Whether this reader may open the page of that endpoint; else no link leads there."""
    openings = openings_of(current_app.view_functions[endpoint])
    return openings is not None and may_open(identity(), openings)


def identified() -> Identity:
    """Who makes this request, found out where a form's token is refused before anybody asks."""
    if "identity" not in g:
        g.identity = _recognised()
    return identity()


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    openings = openings_of(current_app.view_functions[request.endpoint])
    g.identity = caller = _recognised()
    for later in caller.afterwards:
        access_log.after_request(later)
    if openings is not None and may_open(caller, openings):
        return None
    return _refuse(caller)


def _recognised() -> Identity:
    recognition: Recognition = current_app.extensions["recognition"]
    if request.path.startswith(API_PREFIX):
        return _bearer(recognition)
    token = session.get("sid")
    return (token and recognition.by_session(token)) or NOBODY


def _bearer(recognition: Recognition) -> Identity:
    token = request.authorization.token if request.authorization else None
    if not token:
        return NOBODY
    for prefix, known in recognition.by_bearer.items():
        if token.startswith(prefix):
            return known(token) or NOBODY
    return NOBODY


def _refuse(caller: Identity) -> Response | None:
    if caller != NOBODY:
        access_log.note("refused", subject=str(request.endpoint))
        raise Forbidden
    if request.method != "GET" or request.path.startswith(API_PREFIX):
        raise SignInNeeded
    return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303)

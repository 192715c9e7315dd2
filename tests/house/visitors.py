"""Everyone who may knock at a page, and what each endpoint would be called with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from app.applications.role_pages import RoleInAddress
from app.applications.rules.states import Role
from app.core.access import DEVICE, PUBLIC, SIGNED_IN, Opening, Scope, StaffRole, openings_of
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.factories import api_token, bearer, sign_in
from tests.pages import InspectingClient

SCOPES = ("enrol", "scan", "holdings", "read")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Visitor:
    """One kind of caller, and how it makes itself known."""

    name: str
    may_open: Callable[[frozenset[Opening]], bool]
    prepare: Callable[[InspectingClient], dict[str, str]]


def anonymous() -> Visitor:
    """Someone who has not signed in."""
    return Visitor("anonymous", lambda openings: PUBLIC in openings, lambda _client: {})


def email() -> Visitor:
    """Someone signed in who is not staff."""
    return Visitor(
        "email",
        lambda openings: bool(openings & {PUBLIC, SIGNED_IN}),
        lambda client: _no_headers(sign_in(client, "someone@mail.example")),
    )


def staff(role: StaffRole) -> Visitor:
    """A member of staff with one duty."""

    def prepare(client: InspectingClient) -> dict[str, str]:
        with unit_of_work():
            people.add_staff(f"{role}@desk.example", role, name="Bo Hansen")
        return _no_headers(sign_in(client, f"{role}@desk.example"))

    def may_open(openings: frozenset[Opening]) -> bool:
        if role is StaffRole.ADMIN and any(isinstance(one, StaffRole) for one in openings):
            return True
        return bool(openings & {PUBLIC, SIGNED_IN, role})

    return Visitor(f"staff:{role}", may_open, prepare)


def machine(scope: str) -> Visitor:
    """An API token with one scope."""
    return Visitor(
        f"machine:{scope}",
        lambda openings: bool(openings & {PUBLIC, Scope(scope)}),
        lambda _client: bearer(api_token(scope)),
    )


def page_visitors() -> list[Visitor]:
    """Who comes with a browser."""
    return [anonymous(), email(), *(staff(role) for role in StaffRole)]


def api_visitors() -> list[Visitor]:
    """Who comes with a bearer token, or with none."""
    return [anonymous(), *(machine(scope) for scope in SCOPES)]


def endpoints(app: Flask, api: bool) -> Iterator[tuple[Rule, str, frozenset[Opening]]]:
    """Every (rule, method, openings) of the application's pages or of its machine interface."""
    # Signing out comes last, or the rest would be asked by a stranger.
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: "sign-out" in one.rule):
        if rule.rule.startswith("/api/") is api:
            openings = openings_of(app.view_functions[rule.endpoint]) or frozenset()
            for method in sorted((rule.methods or set()) & set(METHODS)):
                yield rule, method, openings


def address(app: Flask, rule: Rule, word: str = "nothing-there") -> str:
    """The rule's address with something plausible in each place, `word` where any will do."""
    values = {name: _plausible(rule, name, word) for name in rule.arguments}
    with app.test_request_context():
        _domain, path = rule.build(values) or ("", rule.rule)
    return str(path)


def is_for_devices_alone(openings: frozenset[Opening]) -> bool:
    """Whether only a paired phone may call it."""
    return bool(openings) and openings <= {DEVICE}


def _plausible(rule: Rule, name: str, word: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if isinstance(converter, RoleInAddress):
        return Role.FOOD_STALL
    if isinstance(converter, IntegerConverter):
        return max(1, converter.min or 1)
    return word


def _no_headers(_client: InspectingClient) -> dict[str, str]:
    return {}

"""Every address of the application: marked, opened to whom it names, found by every link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from app import JOBS
from app.core.access import Opening, StaffRole, openings_of
from app.core.database import db
from app.core.pages import template_of
from tests.house import sources, visitors
from tests.house.visitors import Visitor
from tests.pages import InspectingClient

REFUSED = {401, 403}
# Answers that tell that the door was open, whatever lay behind it.
SERVER_FAULT = 500
WIDEST = [visitors.anonymous(), visitors.staff(StaffRole.ADMIN)]
LINK = re.compile(r"(?:url_for|link_to)\(\s*\"([\w.]+)\"")


@pytest.mark.only_on("sqlite")
def test_every_endpoint_says_who_may_open_it(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if openings_of(view) is None]
    assert not silent


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("visitor", visitors.page_visitors(), ids=lambda one: one.name)
def test_pages_open_to_those_they_name_and_to_nobody_else(
    visitor: Visitor, app: Flask, client: InspectingClient
) -> None:
    assert_pages_open_as_named(visitor, app, client)


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("visitor", WIDEST, ids=lambda one: one.name)
def test_the_same_pages_open_on_the_other_database(
    visitor: Visitor, app: Flask, client: InspectingClient
) -> None:
    """Who may open a page is decided before it asks a database: two visitors are enough."""
    assert_pages_open_as_named(visitor, app, client)


def assert_pages_open_as_named(visitor: Visitor, app: Flask, client: InspectingClient) -> None:
    """Call every page; each opens to those whom it names."""
    headers = visitor.prepare(client)
    wrong = []
    for rule, method, openings in visitors.endpoints(app, api=False):
        answer = client.open(visitors.address(app, rule), method=method, headers=headers)
        to_sign_in = (answer.location or "").startswith("/sign-in")
        refused = answer.status_code in REFUSED or to_sign_in
        wrong += _judged(visitor, openings, refused, answer.status_code, f"{method} {rule}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("visitor", visitors.api_visitors(), ids=lambda one: one.name)
def test_calls_open_to_those_they_name_and_to_nobody_else(
    visitor: Visitor, app: Flask, client: InspectingClient
) -> None:
    headers = visitor.prepare(client)
    wrong = []
    for rule, method, openings in visitors.endpoints(app, api=True):
        body = {} if method == "GET" else {"json": {}}
        answer = client.open(visitors.address(app, rule), method=method, headers=headers, **body)
        refused = answer.status_code in REFUSED
        wrong += _judged(visitor, openings, refused, answer.status_code, f"{method} {rule}")
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json", f"{method} {rule}"
    assert not wrong, "\n".join(wrong)


@pytest.mark.only_on("sqlite")
def test_every_link_in_a_template_leads_somewhere(app: Flask) -> None:
    lost = []
    for file in [*sources.templates(), *sources.templates(".txt")]:
        for call in app.jinja_env.parse(file.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in {"url_for", "link_to"}:
                lost += _lost(app, file, call)
    assert not lost, "\n".join(lost)


@pytest.mark.only_on("sqlite")
def test_every_link_in_code_leads_somewhere(app: Flask) -> None:
    lost = [
        f"{file.relative_to(sources.ROOT)}: {endpoint}"
        for file in sources.modules("app")
        for endpoint in LINK.findall(file.read_text())
        if _whole(file, endpoint) not in app.view_functions
    ]
    assert not lost


@pytest.mark.only_on("sqlite")
def test_every_template_is_used(app: Flask) -> None:
    named = {template_of(endpoint) for endpoint in app.view_functions}
    for module in sources.modules("app"):
        named |= sources.strings(module)
    for file in [*sources.templates(), *sources.templates(".txt")]:
        named |= _templates_named_in(app, file.read_text())
    unused = []
    for file in [*sources.templates(), *sources.templates(".txt"), *sources.templates(".typ")]:
        path = file.relative_to(sources.TEMPLATES).as_posix()
        bare = path.removeprefix("emails/").removeprefix("papers/").rpartition(".")[0]
        answers_a_status = path.startswith("errors/") and file.stem.isdecimal()
        names = {path, bare, path.rpartition(".")[0], file.name, file.stem}
        if not answers_a_status and not named & names:
            unused.append(path)
    assert not unused


@pytest.mark.only_on("sqlite")
def test_every_part_is_registered(app: Flask) -> None:
    jobs = {(one.__module__, one.__name__) for one in JOBS}
    forgotten = []
    for module in sources.modules("app"):
        path = module.relative_to(sources.ROOT).with_suffix("")
        if path.name in sources.PAGE_FILES and len(path.parts) == 3:
            suffix = "" if path.name == "routes" else f"_{path.name}"
            if f"{path.parts[1]}{suffix}" not in app.blueprints:
                forgotten.append(str(path))
        if path.name == "jobs":
            dotted = ".".join(path.parts)
            names = [one.name for one in sources.tree(module).body if hasattr(one, "name")]
            public = [one for one in names if not one.startswith("_")]
            if public and not any(known[0].startswith(dotted) for known in jobs):
                forgotten.append(dotted)
    assert not forgotten


@pytest.mark.only_on("sqlite")
def test_templates_cannot_query(app: Flask) -> None:
    lazy = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in db.Model.registry.mappers
        for relation in mapper.relationships
        if relation.lazy not in {"raise_on_sql", "write_only"}
    ]
    assert not lazy


def _judged(
    visitor: Visitor, openings: frozenset[Opening], refused: bool, status: int, what: str
) -> list[str]:
    allowed = visitor.may_open(openings)
    if status >= SERVER_FAULT and status != 501:
        return [f"{what} answered {status} to {visitor.name}"]
    if refused is allowed:
        return [f"{what} {'refused' if refused else 'opened to'} {visitor.name} ({status})"]
    return []


def _lost(app: Flask, file: Path, call: nodes.Call) -> list[str]:
    first = call.args[0] if call.args else None
    if not isinstance(first, nodes.Const):
        return []
    endpoint = _whole(file, first.value)
    rules = list(app.url_map.iter_rules(endpoint)) if endpoint in app.view_functions else []
    given = {one.key for one in call.kwargs}
    if call.dyn_kwargs is not None or any(rule.arguments <= given for rule in rules):
        return []
    return [f"{file.relative_to(sources.ROOT)}:{call.lineno} {endpoint} with {sorted(given)}"]


def _whole(file: Path, endpoint: str) -> str:
    """The endpoint with its blueprint, which ".name" leaves to where it stands."""
    if not endpoint.startswith("."):
        return endpoint
    place = file.relative_to(sources.ROOT).parts
    kinds = {part.removesuffix(".py") for part in place} & {"desk", "api"}
    return "_".join([place[1], *kinds]) + endpoint


def _templates_named_in(app: Flask, text: str) -> set[str]:
    return {
        one.value
        for one in app.jinja_env.parse(text).find_all(nodes.Const)
        if isinstance(one.value, str)
    }

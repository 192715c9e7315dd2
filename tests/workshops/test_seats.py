"""When a seat is given stands in one place, and the statement that gives it says the same."""

from __future__ import annotations

import ast
import re
from itertools import product

import pytest
from flask import Flask

from app.core.unit_of_work import unit_of_work
from app.workshops.models import Workshop
from app.workshops.rules import places
from app.workshops.services import planning, seats
from tests.house import sources
from tests.house.sources import ROOT
from tests.workshops.making import stored_workshop, workshop

RULE = ROOT / "app" / "workshops" / "rules" / "places.py"
JUDGED = re.compile(r"\.(?:capacity|taken)\s*(?:[-+<>]|[!=]=)|[-+<>]\s*\w+\.(?:capacity|taken)\b")


def test_a_group_gets_all_of_its_seats_or_none() -> None:
    assert places.fits(3, places.free(capacity=10, taken=7))
    assert not places.fits(4, places.free(capacity=10, taken=7))


@pytest.mark.parametrize(("taken", "asked"), list(product(range(4), range(1, 5))))
def test_the_guard_gives_a_seat_exactly_when_the_rule_does(
    app: Flask, taken: int, asked: int
) -> None:
    capacity = 3
    event_id = workshop(capacity=capacity)
    with unit_of_work():
        for _ in range(taken):
            seats.take(event_id, 1)
    with unit_of_work():
        version = seats.take(event_id, asked)
    given = places.fits(asked, places.free(capacity, taken))
    assert (version is not None) is given
    assert stored_workshop(event_id).taken == taken + (asked if given else 0)


def test_a_row_tells_its_free_seats_by_the_rule(app: Flask) -> None:
    event_id = workshop(capacity=4)
    with unit_of_work():
        seats.take(event_id, 3)
    assert stored_workshop(event_id).free == places.free(4, 3) == 1
    with unit_of_work():
        planning.set_capacity(event_id, 3)
    assert stored_workshop(event_id).free == 0


def test_nobody_else_compares_what_is_taken_with_the_capacity() -> None:
    assert Workshop.free.fget is not None
    compared = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in sources.modules("app")
        if module != RULE
        for node in ast.walk(sources.tree(module))
        if isinstance(node, ast.BinOp | ast.Compare) and {"capacity", "taken"} <= _named(node)
    ]
    compared += [
        str(file.relative_to(ROOT))
        for file in sources.templates()
        if JUDGED.search(file.read_text())
    ]
    assert compared == []


def _named(node: ast.AST) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}

"""What a kind of event has stands in one table, and everybody reads it there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.languages import LANGUAGES, SOURCE
from app.events.rules import KINDS, EventKind, ReportPlace, kinds_told_in
from app.events.wording import KIND_NAMES, KIND_PLURALS
from tests.house import sources
from tests.house.sources import ROOT

TABLE = ROOT / "app" / "events" / "rules.py"
# What the seed file of a check may say is its own contract.
SEEDS = ROOT / "app" / "demo" / "rules" / "seeds.py"


def test_every_kind_has_its_line() -> None:
    assert set(KINDS) == set(EventKind)


def test_each_part_of_the_report_tells_of_a_kind_of_its_own() -> None:
    told = [kinds_told_in(place) for place in ReportPlace]
    assert all(told) and sum(map(len, told)) == len(frozenset().union(*told))


def test_nobody_both_applies_and_enrols() -> None:
    assert not [kind for kind, has in KINDS.items() if has.applications and has.enrolments]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {SOURCE}))
def test_kinds_have_names_in_every_language(app: Flask, language: str) -> None:
    with force_locale(SOURCE):
        english = [str(names[kind]) for names in (KIND_NAMES, KIND_PLURALS) for kind in EventKind]
    with force_locale(language):
        said = [str(names[kind]) for names in (KIND_NAMES, KIND_PLURALS) for kind in EventKind]
    # Danish has some of these words from English.
    same = {one for one, other in zip(english, said, strict=True) if one == other}
    assert same <= {"Festival", "Workshop", "Workshops"} and (language == "da" or not same)


def test_no_other_module_tells_kinds_apart() -> None:
    apart = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in sources.modules("app")
        if module not in (TABLE, SEEDS)
        for node in told_apart(module)
    ]
    assert apart == []


def test_no_template_tells_kinds_apart() -> None:
    kinds = "|".join(EventKind)
    compared = re.compile(rf"\bevent\.kind\b|[\"'](?:{kinds})[\"']\s*(?::|,\s*[\"'](?:{kinds}))")
    assert [file for file in sources.templates() if compared.search(file.read_text())] == []


def told_apart(module: Path) -> Iterator[ast.expr]:
    """Comparisons with a kind, and collections of several."""
    for node in ast.walk(sources.tree(module)):
        kinds = sum(map(_is_kind, _parts(node)))
        if kinds > 1 or (kinds and isinstance(node, ast.Compare)):
            assert isinstance(node, ast.expr)
            yield node


def _parts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return list(node.elts)
    return [key for key in node.keys if key] if isinstance(node, ast.Dict) else []


def _is_kind(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "EventKind"
    return isinstance(node, ast.Constant) and node.value in set(EventKind) - {"workshop", "course"}

"""The glossary names classes and tables that exist, each noun once."""

from __future__ import annotations

import ast
import re

from app.core.database import Base, db
from tests.house import sources
from tests.house.sources import ROOT

ROW = re.compile(r"^\| (?P<noun>[^|]+) \| [^|]+ \| `(?P<name>\w+)` \| (?:`(?P<table>\w+)`|–) \|")


def entries() -> list[tuple[str, str, str | None]]:
    """Noun, class and table of each line."""
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    return [
        (found["noun"], found["name"], found["table"]) for found in map(ROW.match, lines) if found
    ]


def test_every_line_of_the_glossary_is_read() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    assert len(entries()) == sum(line.startswith("| ") for line in lines) - 1
    assert len({noun for noun, _, _ in entries()}) == len(entries()) >= 40


def test_the_classes_of_the_glossary_stand_in_the_code() -> None:
    classes = {
        node.name
        for file in sources.modules("app")
        for node in sources.tree(file).body
        if isinstance(node, ast.ClassDef)
    }
    assert not {name for _, name, _ in entries()} - classes


def test_the_tables_of_the_glossary_are_those_of_their_classes() -> None:
    tables = {mapper.class_.__name__: str(mapper.local_table) for mapper in Base.registry.mappers}
    named = {name: table for _, name, table in entries() if table is not None}
    assert named == {name: tables[name] for name in named}
    assert set(named.values()) <= db.metadata.tables.keys()

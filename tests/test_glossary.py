"""The glossary names classes and tables that exist, each noun once."""

from __future__ import annotations

import ast
import re

from babel.messages.catalog import Message

from app.core import catalogues
from app.core.database import Base, db
from tests.house import sources
from tests.house.sources import ROOT

ROW = re.compile(r"^\| (?P<noun>[^|]+) \| [^|]+ \| `(?P<name>\w+)` \| (?:`(?P<table>\w+)`|–) \|")

ONE_WORD = re.compile(r"^- \*\*(?P<word>[^*]+)\*\*, not (?P<others>.+)$")
# What a program is told stays as it is, and so do placeholders.
NO_WORDS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|by=\w+|survey load|religiøs begivenhed")


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


def test_one_thing_goes_by_one_word_in_danish() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    words = {
        line["word"]: re.findall(r"\*([^*]+)\*", re.split(r" \(|:", line["others"])[0])
        for line in map(ONE_WORD.match, lines)
        if line
    }
    assert len(words) >= 12
    said = _danish_texts()
    others = {
        f"{other} ({word}): {text}"
        for word, forbidden in words.items()
        for other in forbidden
        for text in said
        if re.search(rf"\b{re.escape(other)}\b", text, re.IGNORECASE)
    }
    assert others == set()


def _danish_texts() -> list[str]:
    messages: list[Message] = [
        message for catalog in catalogues.of_language(ROOT, "da") for message in catalog
    ]
    forms = [
        form
        for message in messages
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    return [NO_WORDS.sub("", form) for form in forms]

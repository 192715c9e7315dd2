"""The house rules of the browser's scripts: folders in layers like the packages, and sizes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.sources import ROOT

SCRIPTS = ROOT / "static" / "js"
# From the bottom up, as the packages of the same names.
LAYERS = ("devices", "checkin", "crowd", "door")
# Imports, and the types that a comment takes from another script.
ADDRESS = re.compile(r'(?:\bfrom|\bimport\(|^import) ?"(\.[^"]+)"', re.MULTILINE)
FIRST_SENTENCE = re.compile(r"(?://|/\*\*(?:\n \*)?) [A-Z][^@]+\.")
MOST_LINES = 300


def scripts() -> list[Path]:
    """Every script of ours."""
    return sorted(SCRIPTS.rglob("*.js"))


def addresses(file: Path, text: str) -> list[Path]:
    """What a script of this text, lying there, imports."""
    return [(file.parent / address).resolve() for address in ADDRESS.findall(text)]


def looks_down(file: Path, imported: Path) -> bool:
    """Whether the second lies beside or below the first; what we did not write lies below all."""
    if not imported.is_relative_to(SCRIPTS):
        return imported.is_relative_to(ROOT / "static" / "vendor")
    own, other = (one.relative_to(SCRIPTS).parts[0] for one in (file, imported))
    if own == other:
        return True
    return {own, other} <= set(LAYERS) and LAYERS.index(other) < LAYERS.index(own)


def test_scripts_import_only_from_their_own_folder_and_from_below() -> None:
    upward = [
        f"{file.relative_to(SCRIPTS)} imports {imported}"
        for file in scripts()
        for imported in addresses(file, file.read_text())
        if not looks_down(file, imported)
    ]
    assert not upward


def test_an_import_from_above_is_seen_in_code_and_in_types() -> None:
    text = (
        'import { a } from "../door/phone.js";\nimport "./link.js";\n'
        '/** @type {import("../crowd/tally.js").Crowd} */\nimport {\n  b,\n}'
        ' from "../door/main.js";'
    )
    link = SCRIPTS / "devices" / "link.js"
    found = [one for one in addresses(link, text) if not looks_down(link, one)]
    assert [one.name for one in found] == ["phone.js", "tally.js", "main.js"]
    assert not looks_down(SCRIPTS / "vendors" / "plan.js", link)


def test_every_imported_script_stands_there() -> None:
    imported = {one for file in scripts() for one in addresses(file, file.read_text())}
    assert imported and all(file.is_file() for file in imported)


def test_scripts_open_with_a_sentence_and_keep_their_budget() -> None:
    texts = {file: file.read_text() for file in scripts()}
    assert not [file.name for file, text in texts.items() if not FIRST_SENTENCE.match(text)]
    lines = {str(file): text.count("\n") for file, text in texts.items()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}

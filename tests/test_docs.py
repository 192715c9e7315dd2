"""What the documents name exists: files in the recipes, modules on the two walks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

FOLDERS = "app|bench|config|deploy|docs|migrations|static|templates|tests|translations"
PATH = re.compile(rf"`((?:{FOLDERS})[/.][\w/.-]*)`")
LINK = re.compile(r"\]\(([\w./-]+\.md)\)")
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
MOST_FILES = {
    "A scan, from the machine interface to the admission": 11,
    "An answer, from the page to the report's sentence": 9,
}


@pytest.mark.parametrize("name", ["recipes.md", "CONTRIBUTING.md", "layout.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    text = (ROOT / "docs" / name).read_text()
    assert not [path for path in PATH.findall(text) if not (ROOT / path).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_documents_lead_to_documents(document: Path) -> None:
    assert not [
        link for link in LINK.findall(document.read_text()) if not (ROOT / "docs" / link).exists()
    ]


@pytest.mark.parametrize(("walk", "most"), MOST_FILES.items())
def test_a_walk_passes_through_few_files(walk: str, most: int) -> None:
    text = (ROOT / "docs" / "layout.md").read_text()
    (told,) = re.findall(rf"\*\*{walk}\.\*\*(.*?)(?:\n\n|\Z)", text, re.DOTALL)
    files = PATH.findall(told)
    assert 3 < len(files) <= most

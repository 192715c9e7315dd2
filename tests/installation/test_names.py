"""The demo's city and team are the demo's: everywhere else a name comes from the installation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.unit_of_work import unit_of_work
from app.installation.services import save
from app.installation.wording import TeamContact
from app.questions import queries as questions
from app.reports.drawing import plain_text
from app.reports.queries import facts as reports
from tests.house import sources
from tests.house.sources import ROOT
from tests.surveys import making

THE_DEMOS = re.compile(r"[Tt]ask[Ff]orce|[Kk]øbenhavn|(?<!Europe/)Copenhagen|كوبنهاغن")
COMMENT = re.compile(r"^\s*(?:/\*|\*|//).*$", re.MULTILINE)
READ = ("*.html", "*.txt", "*.typ", "*.json", "*.po", "*.js", "*.css", "*.svg")


def files() -> Iterator[Path]:
    """Whatever is shown to somebody, without the demo and without what others wrote."""
    for folder in ("app", "templates", "translations", "static"):
        for pattern in READ:
            for file in sorted((ROOT / folder).rglob(pattern)):
                path = file.relative_to(ROOT).as_posix()
                if not path.startswith(("app/demo/", "templates/demo/", "static/vendor/")):
                    yield file


def said(file: Path) -> str:
    """A file's own words; a script's comments speak to whoever reads the code."""
    text = file.read_text("utf-8")
    return (
        re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.S | re.M)
        if file.suffix == ".js"
        else text
    )


def strings(module: Path) -> Iterator[str]:
    """A module's strings without its docstrings."""
    tree = sources.tree(module)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    told = {id(node.value) for node in nodes}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_no_page_letter_or_paper_names_the_city_or_team_of_the_demo() -> None:
    named = [file.relative_to(ROOT).as_posix() for file in files() if THE_DEMOS.search(said(file))]
    assert named == []


def test_no_sentence_in_code_does() -> None:
    named = [
        f"{module.relative_to(ROOT)}: {text[:60]}"
        for module in sources.modules("app")
        if "demo" not in module.parts
        for text in strings(module)
        if THE_DEMOS.search(text)
    ]
    assert named == []


@pytest.fixture
def storby(app: Flask) -> None:
    names = {
        "team": {"da": "Verdensholdet", "en": "the World Team"},
        "municipality": {"da": "Storby Kommune", "en": "the City of Storby"},
        "city": {"da": "Storby"},
        "committee": {"da": "Kulturudvalget"},
        "administration": {"da": "kulturforvaltningen"},
    }
    with unit_of_work():
        save(names, TeamContact())


@pytest.mark.usefixtures("storby")
def test_the_report_is_the_installations_own() -> None:
    with force_locale("da"):
        text = plain_text.rendered(reports.paper(2031))
    assert "Verdensholdet med status for arbejdet i 2031" in text
    assert "1. Status for Verdensholdets arbejde i 2031" in text
    assert "Kulturforvaltningen indstiller," in text
    assert "Kulturudvalget" in text
    assert "{" not in text


@pytest.mark.usefixtures("app")
def test_without_names_the_report_reads_in_common_words() -> None:
    with force_locale("da"):
        text = plain_text.rendered(reports.paper(2031))
    assert "Integrationsteamet med status for arbejdet i 2031" in text
    assert "at udvalget tager status for integrationsteamets arbejde i 2031" in text
    assert "{" not in text


@pytest.mark.usefixtures("storby")
def test_a_shipped_questionnaire_says_them_in_the_readers_language() -> None:
    making.loaded("fd_followup")
    instrument = questions.instrument_of(questions.version("fd_followup"))
    assert "årlige status til Storby Kommune." in instrument.thanks["da"]
    assert "yearly report to the City of Storby." in instrument.thanks["en"]
    assert instrument.question("still_working").text["da"].endswith("forældre i Storby?")


@pytest.mark.usefixtures("app")
def test_so_it_does_after_a_change_and_before_anybody_wrote_them() -> None:
    making.loaded("fd_followup")
    version = questions.version("fd_followup")
    assert "status til kommunen." in questions.instrument_of(version).thanks["da"]
    with unit_of_work():
        save({"municipality": {"da": "Nyby Kommune"}}, TeamContact())
    version = questions.version("fd_followup")
    assert "status til Nyby Kommune." in questions.instrument_of(version).thanks["da"]

"""A language more is a line and a folder: menu, forms and letters have it from there."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from app.core.languages import LANGUAGES
from tests.house import sources
from tests.house.sources import APP, ROOT

# Content, not lists: what the demo writes, and what associations say they speak.
CONTENT = ("app/demo/", "app/organisations/wording.py")
OF_A_LANGUAGE = re.compile(rf"_({'|'.join(LANGUAGES)})\b")
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
MY_PAGE = 'msgid "My page"\nmsgstr "میرا صفحہ"\n'
LOOK = """
import json, tempfile
from pathlib import Path
from flask_babel import force_locale
from app import create_app
from app.advisory.forms import WorkshopForm
from app.core import catalogues, languages, language_choice, numbers
from app.core.database import db
from app.events.forms import EventForm
from app.organisations.forms.profile import ProfileForm
from app.programme.forms import MainAreaForm
from app.questions.forms.editing import QuestionEditForm
from app.questions.rules import drafts
from app.reports.forms import TextForm
from app.vendors.services.laying import SCENERY_NAMES
from app.vendors.rules.specs import LandmarkKind
from app.workshops.api import NewEnrolment
from config import Settings

catalogues.compile_all(Path.cwd())
with tempfile.TemporaryDirectory() as folder:
    url = "sqlite:///" + folder + "/torvet.db"
    app = create_app(Settings(env="development", data_dir=Path(folder), database_url=url,
                              secret_key="0123456789abcdefghijklmnopqrstuvwxyz",
                              mail_url="file://" + folder))
    with app.app_context():
        # Some forms offer what the team keeps in rows.
        db.create_all()
    page = app.test_client().get("/accessibility?language=ur").text
    forms = (EventForm, WorkshopForm, ProfileForm, MainAreaForm, TextForm,
             QuestionEditForm)
    with app.test_request_context():
        fields = [part.name for form in forms for field in form() for part in
                  (field if hasattr(field, "every") else [field])]
        with force_locale("da"):
            labels = [str(part.label.text) for part in EventForm().title]
            hint = str(QuestionEditForm().text.form["ur"].label.text)
        stage = language_choice.in_every_language(SCENERY_NAMES[LandmarkKind.STAGE])
        with force_locale("ur"):
            percent = numbers.percent_text(85)
    print(json.dumps({
        "page": page, "fields": fields, "labels": labels, "hint": hint, "stage": stage,
        "percent": percent, "translated": catalogues.TRANSLATED,
        "report": languages.REPORT_LANGUAGES, "asked": drafts.begun("x", {}).head["languages"],
        "machine": NewEnrolment.model_json_schema()["properties"]["language"]["enum"],
    }))
"""


@pytest.fixture(scope="module")
def urdu(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the house says where Urdu is a line in the list and a folder in translations/."""
    house = tmp_path_factory.mktemp("house")
    for name in ("app", "translations"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.py", "static", "templates", "migrations"):
        (house / name).symlink_to(ROOT / name)
    lines = house / "app" / "core" / "languages.py"
    listed = re.sub(
        r"(LANGUAGES.* = \{\n)", r'\1    "ur": PageLanguage("اردو"),\n', lines.read_text()
    )
    lines.write_text(listed)
    catalogue = house / "translations" / "ur" / "LC_MESSAGES" / "core.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE + MY_PAGE)
    command = [sys.executable, "-c", LOOK]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_a_new_language_stands_in_the_menu_and_is_spoken(urdu: dict[str, Any]) -> None:
    page = urdu["page"]
    assert '<html lang="ur" dir="rtl"' in page
    assert "اردو" in page and "میرا صفحہ" in page
    assert urdu["percent"] == "85\N{NO-BREAK SPACE}%"


def test_forms_ask_in_a_new_language(urdu: dict[str, Any]) -> None:
    names = ("title", "summary", "activity", "name", "text")
    assert {f"{name}_ur" for name in names} <= set(urdu["fields"])
    assert "Titel på urdu" in urdu["labels"]
    assert "urdu" in urdu["hint"]


def test_rows_and_machines_have_a_new_language(urdu: dict[str, Any]) -> None:
    assert urdu["stage"]["ur"] == "Stage"
    assert "ur" in urdu["machine"] and "ur" in urdu["asked"] and "ur" in urdu["report"]
    assert "ur" in urdu["translated"]


def test_no_other_module_lists_languages() -> None:
    listed = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in sources.modules("app", "deploy", "bench")
        if not str(module.relative_to(ROOT)).startswith(CONTENT)
        and module != APP / "core" / "languages.py"
        for node in ast.walk(sources.tree(module))
        if len(_codes(node)) > 1 or OF_A_LANGUAGE.search(_said(node))
    ]
    assert listed == []


def test_no_template_and_no_script_names_the_field_of_a_language() -> None:
    scripts = [one for one in (ROOT / "static" / "js").rglob("*.js")]
    named = [file for file in (*sources.templates(), *scripts) if _names(file.read_text())]
    assert named == []


def _codes(node: ast.AST) -> set[str]:
    """The languages that a list, set or dictionary names."""
    parts: Iterator[ast.AST | None] = iter(())
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = iter(node.elts)
    elif isinstance(node, ast.Dict):
        parts = iter(node.keys)
    return {str(part.value) for part in parts if isinstance(part, ast.Constant)} & set(LANGUAGES)


def _said(node: ast.AST) -> str:
    names = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value", ast.keyword: "arg"}
    return str(getattr(node, names.get(type(node), ""), "") or "")


def _names(text: str) -> bool:
    codes = "|".join(LANGUAGES)
    quoted = rf"[\"'](?:{codes})[\"']\s*,\s*[\"'](?:{codes})[\"']"
    return bool(OF_A_LANGUAGE.search(text) or re.search(quoted, text))

"""House rule: whatever is typed as a number is a field that takes the digits of any script."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectFieldBase  # type: ignore[attr-defined]
from wtforms.fields.core import UnboundField

import app as application
from app.core.digit_fields import takes_digits
from app.core.forms import Form
from tests.house.sources import ROOT

# What a field is called that somebody types a number into.
NUMBER_NAME = re.compile(
    r"(^|_)(phone|tel|cvr|digits|number|year|years|seats|people|minutes|hours|days|amp|amperes"
    r"|capacity|members|servings|helpers|visitors|postcode|zip|age|count|amount|price)(_|$)"
)
# Named like numbers and typed as words; each with its reason.
WORDS = {
    # Names, one a line.
    "ColleaguesForm.people",
    # When the team answers the phone, in words.
    "InstallationForm.hours",
}
TYPED_ELSEWHERE = re.compile(r"""type="number"|inputmode="(numeric|decimal|tel)\"""")


def _forms() -> list[type[Form]]:
    for module in pkgutil.walk_packages(application.__path__, "app."):
        if ".forms" in module.name or module.name.endswith(("questions", "desk")):
            importlib.import_module(module.name)
    return sorted(_below(Form), key=lambda form: f"{form.__module__}.{form.__name__}")


def _below(form: type) -> set[type]:
    below = {one for one in form.__subclasses__() if one.__module__.startswith("app.")}
    return below.union(*map(_below, below))


def _fields() -> Iterator[tuple[str, UnboundField]]:
    for form in _forms():
        for name in dir(form):
            if isinstance(field := getattr(form, name), UnboundField):
                yield f"{form.__name__}.{name}", field


def _takes(field: UnboundField) -> bool:
    return takes_digits(field.field_class, field.kwargs.get("render_kw") or {})


def test_every_field_that_is_named_like_a_number_takes_digits() -> None:
    typed = {
        name
        for name, field in _fields()
        if NUMBER_NAME.search(name.partition(".")[2])
        and not issubclass(field.field_class, SelectFieldBase | HiddenField)
        and not _takes(field)
    }
    assert typed == WORDS


@pytest.mark.only_on("sqlite")
def test_every_field_for_digits_reads_those_of_other_scripts(app: Flask) -> None:
    fields = [(name, field) for name, field in _fields() if _takes(field)]
    assert len(fields) > 40
    with app.test_request_context(method="POST"):
        for name, field in fields:
            field.kwargs.pop("_form", None)
            form = type("OneField", (Form,), {"typed": field})(MultiDict({"typed": "٤٢۷"}))
            assert form.typed.raw_data == ["427"], name
            assert 'type="number"' not in form.typed(), name


def test_no_form_goes_past_the_one_that_reads_digits() -> None:
    _forms()
    others = {
        form.__qualname__
        for base in (FlaskForm, PlainForm)
        for form in _below(base)
        if not issubclass(form, Form)
    }
    assert not others


def test_no_template_makes_a_number_field_of_its_own() -> None:
    assert not [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if TYPED_ELSEWHERE.search(file.read_text())
    ]


def test_a_field_that_forgot_is_noticed() -> None:
    assert NUMBER_NAME.search("contact_phone") and NUMBER_NAME.search("cvr")
    assert not NUMBER_NAME.search("description")
    assert TYPED_ELSEWHERE.search('<input type="number">')

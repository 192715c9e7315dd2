"""Hours and bounds as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange

from app.core.forms import Form
from app.core.numbers import clock_text, moment_text

AFTERNOON = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)


class Bounded(Form):
    """Fields whose sentences tell a bound."""

    people = IntegerField(validators=[NumberRange(1, 1_000_000)])
    count = IntegerField(validators=[NumberRange(min=-20_000)])
    year = IntegerField(validators=[NumberRange(2000, 2100)])
    text = StringField(validators=[Length(max=10_000)])


def sentences(app: Flask, language: str) -> list[str]:
    """What is said of each field, in their order."""
    wrong = {"people": "0", "count": "-20001", "year": "1999", "text": "x" * 10_001}
    with app.test_request_context(), force_locale(language):
        form = Bounded(MultiDict(wrong), meta={"csrf": False})
        assert not form.validate()
        return [str(field.errors[0]) for field in form]


@pytest.mark.parametrize(("language", "shown"), [("da", "17.30"), ("en", "17:30"), ("ar", "17:30")])
def test_the_clock_counts_to_twenty_four_as_on_the_phones(
    app: Flask, language: str, shown: str
) -> None:
    with app.test_request_context(), force_locale(language):
        assert clock_text(AFTERNOON) == shown
        assert moment_text(AFTERNOON).endswith(f" {shown}")


@pytest.mark.parametrize(
    ("language", "people", "count", "text"),
    [
        ("da", "1.000.000", "\u221220.000", "10.000"),
        ("en", "1,000,000", "\u221220,000", "10,000"),
        ("ar", "1,000,000", "\u200e\u221220,000", "10,000"),
    ],
)
def test_a_large_bound_is_told_as_the_reader_writes_numbers_and_a_year_as_it_is(
    app: Flask, language: str, people: str, count: str, text: str
) -> None:
    said = sentences(app, language)
    assert people in said[0]
    assert count in said[1]
    assert "2000" in said[2]
    assert "2100" in said[2]
    assert text in said[3]

"""A phone field keeps numbers alone, and asks about one that the library doubts."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms.validators import Length

from app.core.digits import dialled, left_to_right, number_left_to_right
from app.core.forms import Form
from app.core.phones import NoPhoneNumber, PhoneField, PhoneNumber, international, is_doubted


class CallForm(Form):
    """One phone number."""

    phone = PhoneField("Phone", validators=[Length(max=30), PhoneNumber()])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("33 66 12 34", "+4533661234"),
        ("tlf. 33661234", "+4533661234"),
        ("Tlf.nr.: 33-66-12-34", "+4533661234"),
        ("TEL: +45 33 66 12 34", "+4533661234"),
        ("Mobil 20 30 40 50", "+4520304050"),
        ("(+45) 2030.4050", "+4520304050"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+252 61 555 1234", "+252615551234"),
        ("٢٠ ٣٠ ٤٠ ٥٠", "+4520304050"),
        ("\u2066+45 33 66 12 34\u2069", "+4533661234"),
        ("33\u201166\u00a012 34", "+4533661234"),
        ("33661234 lokal 12", "+4533661234 x12"),
        ("33 66 12 34, ext. 7", "+4533661234 x7"),
        ("+4533661234 x12", "+4533661234 x12"),
        ("12 32 46 33", "+4512324633"),
    ],
)
def test_a_number_is_kept_in_one_form(written: str, kept: str) -> None:
    assert international(written) == kept
    assert international(kept) == kept


@pytest.mark.parametrize(
    ("written", "has_words"),
    [
        ("123 Ahmed", True),
        ("CVR 13585628", True),
        ("20304050 Ahmed", True),
        ("Ahmed 20304050", True),
        ("1-800-TORVET", True),
        ("tlf", True),
        ("33661234 lokal", True),
        ("هاتف أحمد 20304050", True),
        ("12", False),
        ("1234567", False),
        ("20304050 / 30405060", False),
        ("amal@forening.example", True),
        ("+", False),
        ("+252 61 555 1234 9999 x123456", False),
    ],
)
def test_what_is_no_number_is_refused(written: str, has_words: bool) -> None:
    with pytest.raises(NoPhoneNumber) as refusal:
        international(written)
    assert refusal.value.has_words == has_words


def test_only_danish_numbers_are_doubted() -> None:
    assert [is_doubted(one) for one in ("+4512324633", "+4533661234", "+4512324633 x1")] == [
        True, False, True,
    ]  # fmt: skip
    assert not is_doubted("+46100000000")


def test_a_doubted_number_is_asked_about_and_taken_when_it_comes_again(app: Flask) -> None:
    with app.test_request_context(method="POST"), force_locale("en"):
        first = _sent("12 32 46 33")
        assert not first.validate()
        assert "once more" in first.phone.errors[0]
        assert 'value="12 32 46 33"' not in first.phone().partition(">")[2]
        assert '<input name="phone" type="hidden" value="+4512324633">' in first.phone()
        again = _sent("12 32 46 33", "+4512324633")
        assert again.validate() and again.phone.data == "+4512324633"
        other = _sent("11 22 33 44", "+4512324633")
        assert not other.validate()
        assert 'value="+4511223344"' in other.phone()


def test_a_doubted_number_that_stands_already_is_not_asked_about_again(app: Flask) -> None:
    with app.test_request_context():
        assert (
            'type="hidden" value="+4512324633"' in CallForm(data={"phone": "+4512324633"}).phone()
        )
        for known in ("+4533661234", "", '"><b>'):
            assert "hidden" not in CallForm(data={"phone": known}).phone()


def test_words_beside_a_number_are_named_at_the_field(app: Flask) -> None:
    with app.test_request_context(method="POST"), force_locale("da"):
        form = _sent("123 Ahmed")
        assert not form.validate()
        assert form.phone.errors[0].startswith("Skriv kun telefonnummeret")
        assert 'value="123 Ahmed"' in form.phone()


def test_a_number_with_an_extension_is_shown_left_to_right() -> None:
    assert number_left_to_right("+4533661234 x12") == left_to_right("+4533661234 x12")


def test_an_extension_is_dialled_too() -> None:
    assert dialled("+4533661234 x12") == "tel:+4533661234;ext=12"
    assert dialled("+4533661234") == "tel:+4533661234"


def _sent(*values: str) -> CallForm:
    return CallForm(MultiDict([("phone", value) for value in values]), meta={"csrf": False})

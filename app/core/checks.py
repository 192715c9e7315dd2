"""Checks of single fields that several forms share."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from wtforms import ValidationError

from app.core.digits import western
from app.core.texts import _

_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\d)")


def phone(text: str) -> str:
    """A phone number in E.164 form, Danish where no country is given; ValueError for none."""
    try:
        number = phonenumbers.parse(western(text), "DK")
    except phonenumbers.NumberParseException as error:
        raise ValueError(text) from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(text)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def resembles_cpr(text: str) -> bool:
    """Whether the text holds something that looks like a personal number."""
    return _CPR.search(western(text)) is not None


class PhoneNumber:
    """A field with a phone number; what is kept is its international form."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            field.data = phone(field.data)
        except ValueError as error:
            raise ValidationError(
                _("Write a phone number with eight digits, or with + and the country.")
            ) from error


class NoPersonalNumber:
    """Free text in which nobody should write a CPR number."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and resembles_cpr(field.data):
            raise ValidationError(
                _("This looks like a CPR number. We never need one: take it out.")
            )

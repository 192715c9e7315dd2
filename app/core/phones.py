"""Phone numbers as people write them: what is none is refused, what is doubted is asked about."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from wtforms import TelField, ValidationError
from wtforms.widgets import TelInput

from app.core.asking_once import Asking, AsksOnce
from app.core.digits import isolated, western
from app.core.texts import _

DENMARK = "DK"
DANISH_DIGITS = 8
# What is kept has this much room.
LONGEST = 20
# The number, with the words that people write around one. The library takes any three letters
# for keys of an old telephone ("123 Ahmed" would be a number) and cuts off what stands before.
_WRITTEN = re.compile(
    r"""\s*(?:(?:telefon|tele|tlf|tel|mobil|mobile|mob|phone)(?:nr|nummer)?[.:]*\s*(?:nr[.:]*)?\s*)?
    (?P<number>\(?\+?[0-9()./\s\N{NO-BREAK SPACE}\-\u2010-\u2015\u2212]+?)\s*
    (?:[,;]?\s*(?:lokal|lok|ext|extension|x|\#)[.:]*\s*(?P<extension>[0-9]{1,6}))?\s*""",
    re.IGNORECASE | re.VERBOSE,
)


class NoPhoneNumber(ValueError):
    """A text that is no phone number; `has_words`: others than may stand there."""

    def __init__(self, text: str, *, has_words: bool = False) -> None:
        super().__init__(text)
        self.has_words = has_words


def international(text: str) -> str:
    """The number in E.164 form, Danish where no country is given, and " x12" for an extension."""
    written = _WRITTEN.fullmatch(western(text))
    if written is None:
        raise NoPhoneNumber(text, has_words=any(letter.isalpha() for letter in text))
    try:
        number = phonenumbers.parse(written["number"], DENMARK)
    except phonenumbers.NumberParseException as error:
        raise NoPhoneNumber(text) from error
    if not phonenumbers.is_possible_number(number):
        raise NoPhoneNumber(text)
    plain = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    kept = f"{plain} x{written['extension']}" if written["extension"] else plain
    if len(kept) > LONGEST:
        raise NoPhoneNumber(text)
    return kept


def is_doubted(number: str) -> bool:
    """Whether this is a Danish number that the library does not know to be in use."""
    parsed = phonenumbers.parse(number.partition(" ")[0])
    danish = parsed.country_code == phonenumbers.country_code_for_region(DENMARK)
    return danish and not phonenumbers.is_valid_number(parsed)


def for_reading(number: str) -> str:
    """The number with blanks, Danish ones without their country: no spreadsheet adds it up."""
    plain, blank, extension = number.partition(" ")
    try:
        parsed = phonenumbers.parse(plain)
    except phonenumbers.NumberParseException:
        return number
    whole = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    country, _blank, national = str(whole).partition(" ")
    danish = parsed.country_code == phonenumbers.country_code_for_region(DENMARK)
    if danish and len(national) == DANISH_DIGITS:
        # One that is doubted comes back in one piece.
        national = " ".join(national[at : at + 2] for at in range(0, DANISH_DIGITS, 2))
    return (national if danish else f"({country}) {national}") + blank + extension


def on_one_line(number: Any) -> Any:
    """The number for reading, which no page breaks; what is none as it came."""
    return for_reading(number).replace(" ", "\u00a0") if number else number


class PhoneNumber:
    """A field with a phone number; what is kept is its international form."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            number = international(field.data)
        except NoPhoneNumber as error:
            raise ValidationError(_sentence(error)) from error
        if isinstance(field, PhoneField) and is_doubted(number):
            field.ask_once(
                number,
                _(
                    "We know no Danish number like this one. Is it right? "
                    "Then press the button once more."
                ),
            )
        field.data = number


class _AskingTel(Asking, TelInput):
    """The field, and beside it unseen the number that was asked about or stands already."""


class PhoneField(AsksOnce, TelField):
    """A phone number. A doubted one is asked about once."""

    widget = _AskingTel()

    def needs_no_question(self, text: str) -> bool:
        """A doubted number that stands there was asked about when it was written."""
        return _is_kept_and_doubted(text)


def _is_kept_and_doubted(text: str) -> bool:
    try:
        return international(text) == text and is_doubted(text)
    except NoPhoneNumber:
        return False


def _sentence(error: NoPhoneNumber) -> str:
    if error.has_words:
        return _(
            "Write the phone number alone, without other words. "
            "An extension may follow, as in %(example)s.",
            example=isolated("33661234 lokal 5"),
        )
    return _("Write a phone number with eight digits, or with + and the country.")

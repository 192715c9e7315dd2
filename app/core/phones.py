"""Phone numbers as people write them: what is none is refused, what is doubted is asked about."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
from markupsafe import Markup
from wtforms import TelField, ValidationError
from wtforms.widgets import TelInput, html_params

from app.core.digits import isolated, western
from app.core.texts import _

DENMARK = "DK"
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
            field.ask_once(number)
        field.data = number


class _Asking(TelInput):
    """The field, and beside it unseen the number that was asked about or stands already."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        shown = super().__call__(field, **attributes)
        if not field.known:
            return shown
        params = html_params(type="hidden", name=field.name, value=field.known)
        return shown + Markup(f"<input {params}>")  # noqa: S704 escaped by html_params


class PhoneField(TelField):
    """A phone number. A doubted one is asked about: sent once more with the page that asked, it is
    taken. The answer travels as a second value of the same field, so a draft keeps it too."""

    widget = _Asking()
    _asked = ""

    @property
    def known(self) -> str:
        """The doubted number that needs no question any more, or has just been asked about."""
        if self._asked:
            return self._asked
        sent = self.raw_data or []
        stands = sent[1] if len(sent) > 1 else "" if sent else self.data or ""
        return stands if _is_kept_and_doubted(stands) else ""

    def ask_once(self, number: str) -> None:
        """Raise the question, unless it was answered or the number stands there already."""
        self._asked = number
        if number not in (self.raw_data or [])[1:]:
            raise ValidationError(
                _(
                    "We know no Danish number like this one. Is it right? "
                    "Then press the button once more."
                )
            )


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

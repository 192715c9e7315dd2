"""Which language a page is in, what it calls the others, and which way it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from babel import Locale
from babel.lists import format_list
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString as Lazy
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException

from app.core.languages import DEFAULT, LANGUAGES
from app.core.security import API_PREFIX

# The button that changes language from within a form, so that what was typed is kept.
SWITCH_FIELD = "_language"
OFFERED = list(LANGUAGES)

babel = Babel()
Said = TypeVar("Said")


def speak_languages(app: Flask) -> None:
    """Choose each request's language and hand templates what they need to show it."""
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Copenhagen",
        default_translation_directories=app.config["TRANSLATIONS"],
        locale_selector=chosen_language,
    )
    app.before_request(_remember_choice)


def chosen_language() -> str:
    """The address's choice, else the visitor's earlier one, else what the browser asks for.

    A form that is sent keeps the address of the page it stood on: there the earlier choice goes
    first, for it may have been made since.
    """
    if not has_request_context():
        return DEFAULT
    here, before = request.args.get("language"), session.get("language")
    in_order = (before, here) if request.method == "POST" else (here, before)
    for choice in (_switched_to(), *in_order):
        if choice in LANGUAGES:
            return str(choice)
    return asked_for(request.accept_languages)


def asked_for(accepted: LanguageAccept) -> str:
    """The language of ours that the browser asks for first."""
    return accepted.best_match(OFFERED) or DEFAULT


def switching() -> bool:
    """Whether a form was sent only to see it in another language."""
    return request.method == "POST" and request.form.get(SWITCH_FIELD) in LANGUAGES


def direction(language: str | None = None) -> str:
    """ "rtl" or "ltr" for a language, the page's own by default."""
    locale = Locale.parse(language) if language else get_locale()
    return str(locale.text_direction) if locale else "ltr"


def names_of_languages() -> dict[str, str]:
    """What each language is called in the reader's own, as it stands within a sentence."""
    reader = get_locale() or Locale.parse(DEFAULT)
    return {code: str(reader.languages[code]) for code in LANGUAGES}


def name_of(code: str) -> Lazy:
    """What the language is called in the reader's own, asked when it is shown."""
    return Lazy(lambda: names_of_languages()[code])


def in_every_language(sentence: Lazy) -> dict[str, str]:
    """The sentence as each language has it: where rows keep a text of ours."""
    return in_each_language(lambda: str(sentence))


def in_each_language(say: Callable[[], Said]) -> dict[str, Said]:
    """What is said, by the language in which it is said."""
    said = {}
    for code in LANGUAGES:
        with force_locale(code):
            said[code] = say()
    return said


def any_language() -> str:
    """All of them within a sentence: "dansk, engelsk eller arabisk"."""
    reader = get_locale() or Locale.parse(DEFAULT)
    return str(format_list(list(names_of_languages().values()), "or", reader))


def _switched_to() -> str | None:
    # A form too large to be read is refused where it is read first. That refusal is worded here,
    # so asking for its language must not refuse once more. A machine's body is no form.
    # Nor does a page that is only opened have a form to look into.
    if request.method != "POST" or request.path.startswith(API_PREFIX):
        return None
    try:
        return request.form.get(SWITCH_FIELD)
    except HTTPException:
        return None


def _remember_choice() -> None:
    if request.path.startswith(API_PREFIX):
        return
    if switching() or request.args.get("language") in LANGUAGES:
        session["language"] = chosen_language()

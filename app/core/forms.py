"""The base of every form: our own sentences, the language switch, a field for each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import request
from flask_babel import get_domain
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import Field, FormField
from wtforms.fields.choices import (  # type: ignore[attr-defined]
    SelectChoice,
    SelectFieldBase,
)
from wtforms.form import BaseForm
from wtforms.widgets import HiddenInput

from app.core.digit_fields import in_western_digits, looks_of_digits
from app.core.folding import printable
from app.core.language_choice import direction, name_of, switching
from app.core.languages import DEFAULT, LANGUAGES
from app.core.numbers import integer_text
from app.core.refusals import Refusal
from app.core.shown_again import Refused, refused
from app.core.texts import Lazy, _, _n

# The label of one field, from the name of its language.
Label = Callable[[Lazy], Lazy]

# WTForms' own sentences in English; they stand here to be translated with ours.
_WORDS = {
    "This field is required.": "Write something here.",
    "Invalid email address.": "Write a whole mail address, such as name@example.dk.",
    "Not a valid integer value.": "Write a whole number.",
    "Not a valid decimal value.": "Write a number.",
    "Not a valid date value.": "Write a date.",
    "Not a valid datetime value.": "Write a day and an hour.",
    "Not a valid choice.": "Choose one of the answers.",
    "Invalid Choice: could not coerce.": "Choose one of the answers.",
    "Invalid URL.": "Write a whole web address, such as https://example.dk.",
    "Invalid input.": "This cannot be used. Write it in another way.",
}


# What is said otherwise where one chooses instead of writing.
_CHOOSING = {"This field is required.": "Choose one of the answers."}


# The smallest bound with a point: shorter ones may be years, which have none.
_POINTED = 10_000


class _Sentence(str):
    """A sentence of WTForms, which fills in its bounds: here as the reader writes numbers."""

    __slots__ = ()

    def __mod__(self, facts: Any) -> str:
        return self.replace(")d", ")s") % {name: _bound(fact) for name, fact in facts.items()}


def _bound(value: object) -> object:
    """1000000 → "1.000.000" in Danish."""
    if isinstance(value, int) and abs(value) >= _POINTED:
        return integer_text(value)
    return value


class OwnSentences:
    """Stands where WTForms expects its catalogue."""

    def __init__(self, words: Mapping[str, str] = _WORDS) -> None:
        self._words = words

    def gettext(self, message: str) -> str:
        return _Sentence(_(self._words.get(message, message)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # WTForms fills in the numbers itself afterwards; `_n` would miss them here.
        return _Sentence(get_domain().get_translations().ungettext(singular, plural, n))


class Form(FlaskForm):
    """A form with a CSRF token; unknown extra fields are ignored."""

    _refused_with = 422

    @property
    def status_code(self) -> int:
        """What a page that shows the form is answered with."""
        return self._refused_with if self.errors else 200

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent; on a page shown again for a refusal, what was sent to be refused."""
            again, sent = refused(), None
            if again is None or formdata is not _Auto:
                sent = super().wrap_formdata(form, formdata)
            elif request.method == "GET" and _is_sent(form, again.typed):
                sent = again.typed
            return sent and in_western_digits(form, sent)

        def get_translations(self, form: Any) -> OwnSentences:
            return OwnSentences()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            if issubclass(unbound_field.field_class, FormField):
                return unbound_field.bind(form=form, **options)
            kind, given = unbound_field.field_class, unbound_field.kwargs
            options = {**options, **looks_of_digits(kind, given)}
            filters = list(given.get("filters", ()))
            if issubclass(kind, SelectFieldBase):
                options = {**options, "translations": OwnSentences(_WORDS | _CHOOSING)}
            return unbound_field.bind(form=form, **{**options, "filters": [*filters, _cleaned]})

    def __init__(self, formdata: object = _Auto, **given: object) -> None:
        super().__init__(formdata, **given)
        if (again := refused()) and _is_sent(self, again.typed):
            self._say(again)

    def _say(self, again: Refused) -> None:
        """Let the refusal stand at its fields."""
        errors = getattr(again.refusal, "errors", {}) or {again.refusal.field: again.refusal}
        for name in errors.keys() & self._fields.keys():
            self._fields[name].errors = [str(errors[name])]
            again.fields.append(self._fields[name].id)

    def accepted(self) -> bool:
        """Sent, valid, and not sent only to be seen in another language."""
        return self.is_submitted() and not switching() and self.validate()

    def carried_out(self, verb: Callable[[], object], *, at: str | None = None) -> bool:
        """Accepted and done. What the verb says no to stands at the field `at`, else at the one it
        belongs to, else above the form, and what was typed is kept; what the page tells beside the
        form is read before."""
        return self.accepted() and self.done(verb, at=at)

    def done(self, verb: Callable[[], object], *, at: str | None = None) -> bool:
        """The same for a form that is accepted already."""
        try:
            verb()
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            name = at or refusal.field
            if name in self:
                self[name].errors = [str(refusal)]
            else:
                self.form_errors = [str(refusal)]
            self._refused_with = refusal.status
            return False
        return True


class ActionForm(Form):
    """A button and nothing else."""


def _is_sent(form: BaseForm, typed: Mapping[str, str]) -> bool:
    """Whether it is this form that was sent: a page may have several."""
    names = {
        name for name, field in form._fields.items() if not isinstance(field.widget, HiddenInput)
    }
    return any(re.split("[-_]", sent)[0] in names or sent in names for sent in typed)


def options(answers: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The answers of a choice from value and label; each label is translated when it is shown."""
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class TextsField(FormField):  # type: ignore[type-arg]
    """The fields of a text, named after it and their language (`title_…`)."""

    @property
    def written(self) -> dict[str, str]:
        """What was written, by language; nothing for a language left empty."""
        return {code: text for code, text in self.form.data.items() if text}

    @property
    def every(self) -> dict[str, str]:
        """What was written, by language, and nothing as nothing."""
        return {code: text or "" for code, text in self.form.data.items()}


def texts_field(
    label: Label,
    field: type[Field],
    *validators: Any,
    needed: Any = None,
    languages: Iterable[str] = LANGUAGES,
    **options: Any,
) -> TextsField:
    """A field for each language; `needed` is asked of Danish alone, and the hint stands there."""
    look, hint = options.pop("render_kw", {}), options.pop("description", "")
    fields = {}
    for code in languages:
        first = code == DEFAULT
        fields[code] = field(
            label(name_of(code)),
            validators=[needed, *validators] if first and needed else validators,
            description=hint if first else "",
            render_kw={"lang": code, "dir": direction(code), **look},
            **options,
        )
    return TextsField(type("OneInEachLanguage", (_Part,), fields), separator="_")


class _Part(Form):
    """Without a token of its own: it stands within another form."""

    class Meta(Form.Meta):
        csrf = False


def _cleaned(value: Any) -> Any:
    """Text without control characters and outer blanks; anything else as it came."""
    if not isinstance(value, str):
        return value
    return printable(value).strip()


def all_sentences() -> list[str]:
    """Every sentence a field may show, named here so that extraction finds them."""
    return [
        _("Write something here."),
        _("Write a whole mail address, such as name@example.dk."),
        _("Write a whole number."),
        _("Write a number."),
        _("Write a date."),
        _("Write a day and an hour."),
        _("Choose one of the answers."),
        _("Write a whole web address, such as https://example.dk."),
        _("This cannot be used. Write it in another way."),
        _n(
            "Field must be at least %(min)d character long.",
            "Field must be at least %(min)d characters long.",
            2,
            min=2,
        ),
        _n(
            "Field cannot be longer than %(max)d character.",
            "Field cannot be longer than %(max)d characters.",
            2,
            max=2,
        ),
        _("Number must be at least %(min)s.", min=1),
        _("Number must be at most %(max)s.", max=1),
        _("Number must be between %(min)s and %(max)s.", min=1, max=2),
    ]

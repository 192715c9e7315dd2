"""What the team fills in: whom a letter is for, what it says, when it leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from wtforms import (
    DateTimeLocalField,
    Field,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.edit_forms import EditForm
from app.core.forms import Form, options
from app.core.language_choice import direction, names_of_languages
from app.core.languages import DEFAULT, LANGUAGES
from app.core.texts import _, _l
from app.mailings.models import Mailing
from app.mailings.rules import filling, states


class RecipientsForm(Form):
    """The ticked ones of a list."""

    MOST = states.MOST_RECIPIENTS

    chosen = SelectMultipleField(
        _l("Who gets the letter?"),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[
            InputRequired(_l("Tick at least one.")),
            Length(max=states.MOST_RECIPIENTS, message=_l("Tick at most 500 at a time.")),
        ],
    )

    @classmethod
    def of(cls, lines: Iterable[tuple[int, str]], ticked: bool = True) -> RecipientsForm:
        """The form with these to choose from: number and what stands beside the box."""
        offered = list(lines)
        form = cls(data={"chosen": [number for number, _label in offered] if ticked else []})
        form.chosen.choices = options(offered)
        return form


class WordsForm(EditForm):
    """Subject and text in each language that is present; built by `words_form`."""

    @staticmethod
    def as_written(record: Mailing) -> Mapping[str, object]:
        return _by_field("subject", record.subjects) | _by_field("text", record.texts)

    @property
    def languages(self) -> list[str]:
        """The languages asked for, Danish first."""
        return [name.removeprefix("text_") for name in self._fields if name.startswith("text_")]

    def said(self, part: str) -> dict[str, str]:
        """ "subject" or "text" by language."""
        return {one: self._fields[f"{part}_{one}"].data or "" for one in self.languages}

    def pair(self, language: str) -> tuple[Field, Field]:
        """The two fields of a language."""
        return self._fields[f"subject_{language}"], self._fields[f"text_{language}"]


def words_form(kept: Mailing, present: Collection[str]) -> WordsForm:
    """A form with the languages of the recipients; Danish always, and needed."""
    fields: dict[str, Any] = {}
    for one in (DEFAULT, *(one for one in LANGUAGES if one in present and one != DEFAULT)):
        fields |= _fields(one)
    asked: type[WordsForm] = type("AskedWords", (WordsForm,), fields)
    return asked.over(kept)


def _time_to_come(form: LeaveForm, field: Field) -> None:
    """Asked only of a letter that is to leave later."""
    if form.when.data != "later":
        # What stands in a field nobody asked for is no mistake.
        field.errors = []
        raise StopValidation
    if field.data is None and not field.errors:
        raise StopValidation(_("Write the day and the hour the letter is to leave."))
    if field.data and not states.can_wait_until(clock.now(), field.data.replace(tzinfo=COPENHAGEN)):
        raise StopValidation(_("Choose a time still to come, at most 60 days from now."))


class LeaveForm(Form):
    """Now, or at a time."""

    when = RadioField(
        _l("When does it leave?"),
        choices=options(
            {
                "now": _l("Now: in two minutes, and until then you can call it back"),
                "later": _l("Later, at this time:"),
            }
        ),
        default="now",
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    at = DateTimeLocalField(_l("Day and hour"), validators=[_time_to_come])

    def moment(self) -> datetime:
        """When the letters leave."""
        wished = self.at.data if self.when.data == "later" else None
        return states.leaves_at(clock.now(), wished.replace(tzinfo=COPENHAGEN) if wished else None)


def _one_line(_form: Form, field: Field) -> None:
    # A line break in a subject would begin another header of the letter.
    if any(set("\r\n\x00") & set(str(one)) for one in field.raw_data or []):
        raise ValidationError(_("Write the subject on one line."))


def _known_words(_form: Form, field: Field) -> None:
    unknown = filling.unknown_words(field.data or "")
    if unknown:
        words = ", ".join(filling.words_for(field.name.rpartition("_")[2]))
        raise ValidationError(
            _(
                "%(word)s means nothing here. Use only %(words)s.",
                word="{" + unknown[0] + "}",
                words=words,
            )
        )


def _both(form: WordsForm, field: Field) -> None:
    """A language has subject and text, or neither."""
    other = "text" if field.name.startswith("subject") else "subject"
    language = field.name.rpartition("_")[2]
    if not field.data and form[f"{other}_{language}"].data:
        raise ValidationError(_("Write both subject and text, or leave both empty."))


def _fields(language: str) -> dict[str, Any]:
    name, first = names_of_languages()[language], language == DEFAULT
    needed = [DataRequired()] if first else [_both]
    look = {"lang": language, "dir": direction(language)}
    words = filling.words_for(language)
    return {
        f"subject_{language}": StringField(
            _l("Subject in %(language)s", language=name),
            validators=[_one_line, *needed, Length(max=filling.LONGEST_SUBJECT), _known_words],
            render_kw=look,
        ),
        f"text_{language}": TextAreaField(
            _l("Text in %(language)s", language=name),
            description=_l(
                "%(name)s becomes the recipient's name, %(event)s the event and %(link)s a link to"
                " the recipient's own page.",
                name=words[0],
                event=words[1],
                link=words[2],
            ),
            validators=[*needed, Length(max=filling.LONGEST_TEXT), _known_words],
            render_kw={**look, "rows": 10},
        ),
    }


def _by_field(part: str, said: Mapping[str, str]) -> dict[str, str]:
    return {f"{part}_{language}": text for language, text in (said or {}).items()}

"""What the team fills in to ask a question of its own."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.forms import Form, options, texts_field
from app.core.language_choice import names_of_languages
from app.core.languages import DEFAULT
from app.core.texts import Lazy, _, _l
from app.workshops.rules.questions import (
    CHOOSING,
    MOST_CHOICES,
    AskedAs,
    OwnQuestion,
    read_choices,
)

FEWEST_CHOICES = 2
# In which order the languages of a choice stand on its line.
ORDER = Lazy(lambda: " | ".join(names_of_languages().values()))
ASKED_AS_NAMES = {
    AskedAs.SHORT: _l("A line of text"),
    AskedAs.LONG: _l("A longer text"),
    AskedAs.CHOICE: _l("One of several choices"),
    AskedAs.SEVERAL: _l("Any number of choices"),
}


class QuestionForm(Form):
    """One question in up to as many languages as there are."""

    text = texts_field(
        lambda name: _l("The question in %(language)s", language=name),
        StringField,
        Length(max=300),
        needed=DataRequired(),
    )
    asked_as = RadioField(
        _l("How is it answered?"),
        choices=options(ASKED_AS_NAMES),
        default=AskedAs.SHORT.value,
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    choices = TextAreaField(
        _l("Choices"),
        description=_l("One choice a line: %(languages)s. Danish alone will do.", languages=ORDER),
        validators=[Length(max=2000)],
        render_kw={"rows": 4},
    )
    required = BooleanField(_l("It must be answered"))

    def validate_choices(self, field: Any) -> None:
        if self.asked_as.data not in CHOOSING:
            return
        given = read_choices(field.data or "")
        enough = FEWEST_CHOICES <= len(given) <= MOST_CHOICES
        if not enough or any(DEFAULT not in texts for texts in given):
            raise ValidationError(
                _("Write %(fewest)s to %(most)s choices.", fewest=FEWEST_CHOICES, most=MOST_CHOICES)
            )

    def question(self) -> OwnQuestion:
        """What is asked for."""
        return OwnQuestion(
            asked_as=AskedAs(self.asked_as.data),
            text=self.text.written,
            choices=self.choices.data or "",
            required=bool(self.required.data),
        )

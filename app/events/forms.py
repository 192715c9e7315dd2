"""What the desk fills in about an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import COPENHAGEN
from app.core.forms import Form, texts_field
from app.core.texts import Lazy, _, _l
from app.events import rules
from app.events.wording import KIND_NAMES, TOPIC_NAMES

TOPICS = {"": _l("No topic"), **TOPIC_NAMES}


def _choices(names: Mapping[str, Lazy]) -> list[SelectChoice]:
    return [SelectChoice(value=str(value), label=label) for value, label in names.items()]


class EventForm(Form):
    """The event itself; texts per language, Danish first."""

    kind = RadioField(_l("What sort of event is it?"), choices=_choices(KIND_NAMES))
    topic = SelectField(_l("Topic"), choices=_choices(TOPICS), validators=[Optional()])
    title = texts_field(
        lambda name: _l("Title in %(language)s", language=name),
        StringField,
        Length(max=160),
        needed=DataRequired(),
    )
    summary = texts_field(
        lambda name: _l("In short, in %(language)s", language=name), TextAreaField, Length(max=400)
    )
    slug = StringField(
        _l("Address on this site"),
        description=_l("Small letters, digits and hyphens: foraeldredialog-marts."),
        validators=[DataRequired(), Length(max=80)],
    )
    place = StringField(_l("Place"), validators=[DataRequired(), Length(max=200)])
    address = StringField(_l("Street and number"), validators=[Length(max=200)])
    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired()])
    ends = DateTimeLocalField(_l("Ends"), validators=[InputRequired()])
    opens = DateTimeLocalField(_l("Sign-up opens"), validators=[InputRequired()])
    deadline = DateTimeLocalField(_l("Deadline"), validators=[InputRequired()])

    def validate_slug(self, field: Any) -> None:
        if not rules.is_slug(field.data):
            raise ValidationError(_("Use small letters, digits and hyphens."))

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

    def validate_deadline(self, field: Any) -> None:
        if self.opens.data and field.data and field.data < self.opens.data:
            raise ValidationError(_("The deadline must come after sign-up opens."))
        if self.ends.data and field.data and field.data > self.ends.data:
            raise ValidationError(_("Sign-up must end when the event does at the latest."))

    def moment(self, name: str) -> datetime:
        """A day and hour as written, on Copenhagen's clocks."""
        written: datetime = self[name].data
        return written.replace(tzinfo=COPENHAGEN)


class HeldForm(Form):
    """Whether an event that has begun is over."""

    sure = BooleanField(_l("It is over already"))

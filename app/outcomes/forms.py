"""The shape of an estimate of how many there were."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange

from app.core.forms import Form
from app.core.texts import _l, local
from app.events.models import Event

PEOPLE = NumberRange(min=0, max=10_000_000)


class EstimateForm(Form):
    """How many, at least and at most, and how that was found."""

    event = SelectField(_l("Event"), validators=[InputRequired()])
    value = IntegerField(_l("Visitors"), validators=[InputRequired(), PEOPLE])
    low = IntegerField(_l("At least"), validators=[InputRequired(), PEOPLE])
    high = IntegerField(_l("At most"), validators=[InputRequired(), PEOPLE])
    method = TextAreaField(
        _l("Method"),
        description=_l("How the number was found, in a sentence or two."),
        validators=[InputRequired(), Length(max=1000)],
    )
    source = StringField(_l("Source"), validators=[Length(max=300)])

    def offer(self, events: Sequence[Event]) -> None:
        """Offer the events that can be judged."""
        self.event.choices = [SelectChoice(event.slug, local(event.title)) for event in events]

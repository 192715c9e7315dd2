"""What the desk fills in to copy, move or call off a whole event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import BooleanField, DateTimeLocalField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import COPENHAGEN, local_time
from app.core.edit_forms import EditForm
from app.core.forms import Form
from app.core.texts import _, _l
from app.events import rules
from app.events.models import Event


class CopyForm(Form):
    """The two things in which a copy differs."""

    starts = DateTimeLocalField(_l("The copy begins"), validators=[InputRequired()])
    slug = StringField(
        _l("Address on this site"),
        description=_l("Small letters, digits and hyphens: foraeldredialog-marts."),
        validators=[DataRequired(), Length(max=80)],
    )

    def validate_slug(self, field: Any) -> None:
        if not rules.may_be_chosen(field.data):
            raise ValidationError(_("Use small letters, digits and hyphens."))

    def moment(self) -> datetime:
        """The beginning on Copenhagen's clocks."""
        if self.starts.data is None:
            raise ValueError("read before the form was accepted")
        return self.starts.data.replace(tzinfo=COPENHAGEN)


class MoveForm(EditForm):
    """Another time or room."""

    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired()])
    ends = DateTimeLocalField(_l("Ends"), validators=[InputRequired()])
    place = StringField(_l("Place"), validators=[DataRequired(), Length(max=200)])
    address = StringField(_l("Street and number"), validators=[Optional(), Length(max=200)])
    sure = BooleanField(
        _l("Write to everyone who is enrolled, waits or has applied"), validators=[DataRequired()]
    )

    past = BooleanField(_l("The event was moved to a day or hour that has been"))

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

    def moments(self) -> tuple[datetime, datetime]:
        """Beginning and end as moments; the form speaks Copenhagen time."""
        starts, ends = self.starts.data, self.ends.data
        if starts is None or ends is None:
            raise ValueError("read before the form was accepted")
        return starts.replace(tzinfo=COPENHAGEN), ends.replace(tzinfo=COPENHAGEN)

    @staticmethod
    def as_written(record: Event) -> dict[str, object]:
        return {
            "starts": local_time(record.starts_at).replace(tzinfo=None),
            "ends": local_time(record.ends_at).replace(tzinfo=None),
            "place": record.place,
            "address": record.address,
        }


class CallOffForm(Form):
    """Why it does not take place; and whether one that has begun shall be called off."""

    because = TextAreaField(
        _l("Why does it not take place?"),
        description=_l("It stands in the letters and on the event's page."),
        validators=[DataRequired(), Length(max=500)],
    )
    begun = BooleanField(_l("Call it off although it has begun"))

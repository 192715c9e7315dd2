"""What the desk fills in to copy, move or call off a whole event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import DateTimeLocalField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.clock import COPENHAGEN
from app.core.forms import Form
from app.core.texts import _, _l
from app.events import rules


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

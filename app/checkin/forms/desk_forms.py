"""What the lead fills in: a phone to be paired, and the ticked of the paper list."""

from __future__ import annotations

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.checkin.queries.lead import Expected
from app.checkin.rules.intake import LONGEST_GATE
from app.core.forms import Form, options
from app.core.numbers import moment_text
from app.core.texts import Lazy, _l
from app.events.models import Session

RIGHT_NAMES: dict[str, Lazy] = {
    "scan": _l("Scan tickets in and out"),
    "search": _l("Search for people by name"),
    "admit": _l("Admit people without a ticket"),
    "undo": _l("Undo a scan"),
}


class DeviceForm(Form):
    """A phone to be paired."""

    gate = StringField(
        _l("Which gate does it stand at?"),
        description=_l("For example: A, Main entrance."),
        validators=[DataRequired(), Length(max=LONGEST_GATE)],
    )
    rights = SelectMultipleField(
        _l("What may be done with it?"),
        choices=options(RIGHT_NAMES),
        default=list(RIGHT_NAMES),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[DataRequired()],
    )


class TickForm(Form):
    """Who was ticked on paper, and at which sitting."""

    sitting = SelectField(_l("Which sitting was it?"), coerce=int)
    ticked = SelectMultipleField(
        _l("Who came?"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )

    def offer(self, sittings: list[Session], expected: list[Expected]) -> None:
        """The sittings and people to choose from."""
        self.sitting.choices = [(one.id, moment_text(one.starts_at)) for one in sittings]
        self.ticked.choices = [(one.ticket_id, one.name) for one in expected]

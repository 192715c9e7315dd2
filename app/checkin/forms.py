"""What the desk and the door fill in."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.checkin.queries.lead import Expected
from app.checkin.rules.intake import LONGEST_GATE
from app.core.forms import Form
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
        choices=[SelectChoice(value=name, label=text) for name, text in RIGHT_NAMES.items()],
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


class TypedForm(Form):
    """A code typed at the door. The scan's id and time travel along: sent twice, it counts once."""

    code = StringField(
        _l("The code on the ticket"),
        description=_l("Ten letters and digits. Spaces and dashes do not matter."),
        validators=[DataRequired(), Length(max=400)],
    )
    kind = RadioField(
        _l("Which way?"),
        choices=[
            SelectChoice(value="entry", label=_l("In")),
            SelectChoice(value="exit", label=_l("Out")),
        ],
        default="entry",
    )
    scan_id = HiddenField(validators=[DataRequired(), Length(max=64)])
    at = HiddenField(validators=[DataRequired(), Length(max=40)])

    def told(self) -> tuple[str, str, str, str]:
        """Code, way, scan id and time."""
        fields = (self.code, self.kind, self.scan_id, self.at)
        return (*(one.data or "" for one in fields),)  # type: ignore[return-value]


class UndoForm(Form):
    """Taking back the scan just made."""

    code = HiddenField(validators=[DataRequired(), Length(max=400)])
    annuls = HiddenField(validators=[DataRequired(), Length(max=64)])

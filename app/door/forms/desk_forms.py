"""What the lead fills in: phones, the ticked of the paper list, files of unsent scans."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.edit_forms import EditForm
from app.core.forms import Form, options
from app.core.numbers import moment_text
from app.core.texts import Lazy, _l
from app.devices.models import Device
from app.devices.queries.devices import RIGHTS
from app.devices.rules.doors import LONGEST_GATE
from app.door.queries.lead import Expected
from app.events.models import Session
from app.tickets.rules.codes import LONGEST_TYPED

RIGHT_NAMES: dict[str, Lazy] = {
    "scan": _l("Scan tickets in and out"),
    "search": _l("Search for people by name"),
    "admit": _l("Admit people without a ticket"),
    "undo": _l("Undo a scan"),
    "session": _l("Choose which sitting of a course it scans for"),
}

TICK_ONE = _l("Tick at least one.")


class DeviceForm(EditForm):
    """A phone's gate and rights."""

    gate = StringField(
        _l("Which gate does it stand at?"),
        description=_l("For example: A, Main entrance."),
        validators=[DataRequired(), Length(max=LONGEST_GATE)],
    )
    rights = SelectMultipleField(
        _l("What may be done with it?"),
        choices=options(RIGHT_NAMES),
        description=_l(
            "A phone that only scans needs the first alone. Admitting people without a ticket "
            "belongs to the help desk."
        ),
        default=list(RIGHTS),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[DataRequired()],
    )

    @staticmethod
    def as_written(record: Device) -> dict[str, object]:
        return {"gate": record.gate, "rights": record.rights}

    def gate_and_rights(self) -> tuple[str, list[str]]:
        """What was filled in, empty where nothing was."""
        return self.gate.data or "", self.rights.data or []


class TickForm(Form):
    """Who was ticked on paper, and at which session."""

    session = SelectField(_l("Which sitting was it?"), coerce=int)
    ticked = SelectMultipleField(
        _l("Who came?"),
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(TICK_ONE)],
    )

    def offer(self, sessions: list[Session], expected: list[Expected]) -> None:
        """The sessions and people to choose from."""
        self.session.choices = [
            (session.id, moment_text(session.starts_at)) for session in sessions
        ]
        self.ticked.choices = [(holder.ticket_id, holder.name) for holder in expected]


class ChosenForm(Form):
    """The ticked rows of a list; which they may be is checked where they are read."""

    chosen = SelectMultipleField(_l("In the list"), validators=[InputRequired(TICK_ONE)])

    def offer(self, ids: Iterable[object]) -> None:
        """The rows of the page."""
        self.chosen.choices = [(str(one), str(one)) for one in ids]

    def numbers(self) -> Collection[int]:
        """The chosen rows by number."""
        return [int(one) for one in self.chosen.data or ()]


class MissingForm(Form):
    """Whom to look for among those who have not come; sent by GET."""

    class Meta(Form.Meta):
        csrf = False

    search = StringField(_l("Name or code"), validators=[Length(max=LONGEST_TYPED)])


class FileForm(Form):
    """A phone's file of unsent scans."""

    file = FileField(
        _l("The file from the phone"),
        description=_l("At most 5 MB. On the phone: “Save unsent scans as a file”."),
        validators=[FileRequired(_l("Choose a file."))],
    )

"""What the lead fills in about doors and crowds: hours, kinds, limits, corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.edit_forms import EditForm
from app.core.forms import Form, options
from app.core.numbers import moment_text
from app.core.texts import Lazy, _, _l, local
from app.devices.models import DoorRule
from app.devices.rules.doors import LONGEST_GATE, Entries
from app.devices.rules.limits import Inside
from app.devices.rules.local import NoSuchHour, closing, opening, written
from app.devices.rules.terms import DoorTerms
from app.events.models import Event, Session

KIND_NAMES: dict[str, Lazy] = {
    "single": _l("Tickets for one"),
    "group": _l("Group tickets"),
}
ENTRY_NAMES: dict[str, Lazy] = {
    Entries.ONCE: _l("Once"),
    Entries.DAILY: _l("Once a day"),
    Entries.MANY: _l("As often as they like"),
}
INSIDE_NAMES: dict[str, Lazy] = {
    Inside.COUNTED: _l("Those who are counted by hand"),
    Inside.TICKETS: _l("Those who came with a ticket"),
    Inside.BOTH: _l("Both together"),
}
# As browsers write days and hours; the first is how they are shown again.
WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
MOST_PEOPLE = 1_000_000
MOST_CORRECTED = 100_000
WARN_AT = 90


class GateForm(Form):
    """Which gate gets terms of its own."""

    gate = StringField(
        _l("Gate"),
        description=_l("Written as on the phones that stand there."),
        validators=[DataRequired(), Length(max=LONGEST_GATE)],
    )


class TermsForm(EditForm):
    """When and whom a gate lets in."""

    opens = DateTimeLocalField(_l("Lets in from"), validators=[Optional()], format=WRITTEN)
    closes = DateTimeLocalField(_l("Lets in until"), validators=[Optional()], format=WRITTEN)
    session = SelectField(_l("Which sitting is it the door of?"), coerce=int, default=0)
    kinds = SelectMultipleField(
        _l("Which tickets does it take?"),
        choices=options(KIND_NAMES),
        default=list(KIND_NAMES),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Tick at least one kind of ticket."))],
    )
    event: Event

    def offer(self, event: Event, sessions: Sequence[Session]) -> None:
        """The sessions to choose from, and the event whose hours must fit."""
        self.event = event
        nearest = (0, _("The one that is on, or the nearest"))
        self.session.choices = [
            nearest,
            *((session.id, session_text(session)) for session in sessions),
        ]

    def validate_opens(self, field: Any) -> None:
        if field.data and _read(opening, field.data) > self.event.ends_at:
            raise ValidationError(_("The event is over by then."))

    def validate_closes(self, field: Any) -> None:
        until = _read(closing, field.data) if field.data else None
        if until and until <= self.event.starts_at:
            raise ValidationError(_("The event has not begun by then."))
        begins = opening(self.opens.data) if self.opens.data and not self.opens.errors else None
        if until and begins and until <= begins:
            raise ValidationError(_("The end must come after the beginning."))

    def terms(self) -> DoorTerms:
        """As they are set."""
        kinds = self.kinds.data or []
        return DoorTerms(
            opens_at=opening(self.opens.data) if self.opens.data else None,
            closes_at=closing(self.closes.data) if self.closes.data else None,
            session_id=self.session.data or None,
            kinds=None if set(kinds) == set(KIND_NAMES) else kinds,
        )

    @staticmethod
    def as_written(record: DoorRule | None) -> dict[str, object]:
        return _as_written(record) if record else {}


class EventTermsForm(TermsForm):
    """What holds at every gate without terms of its own, and what holds for all."""

    entries = RadioField(
        _l("How often may one ticket come in?"),
        choices=options(ENTRY_NAMES),
        default=Entries.ONCE.value,
    )
    reentry = BooleanField(
        _l("Who was scanned out may come in again"), default=True, false_values=("", "false")
    )

    def terms(self) -> DoorTerms:
        entries = Entries(self.entries.data)
        return replace(super().terms(), entries=entries, reentry=bool(self.reentry.data))


class LimitForm(EditForm):
    """How many the place holds, whom that looks at, and when to warn."""

    most_inside = IntegerField(
        _l("How many may be inside at once?"),
        description=_l("Leave it empty where there is no limit."),
        validators=[Optional(), NumberRange(1, MOST_PEOPLE)],
    )
    limit_of = RadioField(
        _l("Whom is the limit for?"),
        description=_l("Take both together where some come with a ticket and some without."),
        choices=options(INSIDE_NAMES),
        default=Inside.COUNTED.value,
    )
    warn_at = IntegerField(
        _l("Warn at how many per cent?"),
        description=_l("The doors and this page warn when the highest estimate reaches this."),
        default=WARN_AT,
        validators=[InputRequired(), NumberRange(50, 100)],
    )

    @staticmethod
    def as_written(record: DoorRule | None) -> dict[str, object]:
        told = ("most_inside", "limit_of", "warn_at")
        return {name: getattr(record, name) for name in told} if record else {}

    def terms(self) -> DoorTerms:
        """As they are set."""
        return DoorTerms(
            most_inside=self.most_inside.data,
            limit_of=Inside(self.limit_of.data),
            warn_at=self.warn_at.data or WARN_AT,
        )


class CorrectionForm(Form):
    """More or fewer at one gate than the counters say."""

    gate = SelectField(_l("Gate"))
    entered = IntegerField(
        _l("Add to those who came in"),
        description=_l("With a minus to take away: -20."),
        default=0,
        validators=[InputRequired(), NumberRange(-MOST_CORRECTED, MOST_CORRECTED)],
    )
    left = IntegerField(
        _l("Add to those who went out"),
        default=0,
        validators=[InputRequired(), NumberRange(-MOST_CORRECTED, MOST_CORRECTED)],
    )
    reason = StringField(
        _l("Why?"),
        description=_l("In a few words, without names. It stands in the list below."),
        validators=[DataRequired(), Length(max=200)],
    )

    def offer(self, gates: Sequence[str]) -> None:
        """The gates to choose from."""
        self.gate.choices = [(gate, gate) for gate in gates]

    def validate_left(self, field: Any) -> None:
        if not field.data and not self.entered.data:
            raise ValidationError(_("Write a number at one of the two."))


def session_text(session: Session) -> str:
    """A session as it is chosen: its title, and when it begins."""
    return " · ".join(
        part for part in (local(session.title), moment_text(session.starts_at)) if part
    )


def _read(convert: Callable[[datetime], datetime], hour: datetime) -> datetime:
    try:
        return convert(hour)
    except NoSuchHour as error:
        raise ValidationError(
            _("The clocks are set forward over this hour. Write one before or after it.")
        ) from error


def _as_written(rule: DoorRule) -> dict[str, Any]:
    return {
        "opens": written(rule.opens_at) if rule.opens_at else None,
        "closes": written(rule.closes_at) if rule.closes_at else None,
        "session": rule.session_id or 0,
        "kinds": rule.kinds or list(KIND_NAMES),
        "entries": str(rule.entries),
        "reentry": rule.reentry,
    }

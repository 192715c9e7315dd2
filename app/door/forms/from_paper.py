"""Somebody without a ticket, as a line on the paper tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.checkin.rules.walk_ins import LONGEST_NAME, WalkInPerson
from app.checkin.services.paper import PAPER
from app.checkin.services.written_down import PaperLine
from app.core import clock
from app.core.forms import Form
from app.core.mail_fields import MailField
from app.core.numbers import moment_text
from app.core.texts import _, _l
from app.devices.rules.local import NoSuchHour, opening, written
from app.door.forms.desk_terms import WRITTEN, session_text
from app.events.models import Session
from app.people.rules import readable_email
from app.workshops.rules.places import MOST_SEATS

# So long before a sitting and after it somebody may have come in to it.
AROUND = timedelta(hours=6)


class FromPaperForm(Form):
    """Who came in without a ticket; `other` and `more` answer what the page asks about."""

    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=LONGEST_NAME)])
    mail = MailField(
        _l("Mail address"),
        description=_l("If it stands on the paper. Then they are asked afterwards how it was."),
        validators=[Optional(), Length(max=254)],
    )
    seats = IntegerField(
        _l("How many people?"),
        default=1,
        validators=[InputRequired(), NumberRange(1, MOST_SEATS)],
    )
    session = SelectField(_l("Which sitting was it?"), coerce=int)
    gate = SelectField(_l("Which gate did they come in by?"))
    came = DateTimeLocalField(
        _l("About when did they come in?"), validators=[InputRequired()], format=WRITTEN
    )
    other = BooleanField(_l("It is somebody else"))
    more = BooleanField(_l("They came in all the same"))
    sittings: dict[int, Session]

    def offer(self, sittings: Sequence[Session], gates: Sequence[str]) -> None:
        """The sittings and gates to choose from; the time of the first stands there."""
        self.sittings = {sitting.id: sitting for sitting in sittings}
        self.session.choices = [(sitting.id, session_text(sitting)) for sitting in sittings]
        self.gate.choices = [*((gate, gate) for gate in gates), (PAPER, _("Not known"))]
        if self.session.data is None and sittings:
            self.session.data = sittings[0].id
        if not self.is_submitted() and self.came.data is None and sittings:
            self.came.data = written(sittings[0].starts_at)

    def validate_mail(self, field: Any) -> None:
        if field.data and readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))

    def validate_came(self, field: Any) -> None:
        try:
            at = opening(field.data)
        except NoSuchHour as error:
            raise ValidationError(_("The clocks jumped over this hour.")) from error
        if at > clock.now():
            raise ValidationError(_("That is still to come. Write when they came in."))
        sitting = self.sittings.get(self.session.data or 0)
        if sitting is None:
            return
        if not sitting.starts_at - AROUND <= at <= sitting.ends_at + AROUND:
            sentence = _(
                "It was from %(begins)s until %(ends)s. Write a time near that.",
                begins=moment_text(sitting.starts_at),
                ends=moment_text(sitting.ends_at),
            )
            raise ValidationError(sentence)

    def person(self) -> WalkInPerson:
        """Who it was."""
        mail = readable_email(self.mail.data) if self.mail.data else None
        return WalkInPerson(self.name.data or "", mail or "", self.seats.data or 1)

    def line(self) -> PaperLine:
        """The line as a whole."""
        came: datetime | None = self.came.data
        if came is None:
            raise ValueError("read before the form was accepted")
        several = len(self.sittings) > 1
        return PaperLine(
            person=self.person(),
            at=opening(came),
            gate=self.gate.data or PAPER,
            session_id=self.session.data if several else None,
            more=bool(self.more.data),
        )

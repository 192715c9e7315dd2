"""The shape of a request for help, quick enough to fill in while on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from app.advisory.models import AdvisoryTask
from app.advisory.services import Request
from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.edit_forms import EditForm
from app.core.forms import Form, texts_field
from app.core.mail_fields import MailField
from app.core.texts import _, _l, local
from app.events.rules import EventKind, may_be_chosen
from app.events.services.scheduling import Plan
from app.people.models import Person
from app.programme.queries import PlannedArea


class RequestForm(EditForm):
    """Who asks, about what."""

    asked_by = StringField(
        _l("Who asks"),
        description=_l("Organisation, institution or unit."),
        validators=[InputRequired(), Length(max=200)],
    )
    subject = StringField(_l("What about"), validators=[InputRequired(), Length(max=500)])
    main_area = RadioField(_l("Main area"), coerce=int, validators=[Optional()])
    minutes = IntegerField(
        _l("Minutes spent"), default=15, validators=[InputRequired(), NumberRange(0, 10_000)]
    )
    day = DateField(
        _l("Day"),
        description=_l("When it was. It counts in that day's year."),
        default=clock.today,
        validators=[Optional()],
    )
    email = MailField(
        _l("Their mail"),
        description=_l("Only if they may be asked later what came of it."),
        validators=[Optional(), Email(), Length(max=254)],
    )
    name = StringField(_l("Their name"), validators=[Length(max=200)])

    def offer(self, areas: Sequence[PlannedArea]) -> None:
        """Offer the main areas of the plan."""
        self.main_area.choices = [
            SelectChoice(one.area.id, f"{one.area.number}. {local(one.area.name)}") for one in areas
        ]

    @property
    def request(self) -> Request:
        """What was written, as the services take it."""
        return Request(
            asked_by=self.asked_by.data or "",
            subject=self.subject.data or "",
            email=self.email.data or "",
            name=self.name.data or "",
            main_area_id=self.main_area.data or None,
            minutes=self.minutes.data or 0,
            day=self.day.data,
        )

    def validate_day(self, field: DateField) -> None:
        """Nothing is logged before it happens."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("The day lies ahead. Write the day when it was."))

    @staticmethod
    def as_written(record: tuple[AdvisoryTask, Person | None]) -> dict[str, object]:
        task, recipient = record
        return {
            "asked_by": task.asked_by,
            "subject": task.subject,
            "main_area": task.main_area_id,
            "minutes": task.minutes,
            "day": clock.local_time(task.logged_at).date(),
            "email": recipient.email if recipient else "",
            "name": recipient.name if recipient else "",
        }


class AdviceForm(RequestForm):
    """Advice given in passing."""

    still_open = BooleanField(_l("We still owe them something"))


class WorkshopForm(Form):
    """The workshop that a requisition becomes."""

    title = texts_field(
        lambda name: _l("Title in %(language)s", language=name),
        StringField,
        Length(max=200),
        needed=InputRequired(),
    )
    slug = StringField(
        _l("Address on the web"),
        description=_l("Small letters, digits and hyphens, such as parents-noerrebro-2."),
        validators=[InputRequired(), Length(max=80)],
    )
    topic = StringField(
        _l("Topic"),
        description=_l("The report counts by topic, such as foraeldredialog."),
        validators=[Length(max=40)],
    )
    place = StringField(_l("Place"), validators=[InputRequired(), Length(max=200)])
    day = DateField(_l("Day"), validators=[InputRequired()])
    starts = TimeField(_l("Starts at"), validators=[InputRequired()])
    ends = TimeField(_l("Ends at"), validators=[InputRequired()])
    capacity = IntegerField(
        _l("Places"), default=20, validators=[InputRequired(), NumberRange(1, 10_000)]
    )

    def validate_slug(self, field: StringField) -> None:
        """The part of an address that stays."""
        if not may_be_chosen(field.data or ""):
            raise ValidationError(_("Use small letters, digits and hyphens."))

    def validate_ends(self, field: TimeField) -> None:
        """After it starts."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("It must end after it starts."))

    @property
    def plan(self) -> Plan:
        """The event that is to be made."""
        return Plan(
            slug=self.slug.data or "",
            kind=EventKind.WORKSHOP,
            title=self.title.written,
            starts_at=self._moment(self.starts.data),
            ends_at=self._moment(self.ends.data),
            topic=self.topic.data or None,
            place=self.place.data or "",
        )

    def _moment(self, hour: time | None) -> datetime:
        if self.day.data is None or hour is None:
            raise ValueError("asked before the form was accepted")
        return datetime.combine(self.day.data, hour, COPENHAGEN)

"""What the desk fills in about an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.clock import COPENHAGEN, local_time
from app.core.edit_forms import EditForm
from app.core.forms import Form, options, texts_field
from app.core.languages import DEFAULT
from app.core.mail_fields import MailField
from app.core.phones import PhoneField, PhoneNumber
from app.core.pictures import ACCEPTED, DrawnPicture, PictureRefused
from app.core.texts import Lazy, _, _l
from app.events import queries, rules
from app.events.drawing import drawn_anew
from app.events.models import Event, Window
from app.events.queries import ListedTopic
from app.events.rules import EventKind, PictureSize, Purpose
from app.events.services.editing import SignUp
from app.events.wording import KIND_NAMES, PICTURE_FAULTS
from app.organisations.wording import SPOKEN
from app.people.rules import readable_email

WORDS = ("slug", "place", "address", "contact_name", "contact_mail", "contact_phone")
TEXTS = ("title", "summary", "description", "access")
WHEN_PLANNED = ("slug", "place", "address", "starts", "ends")


class TopicField(SelectField):
    """The topics that are offered, and the one that the event has."""

    def process_data(self, value: str | None) -> None:
        super().process_data(value)
        offered = {t.key: t.name for t in queries.topics() if not t.ended or t.key == value}
        self.choices = options({"": _l("No topic"), **offered})


class EventForm(EditForm):
    """The event itself; texts per language, Danish first."""

    kind = RadioField(_l("What sort of event is it?"), choices=options(KIND_NAMES))
    topic = TopicField(_l("Topic"), validators=[Optional()])
    title = texts_field(
        lambda name: _l("Title in %(language)s", language=name),
        StringField,
        Length(max=160),
        needed=DataRequired(),
    )
    summary = texts_field(
        lambda name: _l("In short, in %(language)s", language=name), TextAreaField, Length(max=400)
    )
    description = texts_field(
        lambda name: _l("The whole text, in %(language)s", language=name),
        TextAreaField,
        Length(max=8000),
        description=_l(
            "An empty line begins a paragraph. A line with - before it is an item of a list. "
            "A link: [its words](https://example.dk). Bold: **so**. Heading: ## before it."
        ),
        render_kw={"rows": 8},
    )
    slug = StringField(
        _l("Address on this site"),
        description=_l("Small letters, digits and hyphens: foraeldredialog-marts."),
        validators=[DataRequired(), Length(max=80)],
    )
    place = StringField(_l("Place"), validators=[DataRequired(), Length(max=200)])
    address = StringField(_l("Street and number"), validators=[Length(max=200)])
    access = texts_field(
        lambda name: _l("Getting there and in, in %(language)s", language=name),
        TextAreaField,
        Length(max=600),
        description=_l("The nearest bus and station, steps, lift, toilets, where one rings."),
    )
    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired()])
    ends = DateTimeLocalField(_l("Ends"), validators=[InputRequired()])
    price = IntegerField(
        _l("Price in kroner"),
        description=_l("0 is shown as free. Leave it empty to say nothing."),
        validators=[Optional(), NumberRange(min=0, max=100_000)],
        render_kw={"inputmode": "numeric"},
    )
    spoken = SelectMultipleField(
        _l("Which languages are spoken there?"),
        choices=options(SPOKEN),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    contact_name = StringField(_l("Who answers questions?"), validators=[Length(max=120)])
    contact_mail = MailField(_l("Their mail address"), validators=[Length(max=254)])
    contact_phone = PhoneField(_l("Their phone"), validators=[Length(max=32), PhoneNumber()])
    opens = DateTimeLocalField(_l("Sign-up opens"), validators=[InputRequired()])
    deadline = DateTimeLocalField(_l("Deadline"), validators=[InputRequired()])
    shutdown = DateTimeLocalField(
        _l("Closes for good"),
        description=_l(
            "Between the deadline and this hour free seats are still given and applications go "
            "on the waiting list. Empty: it closes at the deadline."
        ),
        validators=[Optional()],
    )
    waiting_list = BooleanField(_l("Keep a waiting list when all seats are taken"), default=True)

    # Of an event whose end this form does not change.
    fixed_end: datetime | None = None

    @staticmethod
    def as_written(record: tuple[Event, Window | None]) -> dict[str, object]:
        event, window = record
        same = (*WORDS, *TEXTS, "kind", "price", "spoken")
        return {
            **{name: getattr(event, name) for name in same},
            "topic": event.topic or "",
            "starts": _written(event.starts_at),
            "ends": _written(event.ends_at),
            **(_sign_up(window) if window else {}),
        }

    @classmethod
    def of(cls, event: Event, window: Window | None, *, kind_stays: bool) -> EventForm:
        """The form as the event stands, without what can no longer be changed here."""
        form = cls.over((event, window))
        form.fixed_end = _written(event.ends_at)
        for name in (*(["kind"] if kind_stays else []), *_fixed(event)):
            del form[name]
        return form

    def validate_slug(self, field: Any) -> None:
        if not rules.may_be_chosen(field.data):
            raise ValidationError(_("Use small letters, digits and hyphens."))

    def validate_contact_mail(self, field: Any) -> None:
        if field.data and readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

    def validate_deadline(self, field: Any) -> None:
        if self.opens.data and field.data and field.data < self.opens.data:
            raise ValidationError(_("The deadline must come after sign-up opens."))
        self._refuse_after_the_end(field)

    def validate_shutdown(self, field: Any) -> None:
        if self.deadline.data and field.data and field.data < self.deadline.data:
            raise ValidationError(_("It cannot close before the deadline."))
        self._refuse_after_the_end(field)

    def _refuse_after_the_end(self, field: Any) -> None:
        end = self.ends.data if "ends" in self else self.fixed_end
        if end and field.data and field.data > end:
            raise ValidationError(_("Sign-up must end when the event does at the latest."))

    def moment(self, name: str) -> datetime:
        """A day and hour as written, on Copenhagen's clocks."""
        written: datetime = self[name].data
        return written.replace(tzinfo=COPENHAGEN)

    def facts(self) -> dict[str, object]:
        """What was written, by the event's columns; without those that are not in this form."""
        facts: dict[str, object] = {name: self[name].written for name in TEXTS}
        facts |= {name: self[name].data or "" for name in WORDS if name in self}
        facts |= {f"{name}_at": self.moment(name) for name in ("starts", "ends") if name in self}
        facts |= {"topic": self.topic.data or None, "price": self.price.data}
        facts["spoken"] = self.spoken.data or []
        if "kind" in self:
            facts["kind"] = EventKind(self.kind.data)
        return facts

    def sign_up(self, kind: EventKind) -> SignUp:
        """When an event of this kind takes sign-ups."""
        traits = rules.KINDS[kind]
        return SignUp(
            Purpose.ENROLMENTS if traits.enrolments else Purpose.APPLICATIONS,
            self.moment("opens"),
            self.moment("deadline"),
            self.moment("shutdown" if self.shutdown.data else "deadline"),
            self.waiting_list.data,
        )


def _fixed(event: Event) -> tuple[str, ...]:
    return () if event.state is rules.EventState.DRAFT else WHEN_PLANNED


def _written(moment: datetime) -> datetime:
    return local_time(moment).replace(tzinfo=None)


def _sign_up(window: Window) -> Mapping[str, object]:
    later = window.shutdown_at > window.deadline_at
    return {
        "opens": _written(window.opens_at),
        "deadline": _written(window.deadline_at),
        "shutdown": _written(window.shutdown_at) if later else None,
        "waiting_list": window.waiting_list,
    }


class HeldForm(Form):
    """Whether an event that has begun is over."""

    sure = BooleanField(_l("It is over already"))


class PictureForm(Form):
    """The event's picture and what it shows."""

    file = FileField(
        _l("Picture"),
        description=_l(
            "JPEG, PNG or WebP, at most 12 MB, best 1500 points across or more. Where and when it "
            "was taken is not kept."
        ),
        render_kw={"accept": ACCEPTED},
    )
    text = texts_field(
        lambda name: _l("What does the picture show? In %(language)s", language=name),
        StringField,
        Length(max=250),
        needed=DataRequired(),
        description=_l("Read out to those who cannot see it: “Children dance before the stage.”"),
    )
    sizes: Mapping[PictureSize, DrawnPicture] | None = None
    fault: Lazy | None = None
    # Whether the event shows one that can stay.
    has_picture = False

    @classmethod
    def of(cls, event: Event) -> PictureForm:
        """The form as the event stands."""
        form = cls(text=event.picture_text)
        form.has_picture = event.picture is not None
        return form

    def draw(self) -> None:
        """Read the file: long before the event is locked, for it takes its time."""
        if self.file.data:
            try:
                self.sizes = drawn_anew(self.file.data.stream, self.file.data.filename or "")
            except PictureRefused as refused:
                self.fault = PICTURE_FAULTS[refused.fault]

    def validate_file(self, field: Any) -> None:
        if self.fault:
            raise ValidationError(str(self.fault))
        if not field.data and not self.has_picture:
            raise ValidationError(_("Choose a picture."))


class SittingForm(Form):
    """One day of a course."""

    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired()])
    ends = DateTimeLocalField(_l("Ends"), validators=[InputRequired()])

    def validate_ends(self, field: Any) -> None:
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must come after the beginning."))

    def moments(self) -> tuple[datetime, datetime]:
        """Beginning and end on Copenhagen's clocks."""
        starts, ends = self.starts.data, self.ends.data
        if starts is None or ends is None:
            raise ValueError("read before the form was accepted")
        return starts.replace(tzinfo=COPENHAGEN), ends.replace(tzinfo=COPENHAGEN)


class TopicForm(EditForm):
    """What a topic is called."""

    name = texts_field(
        lambda name: _l("Name in %(language)s", language=name),
        StringField,
        Length(max=80),
        needed=DataRequired(),
    )

    @staticmethod
    def as_written(record: ListedTopic) -> dict[str, object]:
        return {"name": record.written or {DEFAULT: record.name}}

"""Who holds a place: the name as it is spelled, the right mail address, somebody else instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import TextInput

from app.core.asking_once import Asking, AsksOnce
from app.core.edit_forms import EditForm
from app.core.mail_fields import MailField
from app.core.texts import _, _l
from app.people.rules import readable_email
from app.workshops.queries.places import TicketedEnrolment


class _AskingText(Asking, TextInput):
    """The field, and beside it unseen the name that was asked about."""


class HolderNameField(AsksOnce, StringField):
    """A name; one that reads as somebody else's is asked about once."""

    widget = _AskingText()

    @property
    def still_me(self) -> bool:
        """Whether this very name was asked about, and sent once more."""
        return self.data in (self.raw_data or [])[1:]

    def say(self, question: str) -> None:
        """Raise the question at the field."""
        self._asked = self.data or ""
        self.errors = [question]


class MailCorrectionForm(EditForm):
    """Where letters about a place go."""

    mail = MailField(
        _l("The right mail address"),
        description=_l("The ticket is sent there at once."),
        validators=[DataRequired(), Length(max=254)],
        render_kw={"autocomplete": "email"},
    )

    def validate_mail(self, field: Any) -> None:
        if readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))

    @staticmethod
    def as_written(record: TicketedEnrolment) -> Mapping[str, object]:
        """The address of the holder."""
        return {"mail": record.person.email}


class TicketHandOverForm(MailCorrectionForm):
    """Who comes instead."""

    name = StringField(
        _l("Name of whoever comes instead"), validators=[DataRequired(), Length(max=200)]
    )
    mail = MailField(
        _l("Mail address of whoever comes instead"),
        description=_l("A ticket of their own is sent there at once."),
        validators=[DataRequired(), Length(max=254)],
        render_kw={"autocomplete": "off"},
    )

"""The address to sign in with, and the six digits from its mail."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from app.core.forms import Form
from app.core.mail_fields import MailField
from app.core.texts import _, _l
from app.people.rules import readable_email


class EmailForm(Form):
    """Where the link is sent."""

    email = MailField(
        _l("Your mail address"),
        validators=[DataRequired(), Length(max=254)],
        description=_l("We send you a link. You need no password."),
        render_kw={"autocomplete": "email"},
    )
    next = HiddenField()

    def validate_email(self, field: Any) -> None:
        if readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))


class CodeForm(Form):
    """The digits typed on another device."""

    email = HiddenField(validators=[DataRequired(), Length(max=254)])
    digits = StringField(
        _l("Six digits from the mail"),
        validators=[DataRequired(), Length(max=12)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )

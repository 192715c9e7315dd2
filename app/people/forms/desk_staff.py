"""Who works at the desk, and what each is there for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.access import StaffRole
from app.core.edit_forms import EditForm
from app.core.forms import options
from app.core.mail_fields import MailField
from app.core.texts import Lazy, _, _l
from app.people.models import Staff
from app.people.rules import StaffVerb, readable_email

STAFF_ROLE_NAMES: dict[StaffRole, Lazy] = {
    StaffRole.ORGANISER: _l("Organiser"),
    StaffRole.REVIEWER: _l("Reviewer"),
    StaffRole.DOOR: _l("Lead at the door"),
    StaffRole.ANALYST: _l("Analyst"),
    StaffRole.PARTNER: _l("Partner"),
    StaffRole.ADMIN: _l("Administrator"),
}
# What each may do, beside its box.
_MAY: dict[StaffRole, Lazy] = {
    StaffRole.ORGANISER: _l("Organiser: events, applications, stalls, workshops and letters"),
    StaffRole.REVIEWER: _l("Reviewer: reads applications and scores them"),
    StaffRole.DOOR: _l("Lead at the door: phones, arrivals and door lists"),
    StaffRole.ANALYST: _l("Analyst: surveys, figures and the yearly report"),
    StaffRole.PARTNER: _l("Partner: reads what partners may see"),
    StaffRole.ADMIN: _l("Administrator: everything, and who works here"),
}
VERB_NAMES: dict[StaffVerb, Lazy] = {
    StaffVerb.DUTY_GIVEN: _l("got the duty: %(duty)s"),
    StaffVerb.DUTY_TAKEN: _l("lost the duty: %(duty)s"),
    StaffVerb.RENAMED: _l("got another name"),
    StaffVerb.MAIL_CORRECTED: _l("got another mail address"),
}


class StaffNameForm(EditForm):
    """What a member of staff is called at the desk and in its trails."""

    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])

    @staticmethod
    def as_written(record: Staff) -> dict[str, object]:
        return {"name": record.name}


class StaffMailForm(EditForm):
    """The address that a member of staff signs in with."""

    email = MailField(
        _l("Mail address"),
        description=_l("They sign in with it from now on, and are signed out where they are."),
        validators=[DataRequired(), Length(max=254)],
    )

    @staticmethod
    def as_written(record: Staff) -> dict[str, object]:
        return {"email": record.email}

    def validate_email(self, field: Any) -> None:
        if readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))


class StaffRolesForm(EditForm):
    """What a member of staff is there for; nothing ticked ends the access."""

    roles = SelectMultipleField(
        _l("What are they there for?"),
        description=_l("It takes effect with the next page they open."),
        choices=options(_MAY),
        coerce=StaffRole,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    @staticmethod
    def as_written(record: Sequence[StaffRole]) -> dict[str, object]:
        return {"roles": list(record)}

    def chosen(self) -> frozenset[StaffRole]:
        """The ticked ones."""
        return frozenset(self.roles.data or ())


class StaffForm(StaffRolesForm):
    """Somebody new, or somebody who comes back."""

    email = MailField(
        _l("Mail address"),
        description=_l("They sign in with it. No password is needed."),
        validators=[DataRequired(), Length(max=254)],
    )
    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])
    roles = SelectMultipleField(
        _l("What are they there for?"),
        choices=options(_MAY),
        coerce=StaffRole,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Tick at least one duty."))],
    )

    def validate_email(self, field: Any) -> None:
        if readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))

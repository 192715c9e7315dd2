"""Who works at the desk, and what each is there for."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.access import Duty
from app.core.forms import Form, options
from app.core.texts import Lazy, _, _l
from app.people.rules import readable_mailbox

DUTY_NAMES: dict[Duty, Lazy] = {
    Duty.ORGANISER: _l("Organiser"),
    Duty.REVIEWER: _l("Reviewer"),
    Duty.DOOR: _l("Lead at the door"),
    Duty.ANALYST: _l("Analyst"),
    Duty.PARTNER: _l("Partner"),
    Duty.ADMIN: _l("Administrator"),
}
# What each may do, beside its box.
_MAY: dict[Duty, Lazy] = {
    Duty.ORGANISER: _l("Organiser: events, applications, stalls, workshops and letters"),
    Duty.REVIEWER: _l("Reviewer: reads applications and scores them"),
    Duty.DOOR: _l("Lead at the door: phones, arrivals and door lists"),
    Duty.ANALYST: _l("Analyst: surveys, figures and the yearly report"),
    Duty.PARTNER: _l("Partner: reads what partners may see"),
    Duty.ADMIN: _l("Administrator: everything, and who works here"),
}
VERB_NAMES: dict[str, Lazy] = {
    "duty_given": _l("got the duty: %(duty)s"),
    "duty_taken": _l("lost the duty: %(duty)s"),
}


class DutiesForm(Form):
    """What a member of staff is there for; nothing ticked ends the access."""

    duties = SelectMultipleField(
        _l("What are they there for?"),
        description=_l("It takes effect with the next page they open."),
        choices=options(_MAY),
        coerce=Duty,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def chosen(self) -> frozenset[Duty]:
        """The ticked ones."""
        return frozenset(self.duties.data or ())


class StaffForm(DutiesForm):
    """Somebody new, or somebody who comes back."""

    mailbox = EmailField(
        _l("Mail address"),
        description=_l("They sign in with it. No password is needed."),
        validators=[DataRequired(), Length(max=254)],
    )
    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])
    duties = SelectMultipleField(
        _l("What are they there for?"),
        choices=options(_MAY),
        coerce=Duty,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Tick at least one duty."))],
    )

    def validate_mailbox(self, field: Any) -> None:
        if readable_mailbox(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))

"""Who one is, contact persons, claims, and what staff do for organisations."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length

from app.core.forms import Form, options
from app.core.languages import DEFAULT
from app.core.mail_fields import MailField
from app.core.texts import _l
from app.organisations import rules, wording
from app.organisations.forms.checks import NAME, WORDS, ReachableEmail
from app.organisations.rules import Contact


class NewForm(Form):
    """A new organisation: what it is, what it is called, and who is asking."""

    kind = RadioField(
        _l("What are you?"),
        choices=options((kind.value, wording.KINDS[kind]) for kind in rules.OPEN_KINDS),
        validators=[DataRequired()],
    )
    name = StringField(
        _l("Name of the association, restaurant or group"),
        validators=NAME,
        render_kw={"autocomplete": "organization"},
    )
    person_name = StringField(
        _l("Your own name"), validators=NAME, render_kw={"autocomplete": "name"}
    )

    def contact(self, email: str | None, language: str) -> Contact:
        """Whoever fills in the form."""
        return Contact(str(email), str(self.person_name.data), language)


class ClaimForm(Form):
    """Asking to act for an organisation that is here already."""

    known_as = StringField(
        _l("Name or CVR number"),
        description=_l("Write it as it stood last time."),
        validators=NAME,
    )
    person_name = StringField(
        _l("Your own name"), validators=NAME, render_kw={"autocomplete": "name"}
    )
    message = TextAreaField(
        _l("How do you know the organisation?"),
        description=_l("For example: I took over as chair in March."),
        validators=WORDS,
        render_kw={"rows": 3},
    )

    def contact(self, email: str | None, language: str) -> Contact:
        """Whoever fills in the form."""
        return Contact(str(email), str(self.person_name.data), language)


class RepresentativeForm(Form):
    """One more person who may act for the organisation."""

    person_name = StringField(_l("Name"), validators=NAME)
    email = MailField(
        _l("Mail address"), validators=[DataRequired(), Length(max=254), ReachableEmail()]
    )

    def contact(self, language: str = DEFAULT) -> Contact:
        """Whoever is let in."""
        return Contact(str(self.email.data), str(self.person_name.data), language)


class StaffNewForm(RepresentativeForm):
    """An organisation that staff write in, with its first contact person."""

    kind = SelectField(_l("Kind"), choices=options(wording.KINDS))
    name = StringField(_l("Name of the organisation"), validators=NAME)
    person_name = StringField(_l("Contact person"), validators=NAME)
    tell = BooleanField(_l("Write to them that we have made this for them"), default=True)

"""Who one is, the profile of an organisation, consent, contact persons and claims."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.core.checks import NoPersonalNumber
from app.core.forms import Form, options, texts_field
from app.core.languages import DEFAULT
from app.core.mail_fields import MailField
from app.core.phones import PhoneField, PhoneNumber
from app.core.texts import _, _l
from app.organisations import rules, wording
from app.organisations.models import Organisation
from app.organisations.rules import Contact
from app.people.rules import readable_email

NAME = [DataRequired(), Length(min=2, max=120), NoPersonalNumber()]
WORDS = [Length(max=1000), NoPersonalNumber()]


class Ticks(SelectMultipleField):
    """Several choices as tick boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class ReachableEmail:
    """A mail address that a letter could reach; kept folded."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        folded = readable_email(field.data)
        if folded is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))
        field.data = folded


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


class ProfileForm(Form):
    """What an organisation tells of itself, once."""

    name = StringField(_l("Name"), validators=NAME)
    activity = texts_field(
        lambda name: _l("What do you do? In %(language)s", language=name),
        TextAreaField,
        *WORDS,
        needed=DataRequired(),
        description=_l("Two or three sentences that visitors will understand."),
        render_kw={"rows": 4},
    )
    district = SelectField(
        _l("Where in the city are you?"),
        choices=options({"": _l("Choose a district"), **wording.DISTRICTS}),
        validators=[DataRequired()],
    )
    languages = Ticks(_l("Which languages do you speak?"), choices=options(wording.SPOKEN))
    target_groups = Ticks(_l("Who are you for?"), choices=options(wording.TARGET_GROUPS))
    members = IntegerField(
        _l("How many members do you have?"),
        validators=[Optional(), NumberRange(min=0, max=1_000_000)],
        render_kw={"inputmode": "numeric"},
    )
    cvr = StringField(
        _l("CVR number"),
        description=_l("Eight digits. Leave it empty if you have none: many associations do not."),
        validators=[Length(max=20)],
        render_kw={"inputmode": "numeric"},
    )
    website = StringField(
        _l("Website"), validators=[Length(max=200)], render_kw={"inputmode": "url"}
    )
    public_mail = MailField(
        _l("Mail address that visitors may see"), validators=[Length(max=254), ReachableEmail()]
    )
    public_phone = PhoneField(
        _l("Phone number that visitors may see"), validators=[Length(max=30), PhoneNumber()]
    )

    @classmethod
    def of(cls, organisation: Organisation) -> ProfileForm:
        """The form as the organisation's record fills it."""
        return cls(data={**organisation.facts, "cvr": organisation.cvr})

    def validate_cvr(self, field: Any) -> None:
        try:
            field.data = rules.cvr(field.data) if field.data else ""
        except ValueError as error:
            raise ValidationError(
                _("This is no CVR number. Check the eight digits, or leave it empty.")
            ) from error

    def validate_website(self, field: Any) -> None:
        try:
            field.data = rules.website(field.data or "")
        except ValueError as error:
            raise ValidationError(
                _("Write a whole web address, such as https://example.dk.")
            ) from error

    def profile(self) -> dict[str, Any]:
        """The facts as the record keeps them."""
        given = {name: value for name, value in self.data.items() if name in rules.PROFILE_FIELDS}
        return {**given, "activity": self.activity.written}


class ConsentForm(Form):
    """One tick for each fact and each public place."""

    catalogue = Ticks(_l("In the catalogue of the festival"))
    atlas = Ticks(_l("In the atlas of associations, all year"))

    def offer(self, organisation: Organisation) -> ConsentForm:
        """Only facts that are filled in can be allowed."""
        filled = options(
            (name, label)
            for name, label in wording.FIELD_NAMES.items()
            if organisation.facts.get(name)
        )
        self.catalogue.choices = self.atlas.choices = filled
        return self

    def pairs(self) -> set[tuple[str, str]]:
        """The ticks as pairs of field and surface."""
        return {
            (name, surface)
            for surface in ("catalogue", "atlas")
            for name in self[surface].data or ()
        }


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

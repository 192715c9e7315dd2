"""What an administrator says about the installation: names, ways to reach the team, the logo."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import EmailField, StringField, ValidationError
from wtforms.validators import Length

from app.core.edit_forms import EditForm
from app.core.forms import Form, texts_field
from app.core.phones import PhoneField, PhoneNumber
from app.core.pictures import ACCEPTED, DrawnPicture, PictureRefused
from app.core.texts import Lazy, _, _l
from app.installation.drawing import drawn_anew
from app.installation.wording import COMMON_WORDS, LOGO_FAULTS, Owner, TeamContact
from app.people.rules import readable_email

# What the trail calls each part.
INSTALLATION_FIELDS: dict[str, Lazy] = {
    "city": _l("city"),
    "municipality": _l("municipality"),
    "administration": _l("administration"),
    "committee": _l("committee"),
    "team": _l("team"),
    "mail": _l("mail address"),
    "phone": _l("phone"),
    "hours": _l("hours"),
}


class InstallationForm(EditForm):
    """Whose installation this is; what is left empty is told in common words."""

    city = texts_field(
        lambda name: _l("The city, in %(language)s", language=name),
        StringField,
        Length(max=80),
        description=_l("As it stands after “in”."),
    )
    municipality = texts_field(
        lambda name: _l("The municipality, in %(language)s", language=name),
        StringField,
        Length(max=120),
        description=_l("It is responsible for people's data."),
    )
    administration = texts_field(
        lambda name: _l("The administration, in %(language)s", language=name),
        StringField,
        Length(max=120),
        description=_l("Who recommends the yearly report to the committee."),
    )
    committee = texts_field(
        lambda name: _l("The committee, in %(language)s", language=name),
        StringField,
        Length(max=120),
        description=_l("Who the yearly report is for."),
    )
    team = texts_field(
        lambda name: _l("The team, in %(language)s", language=name),
        StringField,
        Length(max=120),
        description=_l("It signs every letter."),
    )
    mail = EmailField(
        _l("The team's mail address"),
        description=_l("Answers to letters go there."),
        validators=[Length(max=254)],
    )
    phone = PhoneField(_l("The team's phone"), validators=[Length(max=32), PhoneNumber()])
    hours = texts_field(
        lambda name: _l("When somebody answers, in %(language)s", language=name),
        StringField,
        Length(max=120),
        description=_l("For example: Monday to Thursday 9–15."),
    )

    @staticmethod
    def as_written(record: Owner) -> dict[str, object]:
        contact = record.contact
        reached = {"mail": contact.mail, "phone": contact.phone, "hours": contact.opening_hours}
        return {**record.names, **reached}

    @property
    def names(self) -> dict[str, dict[str, str]]:
        """The names that were written, by language."""
        return {name: self[name].written for name in COMMON_WORDS}

    @property
    def contact(self) -> TeamContact:
        """How the team is reached from now on."""
        return TeamContact(self.mail.data or "", self.phone.data or "", self.hours.written)

    def validate_mail(self, field: Any) -> None:
        if field.data and readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))


class LogoForm(Form):
    """The logo that stands in the pages' head."""

    file = FileField(
        _l("Logo"),
        description=_l(
            "PNG, JPEG or WebP, at most 12 MB. Best is a PNG without a ground, 300 points across "
            "or more."
        ),
        render_kw={"accept": ACCEPTED},
    )
    logo: DrawnPicture | None = None
    fault: Lazy | None = None

    def draw(self) -> None:
        """Read the file: long before the row is locked, for it takes its time."""
        if self.file.data:
            try:
                self.logo = drawn_anew(self.file.data.stream, self.file.data.filename or "")
            except PictureRefused as refused:
                self.fault = LOGO_FAULTS[refused.fault]

    def validate_file(self, field: Any) -> None:
        if self.fault:
            raise ValidationError(str(self.fault))
        if not field.data:
            raise ValidationError(_("Choose a file."))

"""What a participant and the desk fill in about places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.core.edit_forms import EditForm
from app.core.forms import Form
from app.core.mail_fields import MailField
from app.core.texts import _, _l
from app.people.rules import readable_email
from app.tickets.rules.codes import LONGEST_TYPED
from app.workshops.forms.holders import HolderNameField
from app.workshops.models import Goal
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.goals import LONGEST_GOAL
from app.workshops.rules.places import MOST_SEATS
from app.workshops.services.arriving import TeamsWord
from app.workshops.services.changing import Change
from app.workshops.services.drafting import Wish
from app.workshops.wording import STATE_NAMES

MOST_CAPACITY = 100_000
LONGEST_WHY = 200


class EnrolmentForm(Form):
    """Who comes, with how many, and what they need."""

    name = HolderNameField(
        _l("Your name"),
        validators=[DataRequired(), Length(max=200)],
        render_kw={"autocomplete": "name"},
    )
    seats = IntegerField(
        _l("How many are you?"),
        description=_l("Write 1 if you come alone. A group gets one ticket for all."),
        default=1,
        validators=[InputRequired(), NumberRange(1, MOST_SEATS)],
        render_kw={"inputmode": "numeric"},
    )
    organisation = StringField(
        _l("Your workplace or association"),
        description=_l("It stands on your name badge."),
        validators=[Length(max=120)],
        render_kw={"autocomplete": "organization"},
    )
    interpreter = StringField(
        _l("Do you need an interpreter?"),
        description=_l("Write the language, for example Arabic."),
        validators=[Length(max=80)],
    )
    access = StringField(
        _l("Is there something you need to take part?"),
        description=_l("For example a step-free way in or a hearing loop."),
        validators=[Length(max=200)],
    )
    food = StringField(_l("Is there something you do not eat?"), validators=[Length(max=200)])

    def changed(self) -> Change:
        """How the enrolment shall stand."""
        return Change(
            name=self.name.data or "",
            seats=self.seats.data or 1,
            interpreter=self.interpreter.data or "",
            access=self.access.data or "",
            food=self.food.data or "",
            organisation=self.organisation.data or "",
            still_me=self.name.still_me,
        )


class ChangeForm(EditForm, EnrolmentForm):
    """The same over an enrolment that stands."""

    @staticmethod
    def as_written(record: TicketedEnrolment) -> Mapping[str, object]:
        """What the place says."""
        enrolment = record.enrolment
        return {
            "name": record.person.name,
            "seats": enrolment.seats,
            "interpreter": enrolment.interpreter,
            "access": enrolment.access,
            "food": enrolment.food,
            "organisation": enrolment.organisation,
        }


class TeamChangeForm(ChangeForm):
    """The same at the desk, with the reason where somebody came in already."""

    why = StringField(_l("Why?"), validators=[Length(max=LONGEST_WHY)])

    def word(self) -> TeamsWord:
        """That the team does it, and why."""
        return TeamsWord((self.why.data or "").strip())


class CancelPlaceForm(Form):
    """Why the team cancels a place."""

    why = StringField(
        _l("Why?"),
        description=_l("It stands in the letter to whoever loses the place."),
        validators=[DataRequired(), Length(max=LONGEST_WHY)],
    )


class EnrolForm(EnrolmentForm):
    """The same with the mail address the ticket goes to."""

    mail = MailField(
        _l("Your mail address"),
        description=_l("We send the ticket there."),
        validators=[DataRequired(), Length(max=254)],
        render_kw={"autocomplete": "email"},
    )
    # The address of whoever is signed in: it is shown and not asked for.
    own_mail: str | None = None

    @classmethod
    def of_reader(cls, email: str | None) -> EnrolForm:
        """The form for whoever reads it: one who is signed in is not asked for the address."""
        form = cls()
        form.own_mail = email
        if email and not form.mail.data:
            form.mail.data = email
        return form

    def validate_mail(self, field: Any) -> None:
        if readable_email(field.data) is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))
        if self.own_mail and readable_email(field.data) != self.own_mail:
            # Signed in elsewhere since the page was opened: nobody's ticket goes astray unseen.
            sentence = _(
                "You are signed in as %(mail)s. The ticket goes there. "
                "Send it again if that is right.",
                mail=self.own_mail,
            )
            raise ValidationError(sentence)

    def wish(self, language: str) -> Wish:
        """The enrolment that is asked for."""
        changed = self.changed()
        return Wish(
            name=changed.name,
            mail=self.mail.data or "",
            seats=changed.seats,
            language=language,
            interpreter=changed.interpreter,
            access=changed.access,
            food=changed.food,
            organisation=changed.organisation,
        )


class GoalsForm(EditForm):
    """One to three goals in own words."""

    first = TextAreaField(_l("First goal"), validators=[DataRequired(), Length(max=LONGEST_GOAL)])
    second = TextAreaField(_l("Second goal"), validators=[Length(max=LONGEST_GOAL)])
    third = TextAreaField(_l("Third goal"), validators=[Length(max=LONGEST_GOAL)])
    show_again = RadioField(
        _l("May we show you the goals again in six months?"),
        choices=[
            SelectChoice(value="yes", label=_l("Yes")),
            SelectChoice(value="no", label=_l("No")),
        ],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )

    def texts(self) -> list[str]:
        """What was written, empty lines too."""
        return [goal.data or "" for goal in (self.first, self.second, self.third)]

    @staticmethod
    def as_written(record: tuple[TicketedEnrolment, Sequence[Goal]]) -> Mapping[str, object]:
        """The goals of a place as they stand."""
        place, goals = record
        first, second, third = [*(goal.text for goal in goals), "", "", ""][:3]
        said = {True: "yes", False: "no", None: None}[place.enrolment.show_goals]
        return {"first": first, "second": second, "third": third, "show_again": said}


class CapacityForm(Form):
    """How many places there are."""

    capacity = IntegerField(
        _l("Places in all"),
        validators=[InputRequired(), NumberRange(0, MOST_CAPACITY)],
        render_kw={"inputmode": "numeric"},
    )


class EnrolmentFilterForm(Form):
    """Who of the desk's list gets a letter; sent by GET, so that it stands in the address."""

    class Meta(Form.Meta):
        csrf = False

    search = StringField(_l("Name or code"), validators=[Length(max=LONGEST_TYPED)])
    state = SelectField(
        _l("State"),
        choices=[
            SelectChoice(value="", label=_l("All")),
            *(SelectChoice(value=value, label=label) for value, label in STATE_NAMES.items()),
        ],
    )

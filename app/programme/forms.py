"""The shape of what is written into the plan and its registers."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.edit_forms import EditForm
from app.core.forms import Form, texts_field
from app.core.languages import DEFAULT, REPORT_LANGUAGES
from app.core.numbers import decimal_text
from app.core.texts import _, _l, local
from app.programme import rules
from app.programme.models import Engagement, Project, Publication
from app.programme.queries import PlannedArea
from app.programme.rules import EngagementKind

KINDS = [
    SelectChoice(EngagementKind.HELHEDSPLAN, _l("Neighbourhood plan (helhedsplan)")),
    SelectChoice(EngagementKind.OMRAADELOEFT, _l("Area renewal (områdeløft)")),
]
YEARS = NumberRange(min=2000, max=2100)


class MainAreaForm(EditForm):
    """A main area of a year with its person-years."""

    year = IntegerField(_l("Year"), validators=[InputRequired(), YEARS])
    number = IntegerField(_l("Number"), validators=[InputRequired(), NumberRange(min=1, max=20)])
    name = texts_field(
        lambda name: _l("Name in %(language)s", language=name),
        StringField,
        Length(max=200),
        needed=InputRequired(),
        languages=REPORT_LANGUAGES,
    )
    person_years = StringField(
        _l("Person-years"),
        description=_l("For instance 2 or 0.5."),
        validators=[InputRequired(), Length(max=10)],
        render_kw={"inputmode": "decimal"},
    )
    activities = TextAreaField(
        _l("What is planned"),
        description=_l("In Danish, one activity a line."),
        validators=[Length(max=2000)],
    )

    def validate_person_years(self, field: Any) -> None:
        """A number above nothing with at most two decimals."""
        if rules.hundredths(field.data) is None:
            raise ValidationError(_("Write a number such as 2 or 0.5, at most 100."))

    @property
    def hundredths(self) -> int:
        """The person-years in hundredths."""
        return rules.hundredths(self.person_years.data or "") or 0

    @property
    def lines(self) -> list[dict[str, str]]:
        """The activities, one text for each line."""
        text = self.activities.data or ""
        return [{DEFAULT: line.strip()} for line in text.splitlines() if line.strip()]

    @staticmethod
    def as_written(record: PlannedArea) -> dict[str, object]:
        area = record.area
        return {
            "number": area.number,
            "name": area.name,
            "person_years": decimal_text(float(record.person_years), 2)
            if record.hundredths % 100
            else str(record.person_years),
            "activities": "\n".join(local(activity) for activity in area.activities),
        }

    @classmethod
    def of(cls, planned: PlannedArea) -> MainAreaForm:
        """The form as the area was written."""
        form = cls.over(planned)
        # What is counted under it belongs to its year.
        del form.year
        return form


class CopyPlanForm(Form):
    """A year's plan as the beginning of another's."""

    of_year = IntegerField(_l("Copy the plan of"), validators=[InputRequired(), YEARS])
    to = IntegerField(_l("To the year"), validators=[InputRequired(), YEARS])


class EngagementForm(EditForm):
    """Taking part in an area's plan."""

    kind = RadioField(_l("Kind of plan"), choices=KINDS, validators=[InputRequired()])
    name = StringField(_l("Area or plan"), validators=[InputRequired(), Length(max=200)])
    starts_on = DateField(_l("First day"), validators=[InputRequired()])
    ends_on = DateField(
        _l("Last day"), description=_l("Leave empty while it goes on."), validators=[Optional()]
    )

    @staticmethod
    def as_written(record: Engagement) -> dict[str, object]:
        return {name: getattr(record, name) for name in ("kind", "name", "starts_on", "ends_on")}


class EndForm(Form):
    """The last day of an engagement."""

    ends_on = DateField(_l("Last day"), validators=[InputRequired()])


class PublicationForm(EditForm):
    """Something published, or nearly."""

    year = IntegerField(_l("Year"), validators=[InputRequired(), YEARS])
    title = texts_field(
        lambda name: _l("Title in %(language)s", language=name),
        StringField,
        Length(max=300),
        needed=InputRequired(),
        languages=REPORT_LANGUAGES,
    )
    note = texts_field(
        lambda name: _l("Note in %(language)s", language=name),
        StringField,
        Length(max=400),
        description=_l("For instance what is still missing. It stands in brackets in the report."),
        languages=[DEFAULT],
    )

    @staticmethod
    def as_written(record: Publication) -> dict[str, object]:
        return {name: getattr(record, name) for name in ("year", "title", "note")}


class ProjectForm(EditForm):
    """A project that the team leads."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=200)])
    starts_on = DateField(_l("First day"), validators=[InputRequired()])
    ends_on = DateField(
        _l("Last day"), description=_l("Leave empty while it goes on."), validators=[Optional()]
    )
    note = texts_field(
        lambda name: _l("Note in %(language)s", language=name),
        StringField,
        Length(max=400),
        description=_l("A sentence that follows in the report."),
        languages=[DEFAULT],
    )

    @staticmethod
    def as_written(record: Project) -> dict[str, object]:
        return {name: getattr(record, name) for name in ("name", "starts_on", "ends_on", "note")}


class HandOverForm(Form):
    """Who goes on with a project, and the team's last day with it."""

    handed_to = StringField(_l("New owner"), validators=[InputRequired(), Length(max=200)])
    last_day = DateField(_l("Our last day"), validators=[InputRequired()])

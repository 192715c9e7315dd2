"""Which of two values stays, and that one has looked."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.forms import Form, options
from app.core.texts import Lazy, _l

STAYS, GONE = "stays", "gone"


class SearchSameForm(Form):
    """Whom else to look for."""

    search = StringField(_l("Name or mail address"), validators=[Length(max=100)])


class SearchSameOrganisationForm(Form):
    """Which other record to look for."""

    search = StringField(_l("Name or CVR number"), validators=[Length(max=100)])


class _Sure(Form):
    """The tick; it stands last."""

    sure = BooleanField(
        _l("I have compared them. They are one, and this cannot be undone."),
        validators=[InputRequired(_l("Tick the box when you have compared them."))],
    )


class MergePeopleForm(_Sure):
    """Which name and address stay."""

    name = RadioField(_l("Which name stays?"), validators=[DataRequired()])
    email = RadioField(_l("Which mail address stays?"), validators=[DataRequired()])

    def offer(self, names: Sequence[str], emails: Sequence[str]) -> MergePeopleForm:
        """Each with its two; where they are alike, or one has none, there is nothing to ask."""
        for field, pair in ((self.name, names), (self.email, emails)):
            field.choices = options(zip((STAYS, GONE), pair, strict=True))
            if len(set(filter(None, pair))) < 2:
                field.data = STAYS if pair[0] else GONE
        return self


def merge_organisations_form(
    differing: Sequence[str], labels: dict[str, Lazy], told: dict[str, tuple[str, str]]
) -> Form:
    """A choice for each fact that the two tell otherwise, and the tick."""
    fields = {
        name: RadioField(
            labels[name],
            choices=options(zip((STAYS, GONE), told[name], strict=True)),
            default=STAYS,
            validators=[DataRequired()],
        )
        for name in differing
    }
    kind = type("MergeOrganisationsForm", (_Sure,), fields)
    form: Form = kind()
    return form

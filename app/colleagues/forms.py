"""Several people at once: one a line, and a sentence for each line that cannot be used."""

from __future__ import annotations

from typing import Any

from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from app.colleagues.rules import (
    LONGEST_NAME,
    MOST_COLLEAGUES,
    Colleague,
    ColleagueList,
    read_colleagues,
    too_many,
)
from app.colleagues.wording import FAULT_SENTENCES
from app.core.folding import fold
from app.core.forms import Form
from app.core.texts import _, _l
from app.people.rules import readable_email

MOST_TOLD = 10


class ColleaguesForm(Form):
    """Where they come from, and who they are."""

    organisation = StringField(
        _l("Institution or association"),
        description=_l("It stands on the name badges."),
        validators=[Length(max=120)],
        render_kw={"autocomplete": "organization"},
    )
    people = TextAreaField(
        _l("Who comes?"),
        description=_l(
            "One person a line: name, comma, mail address. At most %(most)s at a time.",
            most=MOST_COLLEAGUES,
        ),
        validators=[DataRequired(), Length(max=12_000)],
        render_kw={"rows": 8, "spellcheck": "false"},
    )

    def validate_people(self, field: Any) -> None:
        reading = self._reading()
        sentences = [
            str(FAULT_SENTENCES[fault]) % {"line": line, "most": LONGEST_NAME}
            for line, fault in reading.faults.items()
        ]
        if too_many(reading.colleagues):
            sentences = [_("At most %(most)s at a time.", most=MOST_COLLEAGUES)]
        if not sentences:
            return
        if len(sentences) > MOST_TOLD:
            sentences = [
                *sentences[:MOST_TOLD],
                _("%(more)s more lines.", more=len(sentences) - MOST_TOLD),
            ]
        field.errors.extend(sentences[:-1])
        raise ValidationError(sentences[-1])

    def colleagues(self) -> tuple[Colleague, ...]:
        """Those of the list; the form is accepted."""
        return self._reading().colleagues

    def _reading(self) -> ColleagueList:
        return read_colleagues(self.people.data or "", readable_email, fold)

"""The shapes of an editor's text and of the reason to lift a lock."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.core.edit_forms import EditForm
from app.core.forms import Form, texts_field
from app.core.languages import REPORT_LANGUAGES
from app.core.texts import _l


class TextForm(EditForm):
    """One text of the report in the languages it is written in."""

    text = texts_field(
        lambda name: _l("In %(language)s", language=name),
        TextAreaField,
        Length(max=5000),
        description=_l("Each line becomes a paragraph or a point. {year} and {next} become years."),
        languages=REPORT_LANGUAGES,
        render_kw={"rows": 10},
    )

    @staticmethod
    def as_written(record: Mapping[str, str]) -> dict[str, object]:
        return {"text": record}


class LiftForm(Form):
    """Why the lock of a report is lifted."""

    because = TextAreaField(
        _l("Why is the lock lifted?"),
        description=_l("It stands beside the version, with your name."),
        validators=[DataRequired(), Length(max=500)],
        render_kw={"rows": 3},
    )

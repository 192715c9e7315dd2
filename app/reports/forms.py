"""The shape of an editor's text."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import Length

from app.core.forms import Form
from app.core.texts import _l


class TextForm(Form):
    """One text of the report in Danish and English."""

    da = TextAreaField(
        _l("In Danish"),
        description=_l("Each line becomes a paragraph or a point. {year} and {next} become years."),
        validators=[Length(max=5000)],
    )
    en = TextAreaField(_l("In English"), validators=[Length(max=5000)])

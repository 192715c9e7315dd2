"""What applicants answer."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.core.checks import NoPersonalNumber
from app.core.forms import Form
from app.core.texts import _l


class AnswerForm(Form):
    """The applicant's answer to a question."""

    text = TextAreaField(
        _l("Your answer"),
        validators=[DataRequired(), Length(max=4000), NoPersonalNumber()],
        render_kw={"rows": 5, "dir": "auto"},
    )

"""Erasing oneself: one tick, for it cannot be undone."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired

from app.core.forms import Form
from app.core.texts import _l


class EraseForm(Form):
    """The tick."""

    sure = BooleanField(
        _l("Yes, erase everything you know about me"),
        validators=[InputRequired(_l("Tick the box if you want to be erased."))],
    )

"""Checks that the forms of organisations share."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError
from wtforms.validators import DataRequired, Length

from app.core.checks import NoPersonalNumber
from app.core.texts import _
from app.people.rules import readable_email

NAME = [DataRequired(), Length(min=2, max=120), NoPersonalNumber()]
WORDS = [Length(max=1000), NoPersonalNumber()]


class ReachableEmail:
    """A mail address that a letter could reach; kept folded."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        folded = readable_email(field.data)
        if folded is None:
            raise ValidationError(_("Write a whole mail address, such as name@example.dk."))
        field.data = folded

"""Checks of single fields that several forms share."""

from __future__ import annotations

import re
from typing import Any

from wtforms import ValidationError

from app.core.digits import western
from app.core.texts import _

_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\d)")


def resembles_cpr(text: str) -> bool:
    """Whether the text holds something that looks like a personal number."""
    return _CPR.search(western(text)) is not None


class NoPersonalNumber:
    """Free text in which nobody should write a CPR number."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and resembles_cpr(field.data):
            raise ValidationError(
                _("This looks like a CPR number. We never need one: take it out.")
            )

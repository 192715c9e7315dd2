"""A field that asks about what it doubts: sent once more with the page that asked, it is taken.

The answer travels as a second value of the same field, so a draft keeps it too.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import ValidationError
from wtforms.widgets import html_params


class Asking:
    """The widget of such a field: beside it, unseen, what was asked about or stands already."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        shown: Markup = super().__call__(field, **attributes)  # type: ignore[misc]
        if not field.known:
            return shown
        params = html_params(type="hidden", name=field.name, value=field.known)
        return shown + Markup(f"<input {params}>")  # noqa: S704 escaped by html_params


class AsksOnce:
    """What such a field does beside being one."""

    _asked = ""

    def needs_no_question(self, text: str) -> bool:
        """Whether a text that stands there is doubted and was asked about before."""
        return False

    @property
    def known(self: Any) -> str:
        """What is doubted and needs no question any more, or has just been asked about."""
        if self._asked:
            return str(self._asked)
        sent = self.raw_data or []
        stands = sent[1] if len(sent) > 1 else "" if sent else self.data or ""
        return str(stands) if stands and self.needs_no_question(stands) else ""

    def ask_once(self: Any, doubted: str, question: str) -> None:
        """Raise the question, unless it was answered or this stands there already."""
        self._asked = doubted
        if doubted not in (self.raw_data or [])[1:]:
            raise ValidationError(question)

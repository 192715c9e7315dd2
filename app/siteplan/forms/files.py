"""A plan read from a file or copied from another festival."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.core.forms import Form, options
from app.core.numbers import day_text
from app.core.texts import _, _l, local
from app.events.models import Event
from app.siteplan.rules.cells import LONGEST


class ImportForm(Form):
    """A file, or its text once it was looked at and is being set right."""

    file = FileField(
        _l("A file with the plan"),
        description=_l("CSV, as a spreadsheet saves it and as “Take the plan as a file” makes it."),
        render_kw={"accept": ".csv,.tsv,text/csv,text/plain"},
    )
    text = TextAreaField(
        _l("Or its text"),
        validators=[Length(max=LONGEST)],
        render_kw={"rows": 8, "dir": "ltr", "spellcheck": "false", "wrap": "off"},
    )

    def validate_text(self, field: Any) -> None:
        """What is in the file takes the place of the text."""
        sent = self.file.data
        content = sent.read(LONGEST + 1) if sent else b""
        if len(content) > LONGEST:
            raise ValidationError(_("The file is too long to be a plan."))
        if content:
            field.data = _readable(content)
        if not (field.data or "").strip():
            raise ValidationError(_("Choose a file, or paste its text."))


class CopyPlanFromForm(Form):
    """Whose plan is copied."""

    source = SelectField(_l("Whose plan is copied?"), coerce=int)

    def offer(self, festivals: Iterable[Event]) -> None:
        """Let these be chosen."""
        self.source.choices = options(
            (one.id, f"{local(one.title)}, {day_text(one.starts_at)}") for one in festivals
        )


def _readable(content: bytes) -> str:
    """As today's spreadsheets write it, else as older Danish ones did."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

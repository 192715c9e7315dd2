"""When participants are reminded, and what they are told besides."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from app.core.edit_forms import EditForm
from app.core.forms import options, texts_field
from app.core.texts import _l, _n
from app.reminding.rules import DAYS, HOURS
from app.workshops.models import Workshop

NEVER = ""


class ReminderForm(EditForm):
    """Day, hour and words per language."""

    days = SelectField(_l("When does the reminder leave?"))
    hour = SelectField(
        _l("At what hour?"), choices=options({str(hour): f"{hour:02}.00" for hour in HOURS})
    )
    words = texts_field(
        lambda name: _l("What to bring, and other words, in %(language)s", language=name),
        TextAreaField,
        Length(max=600),
    )

    def __init__(self, *args: object, **values: object) -> None:
        super().__init__(*args, **values)
        before = {str(d): _n("%(num)s day before", "%(num)s days before", d) for d in DAYS}
        self.days.choices = options({NEVER: _l("No reminder"), **before})

    @staticmethod
    def as_written(record: Workshop) -> Mapping[str, object]:
        """When the reminder of a workshop leaves, and its words."""
        return {
            "days": str(record.reminder_days or NEVER),
            "hour": str(record.reminder_hour),
            "words": record.reminder_text,
        }

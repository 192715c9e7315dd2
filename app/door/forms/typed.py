"""What is typed on the phone at the door without a script."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.core.forms import Form, options
from app.core.texts import _l
from app.door.wording.phone import MISREAD
from app.tickets.rules.codes import read_short, typed_codes
from app.tickets.rules.keyboards import is_garbled


class TypedForm(Form):
    """A code typed at the door. The scan's id and time travel along: sent twice, it counts once."""

    code = StringField(
        _l("The code on the ticket"),
        description=_l("Ten letters and digits. Spaces and dashes do not matter."),
        validators=[DataRequired(), Length(max=400)],
    )
    kind = RadioField(
        _l("Which way?"),
        choices=options({"entry": _l("In"), "exit": _l("Out")}),
        default="entry",
    )
    scan_id = HiddenField(validators=[DataRequired(), Length(max=64)])
    at = HiddenField(validators=[DataRequired(), Length(max=40)])

    def validate_code(self, field: StringField) -> None:
        """A hand scanner on other keys may have made something else of the code."""
        text = (field.data or "").strip()
        if not typed_codes(text) and read_short(text) is None and is_garbled(text):
            raise ValidationError(str(MISREAD))

    def typed(self) -> tuple[str, str, str, str]:
        """Code, way, scan id and time."""
        fields = (self.code, self.kind, self.scan_id, self.at)
        return (*(field.data or "" for field in fields),)  # type: ignore[return-value]


class UndoForm(Form):
    """Taking back the scan just made."""

    code = HiddenField(validators=[DataRequired(), Length(max=400)])
    annuls = HiddenField(validators=[DataRequired(), Length(max=64)])

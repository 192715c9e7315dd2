"""Fields for lengths in metres, and for choosing among what stands on the plan."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import Field, IntegerField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from app.core.digits import western
from app.core.texts import Lazy, _, _l
from app.siteplan.rules.codes import LONGEST
from app.vendors.wording import metres

CENTIMETRES = 100
# No plan is wider than five kilometres.
FARTHEST = 500_000


class MetresField(IntegerField):
    """Written in metres with comma or point (3, 4,5, −2.75), kept in whole centimetres."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            raise ValueError(_("Write a number of metres, such as 3 or 4.5."))
        text = western(str(valuelist[0])).strip().replace("\u2212", "-").replace(",", ".")
        try:
            self.data = round(float(text) * CENTIMETRES)
        except (ValueError, OverflowError):
            self.data = None
            raise ValueError(_("Write a number of metres, such as 3 or 4.5.")) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else written_metres(self.data)


class Between:
    """Lengths that make sense, in centimetres; there must be one."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, least_cm: int, most_cm: int) -> None:
        self.bounds = least_cm, most_cm

    def __call__(self, form: object, field: Field) -> None:
        least, most = self.bounds
        if field.data is not None and not least <= field.data <= most:
            between = {"least": written_metres(least), "most": written_metres(most)}
            raise ValidationError(_("Write between %(least)s and %(most)s metres.", **between))


def metres_field(
    label: Lazy, least_cm: int, most_cm: int = FARTHEST, keyboard: str = "decimal"
) -> MetresField:
    """A length in metres."""
    return MetresField(
        label, validators=[Between(least_cm, most_cm)], render_kw={"inputmode": keyboard}
    )


def code_field(label: Lazy, hint: Lazy) -> StringField:
    """What a thing is called on the plan and on papers."""
    return StringField(
        label,
        description=hint,
        validators=[DataRequired(), Length(max=LONGEST)],
        render_kw={"autocomplete": "off"},
    )


def place_field(label: Lazy) -> MetresField:
    """How far to the right, or down; above and left of the first street it is below nothing."""
    return metres_field(label, -FARTHEST, keyboard="text")


def written_metres(centimetres: int) -> str:
    """As one types it: 4, 2,5 or -1,2."""
    return f"-{metres(-centimetres)}" if centimetres < 0 else metres(centimetres)


def number_or_none(value: object) -> int | None:
    """What an empty choice stands for."""
    return int(str(value)) if value not in (None, "", "None") else None


RIGHT, DOWN = _l("Metres to the right"), _l("Metres down")

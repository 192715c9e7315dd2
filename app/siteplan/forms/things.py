"""A form for each kind of thing on the plan, filled from its row and read back as its columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core.clock import COPENHAGEN, local_time
from app.core.edit_forms import EditForm
from app.core.forms import TextsField, options, texts_field
from app.core.language_choice import in_every_language
from app.core.texts import _l
from app.siteplan.forms.fields import (
    DOWN,
    RIGHT,
    code_field,
    metres_field,
    number_or_none,
    place_field,
)
from app.siteplan.rules.kinds import FEEDERS, Facts, Kind
from app.siteplan.wording import FACING_NAMES, LANDMARK_NAMES, NO_FEEDER
from app.vendors.rules.specs import LandmarkKind

AMPERES = InputRequired(), NumberRange(0, 1000)
PHASE_CHOICES = [(1, _l("One")), (3, _l("Three"))]


class ThingForm(EditForm):
    """What all of them have: they are filled with columns and told as columns."""

    def facts(self) -> Facts:
        """The columns as they were filled in."""
        hidden = ("csrf_token", "seen_marks")
        return {
            name: field.written if isinstance(field, TextsField) else field.data
            for name, field in self._fields.items()
            if name not in hidden
        }


class ZoneForm(ThingForm):
    """A stretch of the street."""

    code = code_field(_l("Code"), _l("Short, such as A or food."))
    name = texts_field(
        lambda language: _l("Name in %(language)s", language=language),
        StringField,
        Length(max=80),
        needed=InputRequired(),
    )
    arrives_at = DateTimeLocalField(
        _l("When stallholders drive in"),
        description=_l("Leave it empty until you know."),
        validators=[Optional()],
    )
    call = StringField(
        _l("Whom they call on the day"),
        description=_l("A name and a phone number."),
        validators=[Length(max=120)],
        render_kw={"dir": "auto"},
    )

    def facts(self) -> Facts:
        arrives = self.arrives_at.data
        moment = arrives.replace(tzinfo=COPENHAGEN) if arrives else None
        return {**super().facts(), "arrives_at": moment, "call": self.call.data or ""}


class CabinetForm(ThingForm):
    """Where power comes from."""

    code = code_field(_l("Code"), _l("As it is written on the cabinet."))
    amp = IntegerField(_l("Amperes on each phase"), validators=AMPERES)
    phases = RadioField(
        _l("Phases"),
        choices=options(PHASE_CHOICES),
        coerce=int,
        default=3,
        validators=[InputRequired()],
    )
    plugs = IntegerField(
        _l("Plugs"),
        description=_l("How many stalls can be joined to it. Leave empty if you do not know."),
        validators=[Optional(), NumberRange(0, 400)],
    )
    x = place_field(RIGHT)
    y = place_field(DOWN)


class TapForm(ThingForm):
    """Where water comes from."""

    code = code_field(_l("Code"), _l("Short, such as V1."))
    hoses = IntegerField(
        _l("Room for so many hoses"), validators=[InputRequired(), NumberRange(0, 100)]
    )
    x = place_field(RIGHT)
    y = place_field(DOWN)


class SupplyForm(ThingForm):
    """What one stall has, and all stalls of a row."""

    zone_id = SelectField(_l("Zone"), coerce=number_or_none)
    cabinet_id = SelectField(_l("Power from"), coerce=number_or_none)
    power_amp = IntegerField(
        _l("Power of the plug, in amperes"),
        description=_l("0 where there is none."),
        validators=AMPERES,
    )
    phases = RadioField(
        _l("Phases of the plug"),
        choices=options(PHASE_CHOICES),
        coerce=int,
        default=1,
        validators=[InputRequired()],
    )
    tap_id = SelectField(_l("Water from"), coerce=number_or_none)
    gas = BooleanField(_l("Gas may be used"))
    wheelchair = BooleanField(_l("Can be reached by wheelchair from behind"))
    facing = SelectField(
        _l("The open front looks"), choices=options(FACING_NAMES), validators=[InputRequired()]
    )

    def offer(self, feeders: Mapping[Kind, Any]) -> None:
        """Let the zones, cabinets and taps of the plan be chosen."""
        for name, kind in FEEDERS.items():
            rows = ((row.id, row.code) for row in feeders[kind])
            self[name].choices = options([("", NO_FEEDER[kind]), *rows])


class StallForm(SupplyForm):
    """One stall."""

    code = code_field(_l("Number"), _l("As it stands on the sign: 12 or A07."))
    phase = SelectField(
        _l("Which phase, where the plug has one"),
        choices=options([(1, "L1"), (2, "L2"), (3, "L3")]),
        coerce=int,
        validators=[InputRequired()],
    )
    x = place_field(RIGHT)
    y = place_field(DOWN)
    frontage_cm = metres_field(_l("Width of the front, in metres"), 50, 10_000)
    depth_cm = metres_field(_l("Depth, in metres"), 50, 10_000)


class LandmarkForm(ThingForm):
    """What one finds one's way by."""

    kind = SelectField(
        _l("What is it?"), choices=options(LANDMARK_NAMES), validators=[InputRequired()]
    )
    name = texts_field(
        lambda language: _l("Name in %(language)s", language=language),
        StringField,
        Length(max=80),
        description=_l("Leave it empty for the ordinary word."),
    )
    x = place_field(RIGHT)
    y = place_field(DOWN)
    width = metres_field(_l("Metres wide"), 20)
    height = metres_field(_l("Metres deep"), 20)

    def facts(self) -> Facts:
        ordinary = in_every_language(LANDMARK_NAMES[LandmarkKind(self.kind.data)])
        written = self.name.written
        return {**super().facts(), "name": written or ordinary}


FORMS: dict[Kind, type[ThingForm]] = {
    Kind.ZONE: ZoneForm,
    Kind.CABINET: CabinetForm,
    Kind.TAP: TapForm,
    Kind.STALL: StallForm,
    Kind.LANDMARK: LandmarkForm,
}


def form_of(
    kind: Kind,
    columns: Mapping[str, Any],
    feeders: Mapping[Kind, Any],
    *,
    as_it_stands: bool = False,
) -> ThingForm:
    """The form filled with these columns; `as_it_stands` reads nothing of what was sent."""
    filled = {name: _shown(value) for name, value in columns.items()}
    own = {"formdata": None} if as_it_stands else {}
    form = FORMS[kind](data=filled, **own)
    if isinstance(form, SupplyForm):
        form.offer(feeders)
    return form.over_what_stands()


def _shown(value: object) -> object:
    """A moment as Copenhagen's clocks show it."""
    return local_time(value).replace(tzinfo=None) if isinstance(value, datetime) else value

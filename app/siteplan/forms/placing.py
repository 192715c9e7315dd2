"""Where something is moved to on the drawing, as the page's script tells it."""

from __future__ import annotations

from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form
from app.siteplan.forms.fields import DOWN, FARTHEST, RIGHT

CENTIMETRES = InputRequired(), NumberRange(-FARTHEST, FARTHEST)


class PlaceForm(Form):
    """Where it goes, and where it stood when the page was looked at. Centimetres."""

    x = IntegerField(RIGHT, validators=CENTIMETRES)
    y = IntegerField(DOWN, validators=CENTIMETRES)
    seen_x = IntegerField(RIGHT, validators=CENTIMETRES)
    seen_y = IntegerField(DOWN, validators=CENTIMETRES)

    def to(self) -> tuple[int, int]:
        """The place that is asked for."""
        return self.x.data or 0, self.y.data or 0

    def seen(self) -> tuple[int, int]:
        """The place that the page knew."""
        return self.seen_x.data or 0, self.seen_y.data or 0

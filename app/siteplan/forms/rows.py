"""Many stalls at once: a new row, a row copied, numbers given anew; a stall joined or split."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, options
from app.core.texts import _l
from app.siteplan.forms.fields import DOWN, RIGHT, code_field, metres_field, place_field
from app.siteplan.forms.things import SupplyForm
from app.siteplan.rules.kinds import Facts
from app.siteplan.rules.rows import MOST_IN_A_ROW, Along, RowOfStalls
from app.siteplan.wording import ALONG_NAMES
from app.vendors.models import Stall


class RowForm(SupplyForm):
    """A row of equal stalls."""

    count = IntegerField(
        _l("How many stalls?"), validators=[InputRequired(), NumberRange(1, MOST_IN_A_ROW)]
    )
    code = code_field(_l("Number of the first"), _l("The others follow: A01, A02, A03 …"))
    frontage_cm = metres_field(_l("Width of each front, in metres"), 50, 10_000)
    depth_cm = metres_field(_l("Depth, in metres"), 50, 10_000)
    between_cm = metres_field(_l("Metres between two stalls"), 0, 10_000)
    along = RadioField(
        _l("The row runs"),
        choices=options(ALONG_NAMES),
        default=Along.RIGHT,
        validators=[InputRequired()],
    )
    x = place_field(_l("The first stall: metres to the right"))
    y = place_field(_l("The first stall: metres down"))

    OWN = ("count", "code", "frontage_cm", "depth_cm", "between_cm", "along", "x", "y")

    def row(self) -> RowOfStalls:
        """Where they stand."""
        told: dict[str, Any] = {name: self[name].data for name in self.OWN if name != "code"}
        return RowOfStalls(**{**told, "along": Along(told["along"])})

    def facts(self) -> Facts:
        return {name: value for name, value in super().facts().items() if name not in self.OWN}


class StallsForm(Form):
    """Which stalls, and the number of the first."""

    stalls = SelectMultipleField(
        _l("Which stalls?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired()],
    )
    code = code_field(_l("Number of the first"), _l("The others follow: A01, A02, A03 …"))

    def offer(self, stalls: Iterable[Stall]) -> None:
        """Let these be ticked."""
        self.stalls.choices = options((stall.id, stall.code) for stall in stalls)


class CopyRowForm(StallsForm):
    """The same stalls once more, so far aside."""

    x = place_field(RIGHT)
    y = place_field(DOWN)


class MergeForm(Form):
    """The neighbour that is joined."""

    other = SelectField(_l("Join it with"), coerce=int, validators=[InputRequired()])

    def offer(self, stalls: Iterable[Stall]) -> None:
        """Let these be chosen."""
        self.other.choices = options((stall.id, stall.code) for stall in stalls)


class SplitForm(Form):
    """How wide the first part is, and what the other is called."""

    first_cm = metres_field(_l("Width that stays, in metres"), 50, 10_000)
    code = code_field(_l("Number of the new stall"), _l("It gets the same power and water."))

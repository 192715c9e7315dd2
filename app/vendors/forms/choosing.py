"""Which stall an applicant takes, and whether the team lets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wtforms import DateTimeLocalField, IntegerField, RadioField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from app.core import clock
from app.core.clock import COPENHAGEN, local_time
from app.core.forms import Form, options
from app.core.texts import _, _l, local
from app.vendors.models import StallChoosing
from app.vendors.queries.candidates import StallChoice
from app.vendors.rules.siteplan import SitePlan
from app.vendors.wording import metres


class ChooseStallForm(Form):
    """One of the free stalls that suit."""

    stall = RadioField(_l("Which stall do you want?"), coerce=int, validators=[InputRequired()])

    def offer(self, site: SitePlan, choices: Iterable[StallChoice]) -> None:
        """Let those that suit be chosen, in the order of the street."""
        suiting = {one.stall.id for one in choices if not one.against}
        self.stall.choices = options(
            (
                stall.id,
                _(
                    "%(code)s – %(metres)s m wide%(zone)s",
                    code=stall.code,
                    metres=metres(stall.spot.rect.width),
                    zone=_zone(site, stall.zone),
                ),
            )
            for stall in site.stalls
            if stall.id in suiting
        )


class ChoosingForm(Form):
    """How many each, and until when."""

    most = IntegerField(
        _l("How many stalls can each have?"), validators=[InputRequired(), NumberRange(1, 10)]
    )
    closes = DateTimeLocalField(_l("They choose until"), validators=[InputRequired()])

    def validate_closes(self, field: Any) -> None:
        if field.data and self.moment() <= clock.now():
            raise ValidationError(_("Choose a time that is still to come."))

    def moment(self) -> datetime:
        """The end on Copenhagen's clocks."""
        if self.closes.data is None:
            raise ValueError("read before the form was accepted")
        return self.closes.data.replace(tzinfo=COPENHAGEN)

    @classmethod
    def of(cls, choosing: StallChoosing | None) -> ChoosingForm:
        """The form as the team left it."""
        if choosing is None:
            return cls(data={"most": 1})
        closes = local_time(choosing.closes_at).replace(tzinfo=None)
        return cls(data={"most": choosing.most, "closes": closes})


def _zone(site: SitePlan, code: str | None) -> str:
    zone = site.zone(code)
    return f", {local(zone.name)}" if zone else ""

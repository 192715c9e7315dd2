"""The team's choices on the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.core.forms import Form, options
from app.core.texts import _, _l
from app.vendors.queries.candidates import StallCandidate
from app.vendors.rules.loads import parts_of
from app.vendors.rules.siteplan import PlannedStall


class ReserveStallForm(Form):
    """Who gets the stall."""

    application = RadioField(_l("Who gets the stall?"), coerce=int, validators=[InputRequired()])
    amp = IntegerField(
        _l("Power to reserve, in amperes"),
        description=_l("Leave empty to reserve what the applicant asks for."),
        validators=[Optional(), NumberRange(0, 400)],
    )

    def offer(self, candidates: Iterable[StallCandidate]) -> ReserveStallForm:
        """Let these be chosen, each with what speaks for or against."""
        self.application.choices = options(
            (one.application_id, _described(one)) for one in candidates
        )
        return self


class OtherStallForm(Form):
    """Another stall: a free one to move to, a taken one to swap with."""

    stall = SelectField(_l("Move to stall, or swap with"), coerce=int)

    def offer(
        self,
        stalls: Iterable[PlannedStall],
        but: int | None,
        against: Mapping[int, Sequence[str]],
    ) -> OtherStallForm:
        """Let every stall but this and the blocked ones be chosen, each with what is against it."""
        self.stall.choices = options(
            (stall.id, _named(stall, against[stall.id]))
            for stall in stalls
            if stall.id != but and not stall.blocked_because
        )
        return self


class BlockForm(Form):
    """Why nobody can stand there."""

    reason = StringField(
        _l("Why is the stall blocked?"), validators=[InputRequired(), Length(max=200)]
    )


class ShareForm(Form):
    """How the power of a stall is divided between two."""

    first = IntegerField(
        _l("Power of part 1, in amperes"),
        description=_l("Whoever stands here already has this part."),
        validators=[InputRequired(), NumberRange(0, 400)],
        render_kw={"inputmode": "numeric"},
    )
    second = IntegerField(
        _l("Power of part 2, in amperes"),
        validators=[InputRequired(), NumberRange(0, 400)],
        render_kw={"inputmode": "numeric"},
    )
    whole = 0

    @classmethod
    def of(cls, power_amp: int, parts: Sequence[int]) -> ShareForm:
        """The form as the stall is divided, or evenly where it is whole."""
        first, second = parts if len(parts) == 2 else parts_of(power_amp, 2)
        form = cls(first=first, second=second)
        form.whole = power_amp
        return form

    def validate_second(self, field: Any) -> None:
        given = (self.first.data or 0) + (field.data or 0)
        if given > self.whole:
            raise ValidationError(
                _(
                    "The stall has %(whole)s A, and the parts have %(given)s A together.",
                    whole=self.whole,
                    given=given,
                )
            )

    def powers(self) -> tuple[int, int]:
        """The two parts."""
        return self.first.data or 0, self.second.data or 0


def _described(one: StallCandidate) -> str:
    why, stalls = " ".join(one.against), ", ".join(one.stalls)
    if one.stalls and one.fits:
        return _(
            "%(name)s – has stall %(stalls)s, and this one fits too", name=one.name, stalls=stalls
        )
    if one.stalls:
        return _(
            "%(name)s – has stall %(stalls)s, and this one does not fit: %(why)s",
            name=one.name,
            stalls=stalls,
            why=why,
        )
    if one.fits:
        return str(_("%(name)s – the stall fits", name=one.name))
    return str(_("%(name)s – does not fit: %(why)s", name=one.name, why=why))


def _named(stall: PlannedStall, against: Sequence[str]) -> str:
    names = " + ".join(holder.organisation for holder in stall.holders)
    named = _("%(code)s – vacant", code=stall.code)
    if names:
        named = _("%(code)s – swap with %(names)s", code=stall.code, names=names)
    return (
        _("%(stall)s. Does not fit: %(why)s", stall=named, why=" ".join(against))
        if against
        else named
    )

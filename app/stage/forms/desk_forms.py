"""What the team fills in about stages and the times on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.applications.models import Application
from app.core.clock import COPENHAGEN, local_time
from app.core.edit_forms import EditForm
from app.core.forms import Form, options, texts_field
from app.core.texts import _, _l, local
from app.events.models import Event
from app.stage.models import Slot, Stage
from app.stage.queries.programme import minutes_of, title_of
from app.stage.rules.placing import Placing, first_free
from app.stage.services.giving import SlotFacts
from app.stage.services.stages import StageFacts

MINUTES = {"inputmode": "numeric"}
MOST_MINUTES = 360


def written(moment: datetime) -> datetime:
    """A moment as a field of a form holds it: on Copenhagen's clocks."""
    return local_time(moment).replace(tzinfo=None)


def meant(local: datetime) -> datetime:
    """The moment that a field says."""
    return local.replace(tzinfo=COPENHAGEN)


class StageForm(EditForm):
    """A stage: where, when it is open, and who is called there."""

    name = texts_field(
        lambda name: _l("Name in %(language)s", language=name),
        StringField,
        Length(max=80),
        needed=DataRequired(),
    )
    place = StringField(
        _l("Where is it?"),
        description=_l("As a visitor finds it: at the corner of Stefansgade."),
        validators=[Length(max=200)],
    )
    opens = DateTimeLocalField(_l("The first act can begin"), validators=[InputRequired()])
    closes = DateTimeLocalField(_l("The last act must end"), validators=[InputRequired()])
    change_over = IntegerField(
        _l("Minutes between two acts"),
        description=_l("So long it takes to clear the stage and to set up for the next."),
        validators=[InputRequired(), NumberRange(min=0, max=180)],
        render_kw=MINUTES,
    )
    call = StringField(
        _l("Whom do artists call there on the day?"),
        description=_l("Name and phone, such as: Anna, 20 99 00 11."),
        validators=[Length(max=120)],
    )
    event: Event | None = None

    @classmethod
    def of(cls, stage: Stage, event: Event, *, as_it_stands: bool = False) -> StageForm:
        """The form as the stage stands; `as_it_stands`: whatever is being sent."""
        filled = {
            **{name: getattr(stage, name) for name in ("name", "place", "change_over", "call")},
            "opens": written(stage.opens_at),
            "closes": written(stage.closes_at),
        }
        form = cls(None, **filled) if as_it_stands else cls(**filled)
        form.event = event
        return form.over_what_stands()

    @classmethod
    def new(cls, event: Event) -> StageForm:
        """An empty form for as long as the event lasts."""
        opens, closes = written(event.starts_at), written(event.ends_at)
        form = cls(opens=opens, closes=closes, change_over=15)
        form.event = event
        return form

    def validate_opens(self, field: Any) -> None:
        if self.event and field.data and field.data < written(self.event.starts_at):
            raise ValidationError(_("The event has not begun then. Choose a later hour."))

    def validate_closes(self, field: Any) -> None:
        if self.event and field.data and field.data > written(self.event.ends_at):
            raise ValidationError(_("The event is over then. Choose an earlier hour."))
        if self.opens.data and field.data and field.data <= self.opens.data:
            raise ValidationError(_("The end must come after the beginning."))

    def facts(self) -> StageFacts:
        """What was written."""
        return StageFacts(
            name=self.name.written,
            opens_at=meant(self.opens.data),  # type: ignore[arg-type]
            closes_at=meant(self.closes.data),  # type: ignore[arg-type]
            change_over=self.change_over.data or 0,
            place=self.place.data or "",
            call=self.call.data or "",
        )


class SlotForm(EditForm):
    """An act's time on a stage."""

    act = SelectField(_l("Which act?"), coerce=int, validators=[InputRequired()])
    stage = SelectField(_l("Which stage?"), coerce=int, validators=[InputRequired()])
    starts = DateTimeLocalField(_l("Begins"), validators=[InputRequired()])
    minutes = IntegerField(
        _l("How many minutes?"),
        validators=[InputRequired(), NumberRange(min=5, max=MOST_MINUTES)],
        render_kw=MINUTES,
    )
    sound_check = DateTimeLocalField(_l("Sound check"), validators=[Optional()])
    call = StringField(
        _l("Whom do they call on the day?"),
        description=_l("Empty: the one that the stage names."),
        validators=[Length(max=120)],
    )
    note = StringField(
        _l("What should they know?"),
        description=_l("Stands in their letter, such as: bring the drums an hour before."),
        validators=[Length(max=300)],
        render_kw={"dir": "auto"},
    )

    @classmethod
    def new(
        cls,
        acts: Sequence[Application],
        stages: Sequence[Stage],
        standing: Sequence[Placing],
        chosen_act: int | None,
        chosen_stage: int | None,
    ) -> SlotForm:
        """An empty form, with what was chosen on the board, at the first time that is free."""
        act = next((one for one in acts if one.id == chosen_act), acts[0])
        stage = next((one for one in stages if one.id == chosen_stage), stages[0])
        minutes = minutes_of(act)
        there = [one for one in standing if one.stage_id == stage.id]
        free = first_free(timedelta(minutes=minutes), stage.hours, there, stage.opens_at)
        starts = written(free or stage.opens_at)
        form = cls(act=act.id, stage=stage.id, starts=starts, minutes=minutes)
        form.act.choices = options([(one.id, title_of(one)) for one in acts])
        return form._on(stages)

    @classmethod
    def of(cls, slot: Slot, stages: Sequence[Stage], *, as_it_stands: bool = False) -> SlotForm:
        """The form as the slot stands; the act stays. `as_it_stands`: whatever is being sent."""
        check = slot.sound_check_at
        filled = {
            "stage": slot.stage_id,
            "starts": written(slot.starts_at),
            "minutes": (slot.ends_at - slot.starts_at) // timedelta(minutes=1),
            "sound_check": check and written(check),
            "call": slot.call,
            "note": slot.note,
        }
        form = cls(None, **filled) if as_it_stands else cls(**filled)
        del form.act
        return form._on(stages).over_what_stands()

    def validate_sound_check(self, field: Any) -> None:
        if self.starts.data and field.data and field.data > self.starts.data:
            raise ValidationError(_("The sound check comes before the act."))

    def facts(self) -> SlotFacts:
        """What was written."""
        check = self.sound_check.data
        return SlotFacts(
            stage_id=self.stage.data,
            starts_at=meant(self.starts.data),  # type: ignore[arg-type]
            minutes=self.minutes.data or 0,
            sound_check_at=meant(check) if check else None,
            call=self.call.data or "",
            note=self.note.data or "",
        )

    def _on(self, stages: Sequence[Stage]) -> SlotForm:
        self.stage.choices = options([(one.id, local(one.name)) for one in stages])
        return self


class PutDownForm(Form):
    """Where something was put on the board: a slot that is moved, or an act that gets its first."""

    slot = IntegerField(validators=[Optional()], widget=HiddenInput())
    act = IntegerField(validators=[Optional()], widget=HiddenInput())
    stage = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    starts = DateTimeLocalField(validators=[InputRequired()], widget=HiddenInput())

"""Forms of surveys: buttons without fields, and starting a wave."""

from datetime import date

from wtforms import DateField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.core.forms import Form
from app.core.texts import _, _l


class WaveForm(Form):
    """Whom a wave asks: everyone whose own date lies between two days."""

    name = StringField(_l("Name of the wave"), [InputRequired(), Length(max=80)])
    from_day = DateField(
        _l("First day"),
        [InputRequired()],
        description=_l("The day of the workshop, or the day the task was closed."),
    )
    to_day = DateField(_l("Last day"), [InputRequired()])
    closes_on = DateField(
        _l("Closes on"),
        [Optional()],
        description=_l("Empty: four weeks after the last invitation."),
    )

    @property
    def answers(self) -> tuple[str, date, date, date | None]:
        """What a valid form says: name, first day, last day, closing day."""
        first = self.from_day.data or date.min
        return self.name.data or "", first, self.to_day.data or first, self.closes_on.data

    def validate_to_day(self, field: Field) -> None:
        """The days stand in order."""
        if self.from_day.data and field.data and field.data < self.from_day.data:
            raise ValidationError(_("The last day cannot lie before the first."))

    def validate_closes_on(self, field: Field) -> None:
        """Nobody is asked after the closing day."""
        if self.to_day.data and field.data and field.data < self.to_day.data:
            raise ValidationError(_("The wave cannot close before its last day."))

"""What the desk asks for in print, and the words for how far it is."""

from __future__ import annotations

from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, NumberRange

from app.core.forms import Form, options
from app.core.texts import _, _l
from app.printing.queries import Numbers
from app.printing.rules import MOST_BLANKS, PaperKind, PrintChoice
from app.printing.services import Order
from app.printing.wording import CHOICE_NAMES, PAPER_NAMES
from app.workshops.queries.places import TicketedEnrolment


class PrintForm(Form):
    """What, for whom, and how many blank ones."""

    paper = RadioField(
        _l("What do you want to print?"),
        choices=options(PAPER_NAMES),
        default=PaperKind.BADGES_A6.value,
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    choice = RadioField(
        _l("For whom?"),
        default=PrintChoice.ALL.value,
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    blanks = IntegerField(
        _l("Blank badges"),
        description=_l("For those who come without having enrolled. Write 0 if you need none."),
        default=0,
        validators=[InputRequired(), NumberRange(0, MOST_BLANKS)],
        render_kw={"inputmode": "numeric"},
    )

    def offer(self, numbers: Numbers, place: TicketedEnrolment | None) -> PrintForm:
        """The choices there are now, with what each comes to."""
        offered = {
            PrintChoice.ALL: _("Everyone with a place (%(count)s)", count=numbers.everyone),
            PrintChoice.NEW: _(
                "Only those who are new since the last printing (badges: %(badges)s, "
                "tickets: %(tickets)s)",
                badges=numbers.new_badges,
                tickets=numbers.new_tickets,
            ),
            PrintChoice.NOBODY: CHOICE_NAMES[PrintChoice.NOBODY],
        }
        if place is not None:
            only = {PrintChoice.ONE: _("Only %(name)s", name=place.person.name)}
            offered = {**only, **offered}
            self.choice.data = self.choice.data if self.is_submitted() else PrintChoice.ONE.value
        self.choice.choices = [
            SelectChoice(value=value.value, label=label) for value, label in offered.items()
        ]
        return self

    def order(self, place: TicketedEnrolment | None, language: str) -> Order:
        """What is asked for; tickets have no blanks."""
        paper, choice = PaperKind(self.paper.data), PrintChoice(self.choice.data)
        return Order(
            paper=paper,
            choice=choice,
            enrolment_id=place.enrolment.id if place and choice == PrintChoice.ONE else None,
            blanks=0 if paper == PaperKind.TICKETS else self.blanks.data or 0,
            language=language,
        )

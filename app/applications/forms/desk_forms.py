"""What the team filters, asks, scores and decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.applications import wording
from app.applications.queries.reviewing import Scores
from app.applications.rules import states
from app.applications.rules.states import State
from app.core.clock import COPENHAGEN
from app.core.forms import Form, options
from app.core.texts import _l


class ScoreForm(Form):
    """One reviewer's score and comment."""

    score = RadioField(
        _l("Your score"),
        choices=options(
            [
                (5, _l("5: we must have them")),
                (4, _l("4: good")),
                (3, _l("3: fine")),
                (2, _l("2: doubtful")),
                (1, _l("1: does not fit")),
            ]
        ),
        coerce=int,
        validators=[DataRequired()],
    )
    comment = TextAreaField(_l("Comment"), validators=[Length(max=2000)], render_kw={"rows": 3})
    next = HiddenField()


class AskForm(Form):
    """A question to the applicant with the day by which it must be answered."""

    question = TextAreaField(
        _l("Your question"),
        description=_l("It is sent by mail and stands on their page. They keep their place."),
        validators=[DataRequired(), Length(max=4000)],
        render_kw={"rows": 3, "dir": "auto"},
    )
    answer_by = DateField(_l("Answer by"), validators=[InputRequired()])
    next = HiddenField()

    def deadline(self) -> datetime:
        """The end of that day in Copenhagen."""
        day = self.answer_by.data
        if day is None:
            raise ValueError("the form is not valid")
        return datetime.combine(day, time(23, 59), COPENHAGEN)


class DecisionForm(Form):
    """A decision to prepare for one or many; what is released gets a deadline for confirming."""

    decision = SelectField(
        _l("Decision"),
        choices=options(
            [
                (State.ACCEPTED.value, _l("Accept")),
                (State.WAITLISTED.value, _l("Put on the waiting list")),
                (State.DECLINED.value, _l("Decline")),
                ("", _l("Take the prepared decision away")),
            ]
        ),
    )
    reason = TextAreaField(
        _l("Reason, as it stands in the letter"),
        validators=[Length(max=1000)],
        render_kw={"rows": 2, "dir": "auto"},
    )
    days = IntegerField(
        _l("Days to confirm"),
        default=states.CONFIRM_DAYS,
        validators=[NumberRange(min=1, max=60)],
        render_kw={"inputmode": "numeric"},
    )
    next = HiddenField()


class CancelForm(Form):
    """Why the team ends an application."""

    reason = TextAreaField(
        _l("Reason, as it stands in the letter"),
        validators=[DataRequired(), Length(max=1000)],
        render_kw={"rows": 3, "dir": "auto"},
    )


class OnBehalfForm(Form):
    """An application that staff fill in for somebody else."""

    event = SelectField(_l("Event"), validators=[DataRequired()], coerce=int)
    role = SelectField(_l("Role"), choices=options(wording.ROLES))


@dataclass(frozen=True)
class CaseForms:
    """The forms of the desk's page of one application."""

    score: ScoreForm
    ask: AskForm
    decision: DecisionForm

    @classmethod
    def leading_to(cls, here: str, scores: Scores) -> CaseForms:
        """The forms as they stand there; each leads back `here`."""
        own = {"score": scores.own.score, "comment": scores.own.comment} if scores.own else {}
        return cls(
            score=ScoreForm(formdata=None, data={**own, "next": here}),
            ask=AskForm(formdata=None, data={"next": here}),
            decision=DecisionForm(formdata=None, data={"next": here}),
        )

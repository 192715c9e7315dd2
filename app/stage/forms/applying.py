"""What an artist tells with the application, one thing per page."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.core.checks import NoPersonalNumber
from app.core.forms import Form, options
from app.core.phones import PhoneField, PhoneNumber
from app.core.steps import Step, Steps
from app.core.texts import _l
from app.stage.wording import GENRES

WORDS = [Length(max=1000), NoPersonalNumber()]


class ActForm(Form):
    """What the audience sees."""

    title = StringField(
        _l("What is your act called?"),
        validators=[DataRequired(), Length(max=80), NoPersonalNumber()],
        render_kw={"dir": "auto"},
    )
    genre = RadioField(
        _l("What is it?"),
        choices=options(GENRES),
        validators=[InputRequired()],
    )
    about = TextAreaField(
        _l("What will the audience see or hear?"),
        description=_l("Two or three sentences for the programme."),
        validators=[DataRequired(), *WORDS],
        render_kw={"dir": "auto", "rows": 4},
    )
    minutes = RadioField(
        _l("How long does it last?"),
        choices=options(
            [
                (10, _l("10 minutes")),
                (20, _l("20 minutes")),
                (30, _l("30 minutes")),
                (45, _l("45 minutes")),
            ]
        ),
        coerce=int,
        validators=[InputRequired()],
    )
    performers = IntegerField(
        _l("How many of you are on stage?"),
        validators=[InputRequired(), NumberRange(min=1, max=100)],
        render_kw={"inputmode": "numeric"},
    )


class TechniqueForm(Form):
    """What the stage must have."""

    microphones = IntegerField(
        _l("How many microphones do you need?"),
        description=_l("Write 0 if you need none."),
        validators=[InputRequired(), NumberRange(min=0, max=30)],
        render_kw={"inputmode": "numeric"},
    )
    power_amp = RadioField(
        _l("Do you bring instruments or machines that need power?"),
        choices=options([(0, _l("No")), (10, _l("Yes, a few")), (16, _l("Yes, many"))]),
        coerce=int,
        validators=[InputRequired()],
    )
    wishes = TextAreaField(
        _l("Is there anything else the stage crew should know?"),
        description=_l("For example: we need room to dance; one of us uses a wheelchair."),
        validators=WORDS,
        render_kw={"dir": "auto", "rows": 3},
    )


class ActDayForm(Form):
    """Who is there on the day."""

    contact_name = StringField(
        _l("Who can we call on the day?"),
        validators=[DataRequired(), Length(max=120), NoPersonalNumber()],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    contact_phone = PhoneField(
        _l("Their phone number"),
        description=_l("Only the team and the stage crew see it."),
        validators=[DataRequired(), Length(max=30), PhoneNumber()],
        render_kw={"autocomplete": "tel", "dir": "ltr"},
    )


STEPS = Steps(
    Step("act", _l("Your act"), ActForm),
    Step("technique", _l("Sound and power"), TechniqueForm),
    Step("day", _l("On the day"), ActDayForm),
)

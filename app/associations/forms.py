"""What an association tells with its application, one thing per page."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.checks import NoPersonalNumber
from app.core.forms import Form, options
from app.core.phones import PhoneField, PhoneNumber
from app.core.steps import Step, Steps
from app.core.texts import _l

WORDS = [Length(max=1000), NoPersonalNumber()]
OWN_WORDS = {"dir": "auto", "rows": 4}


class OfferForm(Form):
    """What visitors meet at the stall."""

    sign = StringField(
        _l("Name on the sign"),
        description=_l("As visitors should read it."),
        validators=[DataRequired(), Length(max=60), NoPersonalNumber()],
        render_kw={"dir": "auto"},
    )
    offer = TextAreaField(
        _l("What will you do at your stall?"),
        description=_l(
            "For example: we show how to write with henna, and tell about our women's café."
        ),
        validators=[DataRequired(), *WORDS],
        render_kw=OWN_WORDS,
    )
    taste = RadioField(
        _l("Will you hand out food or drinks for free?"),
        description=_l("If you want to sell food, apply for a food stall instead."),
        choices=options(
            [
                ("no", _l("No")),
                ("drinks", _l("Only drinks")),
                ("tasting", _l("Small tastings")),
            ]
        ),
        validators=[InputRequired()],
    )


class AssociationPlaceForm(Form):
    """What the place must have."""

    frontage_cm = RadioField(
        _l("How wide is your stall?"),
        choices=options(
            [
                (200, _l("2 metres: one table")),
                (300, _l("3 metres: a small tent")),
                (600, _l("6 metres: a large tent")),
            ]
        ),
        coerce=int,
        validators=[InputRequired()],
    )
    power_amp = RadioField(
        _l("Do you need power?"),
        choices=options(
            [
                (0, _l("No")),
                (6, _l("A little: lamps, a laptop, a loudspeaker")),
                (10, _l("Some: a coffee machine or an electric kettle")),
                (16, _l("Much: several machines at once")),
            ]
        ),
        coerce=int,
        validators=[InputRequired()],
    )
    water = RadioField(
        _l("Do you need water?"),
        choices=options([("no", _l("No")), ("yes", _l("Yes"))]),
        validators=[InputRequired()],
    )
    wishes = TextAreaField(
        _l("Is there anything else we should know about the place?"),
        description=_l(
            "For example: one of us uses a wheelchair; we want to stand beside a friend."
        ),
        validators=WORDS,
        render_kw={"dir": "auto", "rows": 3},
    )


class AssociationDayForm(Form):
    """Who is there on the day."""

    contact_name = StringField(
        _l("Who can we call on the day?"),
        validators=[DataRequired(), Length(max=120), NoPersonalNumber()],
        render_kw={"autocomplete": "name", "dir": "auto"},
    )
    contact_phone = PhoneField(
        _l("Their phone number"),
        description=_l("Only the team and the guards of the square see it."),
        validators=[DataRequired(), Length(max=30), PhoneNumber()],
        render_kw={"autocomplete": "tel", "dir": "ltr"},
    )
    helpers = IntegerField(
        _l("How many of you come to help?"),
        validators=[Optional(), NumberRange(min=1, max=200)],
        render_kw={"inputmode": "numeric"},
    )


STEPS = Steps(
    Step("offer", _l("What you offer"), OfferForm),
    Step("place", _l("Your place"), AssociationPlaceForm),
    Step("day", _l("On the day"), AssociationDayForm),
)

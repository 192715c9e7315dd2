"""What a restaurant tells with its application, one thing per page."""

from __future__ import annotations

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.core.checks import NoPersonalNumber
from app.core.forms import Form, options
from app.core.phones import PhoneField, PhoneNumber
from app.core.steps import Step, Steps
from app.core.texts import _l

CUISINES = [
    ("middle_east", _l("Middle East and North Africa")),
    ("south_asia", _l("South Asia")),
    ("east_asia", _l("East and South-East Asia")),
    ("africa", _l("Africa south of the Sahara")),
    ("latin_america", _l("Latin America")),
    ("europe", _l("Europe and the Balkans")),
    ("nordic", _l("The Nordic countries")),
    ("other", _l("Something else, or a mixture")),
]
YES_OR_NO = [("no", _l("No")), ("yes", _l("Yes"))]


class MenuForm(Form):
    """What visitors can eat."""

    sign = StringField(
        _l("Name on the sign"),
        description=_l("As visitors should read it."),
        validators=[DataRequired(), Length(max=60), NoPersonalNumber()],
        render_kw={"dir": "auto"},
    )
    cuisine = RadioField(
        _l("Which kitchen do you cook from?"),
        choices=options(CUISINES),
        validators=[InputRequired()],
    )
    menu = TextAreaField(
        _l("What will you sell?"),
        description=_l("A dish on each line, with its price. Say which are without meat."),
        validators=[DataRequired(), Length(max=1000), NoPersonalNumber()],
        render_kw={"dir": "auto", "rows": 5},
    )


class FoodPlaceForm(Form):
    """What the place must have."""

    frontage_cm = RadioField(
        _l("How wide must your food stall be?"),
        choices=options(
            [
                (300, _l("3 metres")),
                (450, _l("4.5 metres")),
                (600, _l("6 metres: a food truck or a large tent")),
            ]
        ),
        coerce=int,
        validators=[InputRequired()],
    )
    wheelchair = RadioField(
        _l("Must the stall be reached by wheelchair from behind?"),
        description=_l("Guests can always reach you from the street."),
        choices=options(YES_OR_NO),
        validators=[InputRequired()],
    )
    wishes = TextAreaField(
        _l("Is there anything else we should know about the place?"),
        validators=[Length(max=1000), NoPersonalNumber()],
        render_kw={"dir": "auto", "rows": 3},
    )


class PowerForm(Form):
    """Power: amperes and phases."""

    power_amp = RadioField(
        _l("How much power do you need?"),
        description=_l("The plate on each machine tells. 2,300 watts are 10 amperes."),
        choices=options(
            [
                (0, _l("None: we bring what we need")),
                (10, _l("10 A: a fridge and lamps")),
                (16, _l("16 A: an oven or a fryer")),
                (32, _l("32 A: several ovens or fryers")),
            ]
        ),
        coerce=int,
        validators=[InputRequired()],
    )
    phases = RadioField(
        _l("Does a machine have a plug with five pins?"),
        description=_l("Such a plug is red and needs three phases."),
        choices=options([(1, _l("No")), (3, _l("Yes"))]),
        coerce=int,
        validators=[InputRequired()],
    )


class KitchenForm(Form):
    """Water and gas."""

    water = RadioField(
        _l("Do you need a hose with water?"),
        description=_l("You can fetch water in cans everywhere."),
        choices=options(YES_OR_NO),
        validators=[InputRequired()],
    )
    gas = RadioField(
        _l("Do you cook with gas?"),
        description=_l("Gas is allowed at some stalls only, for the sake of fire."),
        choices=options(YES_OR_NO),
        validators=[InputRequired()],
    )


class PapersForm(Form):
    """How long the papers last that one must have to sell food."""

    registered_until = DateField(
        _l("Your food registration lasts until"),
        description=_l("If you do not have one yet, leave it empty and tell us later."),
        validators=[Optional()],
    )
    insured_until = DateField(_l("Your liability insurance lasts until"), validators=[Optional()])


class FoodDayForm(Form):
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
    servings = IntegerField(
        _l("How many servings can you make that day?"),
        validators=[Optional(), NumberRange(min=1, max=20000)],
        render_kw={"inputmode": "numeric"},
    )


STEPS = Steps(
    Step("menu", _l("Your food"), MenuForm),
    Step("place", _l("Your place"), FoodPlaceForm),
    Step("power", _l("Power"), PowerForm),
    Step("kitchen", _l("Water and gas"), KitchenForm),
    Step("papers", _l("Papers"), PapersForm),
    Step("day", _l("On the day"), FoodDayForm),
)

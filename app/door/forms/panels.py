"""What is typed into the scanner's panels; the script on the phone reads these fields."""

from __future__ import annotations

from wtforms import IntegerField, SearchField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.core.forms import Form
from app.core.mail_fields import MailField
from app.core.texts import _l

MOST_SEATS = 50


class NameSearchForm(Form):
    """A name, or a part of one."""

    text = SearchField(_l("Name"), description=_l("A first name, a surname, or parts of both."))


class SessionForm(Form):
    """The session that the phone scans for; the phone itself knows which are on."""

    gate = SelectField(_l("Scan for"), choices=[])


class UnlockForm(Form):
    """The word that opens the names on this phone."""

    word = StringField(
        _l("The lead's code"),
        description=_l("The lead sees it at the desk, beside this phone."),
        validators=[DataRequired()],
    )


class WalkInForm(Form):
    """Somebody without a ticket."""

    name = StringField(_l("Name"), validators=[DataRequired(), Length(max=200)])
    mail = MailField(
        _l("Mail address"),
        description=_l("Then the ticket is sent there too."),
        validators=[Optional(), Length(max=254)],
    )
    seats = IntegerField(_l("How many people?"), default=1, validators=[NumberRange(1, MOST_SEATS)])


def panel_forms() -> dict[str, Form]:
    """One empty form for each panel, with field names of its own."""
    return {
        "search": NameSearchForm(formdata=None, prefix="search-"),
        "session": SessionForm(formdata=None, prefix="session-"),
        "unlock": UnlockForm(formdata=None, prefix="unlock-"),
        "walk_in": WalkInForm(formdata=None, prefix="walk-in-"),
    }

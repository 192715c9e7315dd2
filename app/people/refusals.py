"""Why a sign-in, a duty, a token or a correction is not to be had: one sentence each."""

from app.core.refusals import Refusal, WayOn
from app.core.texts import _l

ASK_ANEW = (WayOn(_l("Ask for a new link and code"), "people.sign_in"),)


class LinkUsedUp(Refusal):
    """The link was used, is too old, or never was."""

    status = 410
    ways = ASK_ANEW
    sentence = _l("This link has been used or is too old. Ask for a new one: it takes a minute.")


class WrongCode(Refusal):
    """The six digits do not fit."""

    status = 422
    field = "digits"
    ways = ASK_ANEW
    sentence = _l("The code does not fit. Look in the newest mail, or ask for a new one.")


class LastAdministrator(Refusal):
    """Somebody must be able to say who works here."""

    sentence = _l("This is the only administrator. Make somebody else one first.")


class StaffKnown(Refusal):
    """Somebody works here under that address already."""

    field = "email"
    sentence = _l("Somebody works here with that mail address already. Look in the list.")


class TokenNameTaken(Refusal):
    """A token's name is used already."""

    sentence = _l("The name %(name)s is used already.")


class PersonKnown(Refusal):
    """Somebody of that address and name was met before."""

    sentence = _l("A person with that mail address and that name is known already.")

"""Why a change to an organisation is not to be had."""

from app.core.refusals import Refusal, WayOn
from app.core.texts import _l

ASK_TO_ACT = (WayOn(_l("Ask to act for it"), "organisations.claim"),)


class OrganisationNameTaken(Refusal):
    """Another record of that kind has the name."""

    field = "name"
    ways = ASK_TO_ACT
    sentence = _l(
        "“%(name)s” is already here. Ask to act for it, or add your district to the name."
    )


class CvrTaken(Refusal):
    """Another record has the CVR number."""

    field = "cvr"
    ways = ASK_TO_ACT
    sentence = _l(
        "An organisation with the CVR number %(cvr)s is already here. "
        "Ask to act for it instead of making a new one."
    )


class NotKnown(Refusal):
    """Nobody has that name or CVR number."""

    sentence = _l("We know nobody by that name or CVR number. Check the spelling.")


class LastRepresentative(Refusal):
    """Nobody would be left to act for the organisation."""

    sentence = _l("Add another contact person first: somebody must be left to act for you.")


class ClaimDecided(Refusal):
    """The claim has an answer already."""

    sentence = _l("This request has already been answered.")

"""Yes or no to the offer of a place, by the link in its letter: the first answer counts."""

from __future__ import annotations

from collections.abc import Callable

from app.applications import refusals
from app.applications.models import Application
from app.applications.queries import offers
from app.applications.queries.offers import Offered
from app.applications.rules.moves import Offer
from app.applications.services import telling
from app.applications.services.rows import locked
from app.core.numbers import day_text
from app.organisations.rules import Actor

# How an applicant withdraws, with all that ends then: it differs by role.
StepBack = Callable[[Actor, int], Application]


def confirm(token: str) -> None:
    """Yes; of two who press it in one moment the second finds it said."""
    offered = _held(token)
    if offered.stands is not Offer.TAKEN:
        _must_be_open(offered)
        telling.confirm(offered.actor, offered.application.id)


def decline(token: str, step_back: StepBack) -> None:
    """No: what the role's own verb ends is ended, and the place goes on."""
    offered = _held(token)
    if offered.stands is not Offer.GIVEN_UP:
        _must_be_open(offered)
        step_back(offered.actor, offered.application.id)


def _held(token: str) -> Offered:
    """The offer as it stands once nobody else can answer it in this moment."""
    offered = offers.by_link(token)
    locked(offered.application.id)
    return offered


def _must_be_open(offered: Offered) -> None:
    if offered.stands is Offer.TOO_LATE and offered.application.confirm_by is not None:
        raise refusals.ConfirmedTooLate(day=day_text(offered.application.confirm_by))
    if offered.stands is not Offer.OPEN:
        raise refusals.OfferAnswered

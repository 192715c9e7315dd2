"""Who comes by the link in an offer's letter, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.applications import refusals
from app.applications.models import AnswerLink, Application
from app.applications.queries import asking
from app.applications.rules import moves
from app.applications.rules.moves import Offer
from app.core import clock
from app.core.database import db
from app.core.tokens import token_hash
from app.events.rules import EventState
from app.organisations import queries as organisations
from app.organisations.rules import Actor
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class Offered:
    """The application a link is for, and who answers by it."""

    application: Application
    actor: Actor

    @property
    def stands(self) -> Offer:
        """Where the offer stands now."""
        application = self.application
        if application.event.state is EventState.CANCELLED:
            return Offer.OVER
        return moves.offer(
            application.state, application.reason, application.confirm_by, clock.now()
        )


def by_link(token: str) -> Offered:
    """What the link is for; refused where it never was, its person acts for nobody any more, or has
    another address than the one it was sent to."""
    link = (
        select(AnswerLink.application_id, Person.email)
        .join(Person, Person.id == AnswerLink.person_id)
        .where(
            AnswerLink.token_hash == token_hash(token),
            AnswerLink.link_number == Person.link_number,
        )
    )
    row = db.session.execute(link).one_or_none()
    if row is None:
        raise refusals.OfferUnknown
    application = asking.application(row.application_id)
    if not organisations.represents(row.email, application.organisation_id):
        raise refusals.OfferUnknown
    return Offered(application, Actor(row.email))

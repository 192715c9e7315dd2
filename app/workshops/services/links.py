"""A place's private link, replaced: whoever has the earlier one has nothing any more."""

from __future__ import annotations

from collections.abc import Iterable

from app.core import clock, correspondence
from app.core.database import db
from app.core.tokens import token_hash
from app.people.models import Person
from app.workshops import emails
from app.workshops.models import Enrolment, ReplacedLink
from app.workshops.queries import places
from app.workshops.queries.links import token_of
from app.workshops.rules.places import LIVE_STATES


def replace_link(enrolment: Enrolment) -> None:
    """The link opens nothing from now on, and the next one does; the list is held.

    A letter that has not left is rewritten where it goes to the holder's present address.
    """
    before = token_of(enrolment)
    if not _replaced(enrolment):
        return
    holder = db.session.get_one(Person, enrolment.person_id)
    if holder.email:
        correspondence.rewrite(holder.id, holder.email, before, token_of(enrolment))


def close_link(enrolment: Enrolment) -> None:
    """The same where nobody is to have the next one by mail: the place was handed over."""
    _replaced(enrolment)


def send_new_links(enrolment_ids: Iterable[int]) -> None:
    """Replace the links of places whose holder has another address; those ahead get a letter."""
    for enrolment_id in enrolment_ids:
        place = places.place(enrolment_id)
        replace_link(place.enrolment)
        db.session.flush()
        if place.enrolment.state in LIVE_STATES and clock.now() < place.event.ends_at:
            emails.again(place, places.position(place.enrolment))


def _replaced(enrolment: Enrolment) -> bool:
    """False where the link was cut when the person was erased."""
    if enrolment.link_hash is None:
        return False
    earlier = {"link_hash": enrolment.link_hash, "enrolment_id": enrolment.id}
    db.session.add(ReplacedLink(**earlier, replaced_at=clock.now()))
    enrolment.link_number += 1
    enrolment.link_hash = token_hash(token_of(enrolment))
    return True

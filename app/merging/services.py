"""Merging two persons, or two organisations: all that points at the one follows to the other."""

from __future__ import annotations

from app.advisory import services as advisory
from app.applications.services import following as applications
from app.core import correspondence
from app.core.refusals import NotFound
from app.merging import rules
from app.merging.queries import facts_of
from app.organisations import queries as organisation_queries
from app.organisations import services as organisations
from app.people import queries as people_queries
from app.people import services as people
from app.people.models import Person
from app.surveys.services import following as surveys
from app.workshops.services import following as workshops
from app.workshops.services import links

PEOPLE_FOLLOW = (
    surveys.follow_person,
    advisory.follow_person,
    workshops.follow_person,
    applications.follow_person,
    organisations.follow_person,
)


def merge_people(stays_id: int, gone_id: int, *, email_of: int, name_of: int) -> Person:
    """One person of two, with the address of one of them and the name of one; for good.

    What went to an address that is given up opens nothing any more.
    """
    if stays_id == gone_id:
        raise NotFound
    workshops.hold_lists((stays_id, gone_id))
    stays, gone = people_queries.held_people(stays_id, gone_id)
    email = (gone if email_of == gone_id else stays).email
    name = (gone if name_of == gone_id else stays).name
    readdressed = workshops.places_of(
        person for person in (stays, gone) if person.email not in {email, None}
    )
    for follow in PEOPLE_FOLLOW:
        follow(gone, stays)
    correspondence.follow_person(gone_id, stays_id)
    for address in {gone.email, stays.email} - {email, None}:
        if address and email:
            correspondence.readdress(stays_id, address, email)
    merged = people.absorb(gone_id, stays_id, email, name)
    workshops.write_anew(merged)
    links.send_new_links(readdressed)
    return merged


def merge_organisations(stays_id: int, gone_id: int, of_gone: set[str]) -> None:
    """One organisation of two; `of_gone` names the facts that the other's value stays of."""
    if stays_id == gone_id:
        raise NotFound
    stays, gone = organisation_queries.held_organisations(stays_id, gone_id)
    values = rules.united(facts_of(stays), facts_of(gone), of_gone)
    applications.follow_organisation(gone_id, stays_id)
    advisory.follow_organisation(gone_id, stays_id)
    organisations.absorb(gone, stays, values)

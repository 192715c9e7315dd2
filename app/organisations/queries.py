"""Named reads of organisations: whose they are, what may be shown, who asks to act for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import joinedload

from app.core.access import Identity, StaffRole
from app.core.database import db
from app.core.digits import western
from app.core.folding import fold
from app.core.refusals import NotFound
from app.core.searching import holds
from app.organisations import rules
from app.organisations.models import Claim, Consent, Organisation, Representative
from app.organisations.rules import Actor
from app.people.models import Person

# So many that may be the same are shown.
MOST_ALIKE = 50


def actor_of(caller: Identity) -> Actor:
    """The caller as one who acts: by address, and for organisers also on behalf of others."""
    return Actor(caller.email, caller.staff_id if caller.has(StaffRole.ORGANISER) else None)


def organisation(organisation_id: int) -> Organisation:
    """The organisation with this number; raises NotFound."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def organisation_for(actor: Actor, organisation_id: int) -> Organisation:
    """The organisation, if the actor may act for it; a stranger gets NotFound."""
    if not actor.on_behalf and not represents(actor.email, organisation_id):
        raise NotFound
    return organisation(organisation_id)


def represents(email: str | None, organisation_id: int) -> bool:
    """Whether somebody of this address may act for the organisation today."""
    statement = (
        select(Representative.id)
        .join(Person, Person.id == Representative.person_id)
        .where(
            Representative.organisation_id == organisation_id,
            Representative.ended_at.is_(None),
            Person.email == email,
        )
    )
    return email is not None and db.session.scalar(statement.limit(1)) is not None


def ids_of_email(email: str | None) -> Select[int]:
    """The numbers of the address's organisations, as a subquery for other reads."""
    return (
        select(Representative.organisation_id)
        .join(Person, Person.id == Representative.person_id)
        .where(Representative.ended_at.is_(None), Person.email == email)
    )


def of_email(email: str | None) -> Sequence[Organisation]:
    """Every organisation that somebody of this address may act for, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(ids_of_email(email)))
        .order_by(Organisation.sort_text, Organisation.id)
    ).all()


def representatives(organisation_id: int) -> Sequence[Representative]:
    """Those who may act for the organisation, with their persons, longest first."""
    return db.session.scalars(
        select(Representative)
        .where(Representative.organisation_id == organisation_id, Representative.ended_at.is_(None))
        .options(joinedload(Representative.person))
        .order_by(Representative.id)
    ).all()


@dataclass(frozen=True)
class Correspondent:
    """An address that letters to an organisation go to; no name where several share it."""

    email: str
    name: str
    person_id: int
    language: str
    link_number: int = 0


def correspondents(organisation_id: int) -> list[Correspondent]:
    """Each address that may act for the organisation, once."""
    people: dict[str, list[Person]] = {}
    for acting in representatives(organisation_id):
        if acting.person.email is not None:
            people.setdefault(acting.person.email, []).append(acting.person)
    return [_correspondent(email, sharing) for email, sharing in people.items()]


def _correspondent(email: str, sharing: Sequence[Person]) -> Correspondent:
    person = sharing[-1]
    name = person.name if len(sharing) == 1 else ""
    return Correspondent(email, name, person.id, person.language, person.link_number)


def all_representatives(organisation_ids: Collection[int]) -> Sequence[Representative]:
    """Those who may act for any of these organisations, with their persons, longest first."""
    return db.session.scalars(
        select(Representative)
        .where(
            Representative.organisation_id.in_(organisation_ids), Representative.ended_at.is_(None)
        )
        .options(joinedload(Representative.person))
        .order_by(Representative.id)
    ).all()


def person_acting(email: str | None, organisation_id: int) -> Person | None:
    """The representative behind an address; the first where several share it."""
    return next(
        (
            representative.person
            for representative in representatives(organisation_id)
            if representative.person.email == email
        ),
        None,
    )


def held_organisations(first_id: int, second_id: int) -> tuple[Organisation, Organisation]:
    """Two organisations as they stand now, nothing new pointing at them until it is done."""
    both = select(Organisation).where(Organisation.id.in_([first_id, second_id]))
    held = both.order_by(Organisation.id).with_for_update()
    rows = db.session.scalars(held.execution_options(populate_existing=True)).all()
    if len(rows) < 2:
        raise NotFound
    by_id = {row.id: row for row in rows}
    return by_id[first_id], by_id[second_id]


def perhaps_the_same(organisation: Organisation, search: str = "") -> Sequence[Organisation]:
    """Which other record this may be, the likest first: by name, by CVR number, or the search."""
    others = select(Organisation).where(Organisation.id != organisation.id)
    if search:
        by_name = others.where(found_by(search)).order_by(Organisation.sort_text, Organisation.id)
        return db.session.scalars(by_name.limit(MOST_ALIKE)).all()
    names = db.session.execute(select(Organisation.id, Organisation.name, Organisation.cvr))
    rows = [row for row in names if row.id != organisation.id]
    same_cvr = [row.id for row in rows if row.cvr and row.cvr == organisation.cvr]
    alike = rules.likest(organisation.name, {row.id: row.name for row in rows})
    numbers = list(dict.fromkeys([*sorted(same_cvr), *alike]))[:MOST_ALIKE]
    by_number = {
        row.id: row for row in db.session.scalars(others.where(Organisation.id.in_(numbers)))
    }
    return [by_number[number] for number in numbers]


def has_ties(person_id: int) -> bool:
    """Whether a person acts, acted, or asked to act for an organisation."""
    acting = select(Representative.id).where(Representative.person_id == person_id)
    asking = select(Claim.id).where(Claim.person_id == person_id)
    return db.session.scalar(union_all(acting, asking).limit(1)) is not None


def namesake(kind: str, name: str) -> Organisation | None:
    """The organisation of that kind and name, however it is spelled in capitals or accents."""
    same_name = select(Organisation).where(
        Organisation.kind == kind, Organisation.name_folded == fold(name)
    )
    return db.session.scalar(same_name)


def known_as(text: str) -> Sequence[Organisation]:
    """Those with exactly this name or CVR number: what a claim may point at."""
    digits = "".join(western(text).split()).upper().removeprefix("DK")
    same = (Organisation.name_folded == fold(text)) | (Organisation.cvr == digits)
    return db.session.scalars(select(Organisation).where(same).order_by(Organisation.id)).all()


def consents(organisation_id: int) -> set[tuple[str, str]]:
    """What the organisation allows, as pairs of field and surface."""
    rows = db.session.execute(
        select(Consent.field, Consent.surface).where(Consent.organisation_id == organisation_id)
    )
    return {(row.field, row.surface) for row in rows}


def shown(organisation_ids: Collection[int], surface: str) -> dict[int, dict[str, Any]]:
    """By organisation the facts that may stand there; those without a shown name are left out."""
    allowed: dict[int, set[tuple[str, str]]] = {}
    given = select(Consent).where(
        Consent.organisation_id.in_(organisation_ids), Consent.surface == surface
    )
    for consent in db.session.scalars(given):
        allowed.setdefault(consent.organisation_id, set()).add((consent.field, consent.surface))
    organisations = db.session.scalars(select(Organisation).where(Organisation.id.in_(allowed)))
    facts = {each.id: rules.shown(each.facts, allowed[each.id], surface) for each in organisations}
    return {number: fact for number, fact in facts.items() if fact}


def agreed(surface: str) -> Sequence[int]:
    """The numbers of all organisations that let their name stand on the surface."""
    return db.session.scalars(
        select(Consent.organisation_id).where(Consent.surface == surface, Consent.field == "name")
    ).all()


def numbers() -> Select[int]:
    """The numbers of all, which a list narrows and orders."""
    return select(Organisation.id)


def numbered(organisation_ids: Collection[int]) -> Sequence[Organisation]:
    """The organisations with these numbers."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(organisation_ids))
    ).all()


def found_by(search: str) -> ColumnElement[bool]:
    """Whether name, CVR number or activity hold each word typed."""
    return holds(Organisation.search_text, search)


def open_claims() -> Sequence[Claim]:
    """The claims that wait for an answer, oldest first."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.state == rules.ClaimState.OPEN)
        .options(joinedload(Claim.person), joinedload(Claim.organisation))
        .order_by(Claim.id)
    ).all()


def claims_of(email: str | None) -> Sequence[Claim]:
    """What the address has asked for and not got an answer to."""
    return db.session.scalars(
        select(Claim)
        .join(Person, Person.id == Claim.person_id)
        .where(Person.email == email, Claim.state == rules.ClaimState.OPEN)
        .options(joinedload(Claim.organisation))
    ).all()


def about(person_id: int) -> dict[str, object]:
    """What is kept of a person here: whom they act or acted for, and what they asked."""
    acting = db.session.scalars(
        select(Representative)
        .where(Representative.person_id == person_id)
        .options(joinedload(Representative.organisation))
        .order_by(Representative.id)
    )
    claims = db.session.scalars(
        select(Claim).where(Claim.person_id == person_id).options(joinedload(Claim.organisation))
    )
    return {
        "represents": [
            {
                "organisation": representation.organisation.name,
                "since": representation.since.isoformat(),
                "until": representation.ended_at.isoformat() if representation.ended_at else None,
            }
            for representation in acting
        ],
        "claims": [
            {
                "organisation": claim.organisation.name,
                "message": claim.message,
                "state": claim.state,
            }
            for claim in claims
        ],
    }

"""What changes organisations: founding, the profile, consent, who may act, claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select, update

from app.core import audit, clock
from app.core.database import db, insert_once
from app.core.folding import fold, search_text, sort_key
from app.core.refusals import NotFound
from app.organisations import emails, queries, refusals, rules
from app.organisations.models import Claim, Consent, Organisation, Representative, SortText
from app.organisations.rules import Actor, ClaimState, Contact, OrganisationVerb
from app.people.models import Person
from app.people.services import person_for


def register(
    kind: str,
    name: str,
    contact: Contact | None = None,
    profile: Mapping[str, Any] | None = None,
    *,
    tell: bool = False,
) -> Organisation:
    """Make a new organisation; its contact, if given, may act for it from now on.

    `tell` writes to the contact, who did not ask for it: staff did it on their behalf.
    """
    if queries.namesake(kind, name) is not None:
        raise refusals.OrganisationNameTaken(name=name.strip())
    made = Organisation(kind=kind, created_at=clock.now(), activity={})
    _write(made, {"name": name, **(profile or {})})
    db.session.add(made)
    db.session.flush()
    if contact is not None:
        person = person_for(contact.email, contact.name, contact.language)
        _let_act(made, person)
        if tell:
            emails.welcome(made, person)
    audit.record("organisation", made.id, OrganisationVerb.FOUNDED, kind=kind)
    return made


def profile_to_write(actor: Actor, organisation_id: int) -> Organisation:
    """The organisation under its lock: what is read of it stays until what is written stands."""
    queries.organisation_for(actor, organisation_id)
    return _locked(organisation_id)


def save_profile(
    organisation: Organisation, profile: Mapping[str, Any], *, show_all: bool | None = None
) -> Organisation:
    """Write the facts an organisation under its lock (`profile_to_write`) tells of itself.

    Fields that are none are ignored. `show_all`: whether all of it may stand in the catalogue;
    None leaves the consents alone.
    """
    before = organisation.facts
    _write(organisation, profile)
    if show_all is not None:
        given = queries.consents(organisation.id)
        after = rules.consents_after(organisation.facts, given, before=before, show_all=show_all)
        if after != given:
            set_consents(organisation, after)
    organisation.profile_saved_at = clock.now()
    changed = [name for name, value in organisation.facts.items() if before[name] != value]
    audit.record("organisation", organisation.id, OrganisationVerb.PROFILE_SAVED, fields=changed)
    db.session.flush()
    return organisation


def save_consents(actor: Actor, organisation_id: int, pairs: Collection[tuple[str, str]]) -> None:
    """Let exactly these fields stand on these surfaces."""
    set_consents(profile_to_write(actor, organisation_id), pairs)


def set_consents(organisation: Organisation, pairs: Collection[tuple[str, str]]) -> None:
    """Let exactly these fields of an organisation under its lock stand on these surfaces."""
    organisation_id = organisation.id
    allowed, before = rules.allowed_consents(pairs), queries.consents(organisation_id)
    for field, surface in before - allowed:
        db.session.execute(
            delete(Consent).filter_by(organisation_id=organisation_id, field=field, surface=surface)
        )
    for field, surface in sorted(allowed - before):
        db.session.add(
            Consent(
                organisation_id=organisation_id,
                field=field,
                surface=surface,
                text_version=rules.CONSENT_TEXT,
                given_at=clock.now(),
            )
        )
    audit.record(
        "organisation",
        organisation_id,
        OrganisationVerb.CONSENTS_SAVED,
        given=sorted(map(":".join, allowed - before)),
        taken_back=sorted(map(":".join, before - allowed)),
    )


def add_representative(actor: Actor, organisation_id: int, contact: Contact) -> None:
    """Let one more person act for the organisation, and tell them."""
    organisation = queries.organisation_for(actor, organisation_id)
    person = person_for(contact.email, contact.name, contact.language)
    if _let_act(organisation, person):
        emails.welcome(organisation, person)


def end_representation(actor: Actor, organisation_id: int, representative_id: int) -> None:
    """Let a person act no longer; the last one stays."""
    queries.organisation_for(actor, organisation_id)
    _locked(organisation_id)
    acting = queries.representatives(organisation_id)
    ending = next(
        (representative for representative in acting if representative.id == representative_id),
        None,
    )
    if ending is None:
        raise NotFound
    if len(acting) == 1:
        raise refusals.LastRepresentative
    ending.ended_at = clock.now()
    audit.record(
        "organisation",
        organisation_id,
        OrganisationVerb.REPRESENTATION_ENDED,
        person=ending.person_id,
    )


def claim(contact: Contact, known_as: str, message: str) -> Claim:
    """Ask to act for the organisation of that name or CVR number; staff decide."""
    matches = queries.known_as(known_as)
    if not matches:
        raise refusals.NotKnown
    person = person_for(contact.email, contact.name, contact.language)
    values = {"organisation_id": matches[0].id, "person_id": person.id, "state": ClaimState.OPEN}
    made = insert_once(Claim, **values, message=message, created_at=clock.now())
    claim = db.session.scalars(select(Claim).filter_by(**values)).one()
    if made:
        emails.claim_received(claim, matches[0], person)
    return claim


def decide_claim(claim_id: int, approved: bool) -> Claim:
    """Let the claimant act for the organisation, or say no; each with its letter."""
    claim = db.session.scalar(select(Claim).where(Claim.id == claim_id).with_for_update())
    if claim is None:
        raise NotFound
    if claim.state != ClaimState.OPEN:
        raise refusals.ClaimDecided
    claim.state = ClaimState.APPROVED if approved else ClaimState.REFUSED
    claim.decided_at = clock.now()
    organisation = queries.organisation(claim.organisation_id)
    person = db.session.get_one(Person, claim.person_id)
    if approved:
        _let_act(organisation, person)
        emails.welcome(organisation, person)
    else:
        emails.claim_refused(organisation, person)
    audit.record(
        "organisation", organisation.id, OrganisationVerb(f"claim_{claim.state}"), claim=claim.id
    )
    return claim


def follow_person(gone: Person, stays: Person) -> None:
    """Two persons turn out to be one: what they may act for becomes that one's, once each."""
    _move_ties("person_id", "organisation_id", gone.id, stays.id)


def absorb(gone: Organisation, stays: Organisation, values: Mapping[str, Any]) -> None:
    """Two organisations are one, with these values; who may act for the one acts for both.

    What may be shown follows the value it was allowed for: a value of the other is shown where
    the other allowed it.
    """
    consents = _consents_of_values(gone, stays, values)
    _move_ties("organisation_id", "person_id", gone.id, stays.id)
    db.session.execute(delete(Consent).where(Consent.organisation_id.in_([gone.id, stays.id])))
    audit.follow("organisation", gone.id, stays.id)
    db.session.delete(gone)
    db.session.flush()
    _write(stays, values)
    stays.created_at = min(gone.created_at, stays.created_at)
    db.session.add_all(consents)
    audit.record("organisation", stays.id, OrganisationVerb.MERGED, gone=gone.id)
    db.session.flush()


def _consents_of_values(
    gone: Organisation, stays: Organisation, values: Mapping[str, Any]
) -> list[Consent]:
    given = select(Consent).where(Consent.organisation_id.in_([gone.id, stays.id]))
    kept = []
    for consent in db.session.scalars(given.order_by(Consent.id)):
        of = gone if consent.organisation_id == gone.id else stays
        value = values.get(consent.field, stays.facts.get(consent.field))
        both = of is gone and stays.facts.get(consent.field) == value
        if of.facts.get(consent.field) == value and not both:
            told = ("field", "surface", "text_version", "given_at")
            kept.append(
                Consent(organisation_id=stays.id, **{each: getattr(consent, each) for each in told})
            )
    return kept


def _move_ties(of: str, to: str, gone_id: int, stays_id: int) -> None:
    """Contact persons and claims of the one become the other's; what both have ends once."""
    for model, lives in (
        (Representative, Representative.ended_at.is_(None)),
        (Claim, Claim.state == ClaimState.OPEN),
    ):
        own, other = getattr(model, of), getattr(model, to)
        has_already = select(other).where(own == stays_id, lives)
        twice = (own == gone_id, lives, other.in_(has_already))
        ended = (
            update(Representative).values(ended_at=clock.now())
            if model is Representative
            else delete(Claim)
        )
        moved = update(model).where(own == gone_id).values({of: stays_id})
        for statement in (ended.where(*twice), moved):
            db.session.execute(statement, execution_options={"synchronize_session": False})


def forget(person: Person) -> None:
    """Cut a person's links to organisations and drop their words and public address."""
    db.session.execute(delete(Claim).where(Claim.person_id == person.id))
    of_theirs = select(Representative.organisation_id).where(Representative.person_id == person.id)
    if person.email is not None:
        db.session.execute(
            update(Organisation)
            .where(Organisation.id.in_(of_theirs), Organisation.public_mail == person.email)
            .values(public_mail=None, public_phone=None)
            .execution_options(synchronize_session=False)
        )
    db.session.execute(delete(Representative).where(Representative.person_id == person.id))


def _locked(organisation_id: int) -> Organisation:
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _write(organisation: Organisation, profile: Mapping[str, Any]) -> None:
    for name in rules.PROFILE_FIELDS & set(profile):
        value = profile[name]
        setattr(organisation, name, value if value or name in rules.NEVER_NULL else None)
    organisation.name = organisation.name.strip()
    organisation.name_folded = fold(organisation.name)
    organisation.search_text = search_text(
        organisation.name, organisation.cvr or "", *(organisation.activity or {}).values()
    )
    organisation.sort_text = sort_key(organisation.name)[: SortText.length]
    _refuse_clashes(organisation)


def _refuse_clashes(organisation: Organisation) -> None:
    with db.session.no_autoflush:
        namesake = queries.namesake(organisation.kind, organisation.name)
        if namesake is not None and namesake.id != organisation.id:
            raise refusals.OrganisationNameTaken(name=organisation.name)
        holder = select(Organisation.id).where(Organisation.cvr == organisation.cvr)
        number = db.session.scalar(holder) if organisation.cvr else None
        if number is not None and number != organisation.id:
            raise refusals.CvrTaken(cvr=organisation.cvr)


def _let_act(organisation: Organisation, person: Person) -> bool:
    made = insert_once(
        Representative, organisation_id=organisation.id, person_id=person.id, since=clock.now()
    )
    if made:
        audit.record(
            "organisation", organisation.id, OrganisationVerb.REPRESENTATIVE_ADDED, person=person.id
        )
    return made

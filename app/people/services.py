"""Meeting people, staff and roles, signing in and out."""
# budget: whoever is met, works here or signs in is known by one address

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached

from app.core import audit, clock, correspondence
from app.core.access import StaffRole
from app.core.database import db, insert_many_once, insert_once
from app.core.digits import western
from app.core.folding import fold, fold_email
from app.core.languages import DEFAULT
from app.core.new_rows import NewRow
from app.core.refusals import Invalid, Refusal
from app.core.tokens import new_token, six_digits, token_hash
from app.people import emails, queries, refusals, rules
from app.people.models import (
    ApiToken,
    BrowserSession,
    Person,
    PersonMet,
    SignInLink,
    Staff,
    StaffRoleGrant,
    columns_of_person,
)
from app.people.queries import API_TOKEN_PREFIX
from app.people.rules import PersonVerb, StaffVerb

# Whoever enrols is met at once: this row is written with nearly every place.
NEW_PERSON = NewRow(Person, once=True)


def person_for(email: str, name: str, language: str = DEFAULT) -> Person:
    """The person of this address and name, met now or earlier."""
    return get_or_create_person(email, name, language)[0]


def get_or_create_person(
    email: str, name: str, language: str = DEFAULT, *, known: bool = False
) -> tuple[Person, bool]:
    """person_for, and whether they were met just now: then nothing else is known of them.
    `known`: it is likely that they were met before."""
    columns = columns_of_person(email, name, language)
    same = select(Person).filter_by(email=columns["email"], name_folded=columns["name_folded"])
    if known and (person := db.session.scalar(same)):
        return person, False
    number = NEW_PERSON.write(**columns)
    return (met(number, columns), True) if number else (db.session.scalars(same).one(), False)


def met(number: int, columns: PersonMet) -> Person:
    """The person whose row was written with these values."""
    person = Person(id=number, **columns)
    make_transient_to_detached(person)
    db.session.add(person)
    return person


def create_person_without_email(name: str, language: str = DEFAULT) -> Person:
    """Someone of whom nothing but a name is known: never taken for anyone met before."""
    person = Person(**{**columns_of_person("", name, language), "email": None})
    db.session.add(person)
    db.session.flush()
    return person


def get_or_create_people(pairs: Sequence[tuple[str, str]], language: str = DEFAULT) -> list[Person]:
    """person_for for many (address, name) at once, in the order given."""
    rows = [columns_of_person(email, name, language) for email, name in pairs]
    insert_many_once(Person, rows)
    people = queries.people_by_key({row["email"] for row in rows})
    return [people[row["email"], row["name_folded"]] for row in rows]


def correct(person_id: int, *, email: str | None = None, name: str | None = None) -> Person:
    """Write an address or a name as it should have been; it is the same person afterwards.

    Letters that have not left go to the new address, and links that went to the earlier one end.
    Raises PersonKnown where somebody of that address and name was met before.
    """
    person = queries.locked_person(person_id)
    before = person.email
    values: dict[str, Any] = {"email": before if email is None else fold_email(email)}
    values |= {} if name is None else {"name": name.strip(), "name_folded": fold(name)}
    changed = [column for column, value in values.items() if getattr(person, column) != value]
    # Nobody has what was sent to a mailbox that is none.
    if "email" in changed and before and not correspondence.was_refused(before):
        values["link_number"] = person.link_number + 1
    try:
        with db.session.begin_nested():
            db.session.execute(update(Person).where(Person.id == person_id).values(values))
    except IntegrityError as clash:
        raise refusals.PersonKnown from clash
    db.session.refresh(person)
    if before and values["email"] and before != values["email"]:
        correspondence.readdress(person_id, before, values["email"])
    audit.record("person", person_id, PersonVerb.CORRECTED, fields=sorted(changed))
    return person


def absorb(gone_id: int, stays_id: int, email: str | None, name: str) -> Person:
    """Two persons are one, called so, at this address; all that pointed at the other has moved.

    Sessions and links of an address that nobody has any more end.
    """
    gone, stays = queries.person(gone_id), queries.person(stays_id)
    left = {gone.email, stays.email} - {email, None}
    stays.retention_hold = stays.retention_hold or gone.retention_hold
    stays.created_at = min(gone.created_at, stays.created_at)
    stays.link_number = max(gone.link_number, stays.link_number) + bool(left)
    audit.follow("person", gone_id, stays_id)
    db.session.delete(gone)
    db.session.flush()
    correct(stays_id, email=email, name=name)
    for address in sorted(filter(None, left)):
        if not queries.people_of(address):
            end_visits(address)
    audit.record("person", stays_id, PersonVerb.MERGED, gone=gone_id)
    return stays


def end_visits(email: str) -> None:
    """Sign an address out everywhere; links on their way open nothing."""
    db.session.execute(delete(BrowserSession).where(BrowserSession.email == email))
    db.session.execute(delete(SignInLink).where(SignInLink.email == email))


def send_link(email: str, language: str, next_path: str | None) -> None:
    """Mail a sign-in link; alike for known and unknown addresses."""
    token, digits = make_link(email, next_path)
    emails.sign_in_link(fold_email(email), token, digits, language)


def make_link(email: str, next_path: str | None = None) -> tuple[str, str]:
    """A sign-in link's token and its six digits, of which only hashes are kept."""
    token, digits = new_token(), six_digits()
    moment = clock.now()
    db.session.add(
        SignInLink(
            email=fold_email(email),
            token_hash=token_hash(token),
            code_hash=token_hash(_salted(email, digits)),
            next_path=next_path,
            created_at=moment,
            expires_at=moment + rules.LINK_LASTS,
        )
    )
    return token, digits


def use_link(token: str, browser: str) -> tuple[str, str | None]:
    """Sign in by the mailed link: (the session's token, where to go next)."""
    return _consume(queries.open_link(token), refusals.LinkUsedUp(), browser)


def use_code(email: str, digits: str, browser: str) -> tuple[str, str | None]:
    """Sign in by the six digits, on another device than the one that reads the mail."""
    link = db.session.scalar(
        select(SignInLink)
        .where(
            SignInLink.email == fold_email(email),
            SignInLink.code_hash == token_hash(_salted(email, digits)),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
        .order_by(SignInLink.id.desc())
        .limit(1)
    )
    return _consume(link, refusals.WrongCode(), browser)


def sign_in(email: str, browser: str = "") -> str:
    """Begin a session for an address; its token, of which only the hash is kept."""
    token = new_token()
    moment = clock.now()
    db.session.add(
        BrowserSession(
            token_hash=token_hash(token),
            email=fold_email(email),
            browser=browser[:80],
            created_at=moment,
            used_at=moment,
        )
    )
    return token


def sign_out(sign_in_id: int, email: str) -> None:
    """End one session of an address."""
    db.session.execute(
        update(BrowserSession)
        .where(BrowserSession.id == sign_in_id, BrowserSession.email == email)
        .values(ended_at=clock.now())
    )


def add_staff(email: str, role: StaffRole, name: str = "") -> Staff:
    """Give an address a role at the desk."""
    box = fold_email(email)
    insert_once(Staff, email=box, name=name, created_at=clock.now())
    staff = db.session.scalars(select(Staff).where(Staff.email == box)).one()
    staff.ended_at = None
    if insert_once(StaffRoleGrant, staff_id=staff.id, role=role):
        audit.record("staff", staff.id, StaffVerb.DUTY_GIVEN, duty=role.value)
    return staff


def remove_role(staff_id: int, role: StaffRole) -> None:
    """Take a role away; it takes effect on the next request."""
    db.session.execute(
        delete(StaffRoleGrant).where(
            StaffRoleGrant.staff_id == staff_id, StaffRoleGrant.role == role
        )
    )
    audit.record("staff", staff_id, StaffVerb.DUTY_TAKEN, duty=role.value)


def grant_roles(email: str, name: str, roles: Collection[StaffRole]) -> None:
    """Let somebody work at the desk, for the first time or again."""
    for role in sorted(roles):
        staff = add_staff(email, role, name)
        staff.name = name


def set_roles(staff_id: int, roles: Collection[StaffRole]) -> None:
    """Give and take roles until these are held; the last administrator stays one."""
    staff = queries.staff(staff_id)
    before = set(queries.roles_of(staff_id))
    if StaffRole.ADMIN in before and StaffRole.ADMIN not in roles and queries.administrators() < 2:
        raise refusals.LastAdministrator
    for role in sorted(set(roles) - before):
        add_staff(staff.email, role, staff.name)
    for role in sorted(before - set(roles)):
        remove_role(staff_id, role)
    staff.ended_at = None if roles else clock.now()


def rename_staff(staff_id: int, name: str) -> None:
    """Call a member of staff by another name, in what they did before too."""
    staff = queries.staff(staff_id)
    if staff.name != name:
        staff.name = name
        audit.record("staff", staff_id, StaffVerb.RENAMED)


def correct_staff_mail(staff_id: int, email: str) -> None:
    """Let a member of staff sign in with another address; with the earlier one nobody does."""
    staff = queries.staff(staff_id)
    before, staff_mail = staff.email, fold_email(email)
    if staff_mail == before:
        return
    try:
        with db.session.begin_nested():
            staff.email = staff_mail
    except IntegrityError as clash:
        raise refusals.StaffKnown from clash
    end_visits(before)
    audit.record("staff", staff_id, StaffVerb.MAIL_CORRECTED)


def issue_api_token(name: str, scopes: list[str]) -> str:
    """A new machine's token; shown once, kept as a hash."""
    unknown = set(scopes) - rules.SCOPES
    if unknown:
        raise Invalid({"scopes": ", ".join(sorted(unknown))})
    token = new_token(API_TOKEN_PREFIX)
    made = insert_once(
        ApiToken, name=name, token_hash=token_hash(token), scopes=scopes, created_at=clock.now()
    )
    if not made:
        raise refusals.TokenNameTaken(name=name)
    return token


def forget(person: Person) -> None:
    """Leave an empty row; end sessions and drop letters of the address."""
    email = person.email
    person.email = person.name_folded = None
    person.name = ""
    person.erased_at = clock.now()
    db.session.flush()
    if email and not queries.people_of(email):
        end_visits(email)
    if email:
        correspondence.forget(email, person.id)


def _salted(email: str, digits: str) -> str:
    return f"{fold_email(email)}:{''.join(sign for sign in western(digits) if sign.isdigit())}"


def _consume(link: SignInLink | None, refusal: Refusal, browser: str) -> tuple[str, str | None]:
    if link is None:
        raise refusal
    used = db.session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise refusal
    return sign_in(link.email, browser), link.next_path

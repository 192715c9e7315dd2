"""Who is this, and what do they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, select, update
from sqlalchemy.orm import aliased

from app.core import audit, clock, owner
from app.core.access import Identity, StaffRole
from app.core.database import db
from app.core.folding import fold, fold_email, sort_key
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.tokens import token_hash
from app.installation.queries import STAMP
from app.people import rules
from app.people.models import ApiToken, BrowserSession, Person, SignInLink, Staff, StaffRoleGrant

EMAILS_AT_ONCE = 500
# Asked with every call of a machine, so built once.
_LIVE_TOKEN = Prepared(
    lambda _dialect: select(ApiToken.id, ApiToken.scopes).where(
        ApiToken.token_hash == bindparam("token_hash"), ApiToken.ended_at.is_(None)
    )
)
API_TOKEN_PREFIX = "torvet_"  # noqa: S105 the prefix, not a secret


def person(person_id: int) -> Person:
    """The person with this number; raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def locked_person(person_id: int) -> Person:
    """The same as it stands now, held until the transaction ends."""
    same = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    person = db.session.scalar(same.execution_options(populate_existing=True))
    if person is None:
        raise NotFound
    return person


def held_people(first_id: int, second_id: int) -> tuple[Person, Person]:
    """Two persons as they stand now, nothing new pointing at them until the transaction ends."""
    both = select(Person).where(Person.id.in_([first_id, second_id]), Person.erased_at.is_(None))
    held = both.order_by(Person.id).with_for_update().execution_options(populate_existing=True)
    people = {person.id: person for person in db.session.scalars(held)}
    if len(people) < 2:
        raise NotFound
    return people[first_id], people[second_id]


def perhaps_the_same(person: Person, search: str = "") -> Sequence[Person]:
    """Who else this may be: of the same mailbox or called so; or whom the search finds."""
    alike = (Person.email == person.email) | (Person.name_folded == person.name_folded)
    if search:
        words = [
            Person.name_folded.contains(word, autoescape=True) for word in fold(search).split()
        ]
        alike = and_(*words) | Person.email.contains(fold_email(search), autoescape=True)
    others = select(Person).where(alike, Person.id != person.id, Person.erased_at.is_(None))
    return db.session.scalars(others.order_by(Person.name_folded, Person.id).limit(50)).all()


def person_known_as(email: str, name_folded: str | None) -> Person | None:
    """Who was met under this address and folded name."""
    same = select(Person).where(Person.email == email, Person.name_folded == name_folded)
    return db.session.scalar(same)


def people_of(email: str) -> Sequence[Person]:
    """Everyone met under an address."""
    return db.session.scalars(select(Person).where(Person.email == email).order_by(Person.id)).all()


def people_by_key(emails: Collection[str]) -> dict[tuple[str, str], Person]:
    """Everyone met under these addresses, by address and folded name."""
    addresses, people = sorted(emails), {}
    for start in range(0, len(addresses), EMAILS_AT_ONCE):
        some = addresses[start : start + EMAILS_AT_ONCE]
        for person in db.session.scalars(select(Person).where(Person.email.in_(some))):
            people[person.email or "", person.name_folded or ""] = person
    return people


def signed_in(token: str) -> Identity | None:
    """The caller a session's token stands for, read before the request's transaction."""
    rows = _SIGN_IN.rows_before(token_hash=token_hash(token))
    if rows:
        owner.note(rows[0].owner_stamp)
    if not rows or rows[0].ended_at is not None:
        return None
    row = rows[0]
    now = clock.now()
    if not rules.session_lives(now, row.created_at, row.used_at, row.staff_id is not None):
        return None
    stale = now - row.used_at > rules.USE_NOTED_EVERY
    roles = row.roles.split(",") if row.roles else []
    return Identity(
        email=row.email,
        name=row.name or "",
        staff_id=row.staff_id,
        roles=frozenset(StaffRole(role) for role in roles),
        sign_in_id=row.id,
        afterwards=(partial(_note_use, row.id),) if stale else (),
    )


def works_here(token: str) -> bool:
    """Whether the visit that begins with this token is somebody's who works at the desk."""
    granted = (
        select(StaffRoleGrant.staff_id)
        .join(Staff, Staff.id == StaffRoleGrant.staff_id)
        .join(BrowserSession, BrowserSession.email == Staff.email)
        .where(BrowserSession.token_hash == token_hash(token), Staff.ended_at.is_(None))
    )
    return db.session.scalar(granted.limit(1)) is not None


def may_be_same(earlier: str | None, token: str) -> bool:
    """Whether the visit that begins with this token may be of whoever used the browser before:
    the same mailbox, or somebody who was not signed in."""
    if not earlier:
        return True
    hashes = [token_hash(earlier), token_hash(token)]
    mailboxes = select(BrowserSession.email).where(BrowserSession.token_hash.in_(hashes))
    found = db.session.scalars(mailboxes).all()
    return len(found) == len(hashes) and len(set(found)) == 1


def token_bearer(token: str) -> Identity | None:
    """The caller an API token stands for."""
    for row in _LIVE_TOKEN.rows_before(token_hash=token_hash(token)):
        return Identity(token_id=row.id, scopes=frozenset(row.scopes))
    return None


def open_link(token: str) -> SignInLink | None:
    """A link that may still be used."""
    return db.session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
    )


def staff(staff_id: int) -> Staff:
    """The member of staff with this number; raises NotFound."""
    staff = db.session.get(Staff, staff_id)
    if staff is None:
        raise NotFound
    return staff


def roles_of(staff_id: int) -> list[StaffRole]:
    """What one member of staff is there for."""
    statement = select(StaffRoleGrant.role).where(StaffRoleGrant.staff_id == staff_id)
    return [StaffRole(role) for role in db.session.scalars(statement.order_by(StaffRoleGrant.role))]


def all_staff() -> list[tuple[Staff, list[StaffRole]]]:
    """Everyone who works or worked at the desk, by name, each with the roles of today."""
    held: dict[int, list[StaffRole]] = {}
    for grant in db.session.scalars(select(StaffRoleGrant).order_by(StaffRoleGrant.role)):
        held.setdefault(grant.staff_id, []).append(grant.role)
    everyone = db.session.scalars(select(Staff))
    by_name = sorted(everyone, key=lambda staff: (sort_key(staff.name), staff.email))
    return [(staff, held.get(staff.id, [])) for staff in by_name]


def last_sign_ins(emails: Iterable[str]) -> dict[str, datetime]:
    """When each of these addresses signed in last, as far back as visits are kept."""
    newest = select(BrowserSession.email, func.max(BrowserSession.created_at))
    theirs = newest.where(BrowserSession.email.in_(sorted(emails)))
    rows = db.session.execute(theirs.group_by(BrowserSession.email))
    return {email: moment for email, moment in rows}


def administrators() -> int:
    """How many may say who works here; their rows are held until the transaction ends."""
    held = select(StaffRoleGrant).where(StaffRoleGrant.role == StaffRole.ADMIN).with_for_update()
    return len(db.session.scalars(held).all())


def names_of_staff(actors: Iterable[str]) -> dict[str, str]:
    """What colleagues in a trail are called, by what stands there for them (`staff:7`)."""
    numbers = {int(one.partition(":")[2]) for one in actors if one.startswith("staff:")}
    if not numbers:
        return {}
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(numbers)))
    return {f"staff:{row.id}": row.name for row in rows if row.name}


def staff_history(staff_id: int) -> list[tuple[audit.AuditEntry, str]]:
    """What one member of staff was given and lost, each with the name of who did it."""
    entries = audit.of("staff", staff_id)
    names = names_of_staff(entry.actor for entry in entries)
    return [(entry, names.get(entry.actor) or entry.actor) for entry in entries]


def sessions_of(email: str) -> Sequence[BrowserSession]:
    """The browsers an address is signed in on, newest first."""
    return db.session.scalars(
        select(BrowserSession)
        .where(BrowserSession.email == email, BrowserSession.ended_at.is_(None))
        .order_by(BrowserSession.used_at.desc())
    ).all()


def about(person_id: int) -> dict[str, object]:
    """What is kept of a person here."""
    subject = person(person_id)
    sign_ins = sessions_of(subject.email) if subject.email else []
    return {
        "name": subject.name,
        "mailbox": subject.email,
        "language": subject.language,
        "first_met": subject.created_at.isoformat(),
        "sign_ins": [browser_session.created_at.isoformat() for browser_session in sign_ins],
    }


def _sign_in(dialect: str) -> Any:
    staff = aliased(Staff)
    joined = func.string_agg if dialect == "postgresql" else func.group_concat
    roles = select(joined(StaffRoleGrant.role, literal_column("','")))
    return (
        select(
            BrowserSession.id,
            BrowserSession.email,
            BrowserSession.created_at,
            BrowserSession.used_at,
            BrowserSession.ended_at,
            staff.id.label("staff_id"),
            staff.name,
            roles.where(StaffRoleGrant.staff_id == staff.id).scalar_subquery().label("roles"),
            STAMP.label("owner_stamp"),
        )
        .outerjoin(staff, (staff.email == BrowserSession.email) & staff.ended_at.is_(None))
        .where(BrowserSession.token_hash == bindparam("token_hash"))
    )


_SIGN_IN = Prepared(_sign_in)


def _note_use(sign_in_id: int) -> None:
    db.session.execute(
        update(BrowserSession).where(BrowserSession.id == sign_in_id).values(used_at=clock.now())
    )

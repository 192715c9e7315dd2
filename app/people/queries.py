"""Who is this, and what do they hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlalchemy.orm import aliased

from app.core import clock, trail
from app.core.access import Duty, Identity
from app.core.database import db
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.tokens import token_hash
from app.people import rules
from app.people.models import ApiToken, Person, SignIn, SignInLink, Staff, StaffDuty

MAILBOXES_AT_ONCE = 500
# Asked with every call of a machine, so built once.
_LIVE_TOKEN = Prepared(
    lambda _dialect: select(ApiToken.id, ApiToken.scopes).where(
        ApiToken.token_hash == bindparam("token_hash"), ApiToken.ended_at.is_(None)
    )
)
API_TOKEN_PREFIX = "torvet_"  # noqa: S105 the prefix, not a secret


def person(person_id: int) -> Person:
    """The person with this number; raises NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def people_of(mailbox: str) -> Sequence[Person]:
    """Everyone met under a mailbox."""
    return db.session.scalars(
        select(Person).where(Person.mailbox == mailbox).order_by(Person.id)
    ).all()


def people_by_key(mailboxes: Collection[str]) -> dict[tuple[str, str], Person]:
    """Everyone met under these mailboxes, by mailbox and folded name."""
    wanted, found = sorted(mailboxes), {}
    for start in range(0, len(wanted), MAILBOXES_AT_ONCE):
        some = wanted[start : start + MAILBOXES_AT_ONCE]
        for one in db.session.scalars(select(Person).where(Person.mailbox.in_(some))):
            found[one.mailbox or "", one.name_folded or ""] = one
    return found


def signed_in(token: str) -> Identity | None:
    """The caller a session's token stands for, read before the request's transaction."""
    rows = _SIGN_IN.rows_before(token_hash=token_hash(token))
    if not rows or rows[0].ended_at is not None:
        return None
    row = rows[0]
    now = clock.now()
    if not rules.session_lives(now, row.created_at, row.used_at, row.staff_id is not None):
        return None
    stale = now - row.used_at > rules.USE_NOTED_EVERY
    duties = row.duties.split(",") if row.duties else []
    return Identity(
        mailbox=row.mailbox,
        name=row.name or "",
        staff_id=row.staff_id,
        duties=frozenset(Duty(duty) for duty in duties),
        sign_in_id=row.id,
        afterwards=(partial(_note_use, row.id),) if stale else (),
    )


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
    found = db.session.get(Staff, staff_id)
    if found is None:
        raise NotFound
    return found


def duties_of(staff_id: int) -> list[Duty]:
    """What one member of staff is there for."""
    wanted = select(StaffDuty.duty).where(StaffDuty.staff_id == staff_id)
    return [Duty(one) for one in db.session.scalars(wanted.order_by(StaffDuty.duty))]


def all_staff() -> list[tuple[Staff, list[Duty]]]:
    """Everyone who works or worked at the desk, by name, each with the duties of today."""
    held: dict[int, list[Duty]] = {}
    for one in db.session.scalars(select(StaffDuty).order_by(StaffDuty.duty)):
        held.setdefault(one.staff_id, []).append(Duty(one.duty))
    everyone = db.session.scalars(select(Staff).order_by(Staff.name, Staff.mailbox))
    return [(one, held.get(one.id, [])) for one in everyone]


def administrators() -> int:
    """How many may say who works here; their rows are held until the transaction ends."""
    held = select(StaffDuty).where(StaffDuty.duty == Duty.ADMIN).with_for_update()
    return len(db.session.scalars(held).all())


def staff_history(staff_id: int) -> list[tuple[trail.TrailEntry, str]]:
    """What one member of staff was given and lost, each with the name of who did it."""
    entries = trail.of("staff", staff_id)
    numbers = {int(one.actor[6:]) for one in entries if one.actor.startswith("staff:")}
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(numbers)))
    names = {f"staff:{row.id}": row.name for row in rows}
    return [(one, names.get(one.actor) or one.actor) for one in entries]


def sessions_of(mailbox: str) -> Sequence[SignIn]:
    """The browsers a mailbox is signed in on, newest first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.mailbox == mailbox, SignIn.ended_at.is_(None))
        .order_by(SignIn.used_at.desc())
    ).all()


def about(person_id: int) -> dict[str, Any]:
    """What is kept of a person here."""
    found = person(person_id)
    sign_ins = sessions_of(found.mailbox) if found.mailbox else []
    return {
        "name": found.name,
        "mailbox": found.mailbox,
        "language": found.language,
        "first_met": found.created_at.isoformat(),
        "sign_ins": [one.created_at.isoformat() for one in sign_ins],
    }


def _sign_in(dialect: str) -> Any:
    staff = aliased(Staff)
    joined = func.string_agg if dialect == "postgresql" else func.group_concat
    duties = select(joined(StaffDuty.duty, literal_column("','")))
    return (
        select(
            SignIn.id,
            SignIn.mailbox,
            SignIn.created_at,
            SignIn.used_at,
            SignIn.ended_at,
            staff.id.label("staff_id"),
            staff.name,
            duties.where(StaffDuty.staff_id == staff.id).scalar_subquery().label("duties"),
        )
        .outerjoin(staff, (staff.mailbox == SignIn.mailbox) & staff.ended_at.is_(None))
        .where(SignIn.token_hash == bindparam("token_hash"))
    )


_SIGN_IN = Prepared(_sign_in)


def _note_use(sign_in_id: int) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(used_at=clock.now()))

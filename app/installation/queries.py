"""Whose installation this is, read seldom: what was read last is true as long as its stamp is.

The statements that read a visit and an event bring the stamp of the row along, so no page of theirs
asks one more; after a change every process reads the row anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, func, select

from app.core.database import db
from app.core.language_choice import in_each_language
from app.core.owner import Asking, first_ways, owner
from app.core.refusals import NotFound
from app.installation.models import Installation
from app.installation.rules import HEAD_BYTES, ONLY, logo_facts
from app.installation.wording import Owner, TeamContact

# A column for the statements that most pages need anyhow.
STAMP = select(Installation.stamp).where(Installation.id == ONLY).scalar_subquery()
WHOLE = select(
    Installation.stamp,
    Installation.names,
    Installation.mail,
    Installation.phone,
    Installation.hours,
    func.substr(Installation.logo, 1, HEAD_BYTES, type_=LargeBinary).label("logo_head"),
).where(Installation.id == ONLY)


class Memory:
    """What this process read last; a stamp is drawn at random, so it fits one content alone."""

    last = Owner()


def current_owner(stamp: str | None) -> Owner:
    """The owner; `stamp` is what a statement of this request brought along: "" where there is no
    row, None where no statement has told."""
    if stamp == "":
        return first_values()
    if stamp is not None and Memory.last.stamp == stamp:
        return Memory.last
    row = db.session.execute(WHOLE).first()
    if row is None:
        return first_values()
    Memory.last = read = owner_in(row)
    return read


def first_values() -> Owner:
    """What the settings say: it holds until somebody has saved the desk's page."""
    return Owner(contact=TeamContact(*first_ways()))


def last_known() -> Owner:
    """The owner without asking the database, which does not answer."""
    return Memory.last if Memory.last.stamp else first_values()


def owner_in(row: Any) -> Owner:
    """The row as a value."""
    contact = TeamContact(row.mail, row.phone, row.hours)
    return Owner(row.stamp, row.names, contact, logo_facts(row.stamp, row.logo_head))


def logo(key: str) -> bytes:
    """The logo at an address, as PNG; raises NotFound for one that no longer stands."""
    content = db.session.scalar(
        select(Installation.logo).where(Installation.id == ONLY, Installation.stamp == key)
    )
    if content is None:
        raise NotFound
    return content


def names_by_language() -> dict[str, dict[str, str]]:
    """What texts name in braces, in each language."""
    return in_each_language(owner().in_texts)


ASKING = Asking(current_owner, last_known)

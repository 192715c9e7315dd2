"""Saying whose installation this is, with a trail of who changed what."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from app.core import audit
from app.core.database import db, insert_once
from app.core.owner import let_go
from app.core.pictures import DrawnPicture
from app.installation.models import Installation
from app.installation.queries import WHOLE, first_values, owner_in
from app.installation.rules import ONLY, InstallationVerb
from app.installation.wording import COMMON_WORDS, Owner, TeamContact

STAMP_BYTES = 12


def save(names: Mapping[str, Mapping[str, str]], contact: TeamContact) -> None:
    """Put these names and ways to reach the team in the place of what stands."""
    before = held_owner()
    after = Owner(names={name: dict(names[name]) for name in COMMON_WORDS if names.get(name)})
    reached = _ways(contact)
    fields = _differing({**before.names, **_ways(before.contact)}, {**after.names, **reached})
    if fields:
        _put({"names": after.names, **reached})
        audit.record("installation", ONLY, InstallationVerb.CHANGED, fields=fields)


def show_logo(logo: DrawnPicture) -> None:
    """Let every page show this logo."""
    held_owner()
    _put({"logo": logo.content})
    audit.record("installation", ONLY, InstallationVerb.LOGO_SET)


def remove_logo() -> None:
    """Without a logo, as before there was one."""
    if held_owner().logo is None:
        return
    _put({"logo": None})
    audit.record("installation", ONLY, InstallationVerb.LOGO_REMOVED)


def held_owner() -> Owner:
    """The owner as it stands, held until the transaction ends."""
    first = first_values().contact
    insert_once(Installation, id=ONLY, stamp="", mail=first.mail, phone=first.phone)
    return owner_in(db.session.execute(WHOLE.with_for_update()).one())


def _put(values: Mapping[str, Any]) -> None:
    changed = update(Installation).where(Installation.id == ONLY)
    stamp = secrets.token_hex(STAMP_BYTES)
    db.session.execute(changed.values(**values, stamp=stamp))
    let_go()


def _ways(contact: TeamContact) -> dict[str, Any]:
    return {"mail": contact.mail, "phone": contact.phone, "hours": dict(contact.opening_hours)}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which parts are others now; empty and absent are the same."""
    parts = (*COMMON_WORDS, "mail", "phone", "hours")
    return [part for part in parts if (before.get(part) or "") != (after.get(part) or "")]

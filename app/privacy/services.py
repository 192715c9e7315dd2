"""Erasing a person everywhere, and keeping a list of it outside the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import text

from app.advisory import services as advisory
from app.applications.services import telling
from app.checkin.services import walk_in_quarantine
from app.core import audit, clock
from app.core.database import Base, db
from app.core.secrets import purpose_key
from app.core.signing import keyed_hash
from app.organisations import services as organisations
from app.people import services as people
from app.people.models import Person
from app.printing import services as printing
from app.privacy import queries
from app.privacy.rules import PrivacyVerb
from app.surveys.services import answering
from app.workshops.services import leaving

# Each part empties what it keeps; people come last, for the others find theirs by the person.
FORGETTING: Sequence[Callable[[Person], None]] = (
    answering.forget,
    advisory.forget,
    walk_in_quarantine.forget,
    leaving.forget,
    printing.forget_printed,
    telling.forget,
    organisations.forget,
    people.forget,
)
LIST_NAME = "erasures.jsonl"


def erase(email: str, name: str | None = None) -> int:
    """Empty all that is kept of the persons of an address; how many there were.

    Their admissions and coded answers stay, bound to event and wave only: counts stand.
    """
    people = queries.persons(email, name)
    for person in people:
        for forget in FORGETTING:
            forget(person)
        audit.record("person", person.id, PrivacyVerb.ERASED)
    return len(people)


def note_erasure(folder: Path, email: str, name: str | None) -> None:
    """Add to the list that is replayed after a restore: a keyed hash and the day, no more."""
    who = f"{email}\n{name or ''}"
    line = {
        "who": keyed_hash(purpose_key("erasures"), who, length=32),
        "on": clock.today().isoformat(),
    }
    with (folder / LIST_NAME).open("a", encoding="utf-8") as output:
        output.write(json.dumps(line) + "\n")


def scrub_storage() -> None:
    """Let nothing of what was erased stay in the journal or in freed pages.

    Runs outside any transaction, after the erasure is committed.
    """
    engine = db.engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
            return
        for table in Base.metadata.sorted_tables:
            connection.execute(text(f'VACUUM "{table.name}"'))

"""Everything that is kept of a person, gathered from every part that keeps something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.advisory import queries as advisory
from app.applications.queries import asking
from app.checkin.queries import about as arrivals
from app.checkin.services import walk_in_quarantine
from app.core import clock, correspondence
from app.core.database import Base
from app.core.folding import fold, fold_email
from app.core.personal import KeptFor, PersonalColumn, mark_of
from app.organisations import queries as organisations
from app.people import queries as people
from app.people.models import Person
from app.privacy import wording
from app.surveys.queries import about as surveys
from app.workshops.queries import lists

# Who keeps something about persons, in the order it is told.
KEEPERS: Mapping[str, Callable[[int], dict[str, object]]] = {
    "person": people.about,
    "organisations": organisations.about,
    "applications": asking.about,
    "enrolments": lists.about,
    "arrivals": arrivals.about,
    "walk_ins": walk_in_quarantine.about,
    "advice": advisory.about,
    "surveys": surveys.about,
    "letters": correspondence.about,
}


def persons(email: str, name: str | None = None) -> Sequence[Person]:
    """The persons met under an address, or the one of them with that name."""
    sharing = people.people_of(fold_email(email))
    return [person for person in sharing if name is None or person.name_folded == fold(name)]


def parts_known(email: str) -> list[str]:
    """Which parts keep something of the persons of an address."""
    people = persons(email)
    return [
        part
        for part, about in KEEPERS.items()
        if any(wording.holds(about(person.id)) for person in people)
    ]


def everything(email: str, name: str | None = None) -> dict[str, object]:
    """All that is kept of the persons of an address, as plain values ready for JSON."""
    return {
        "email": fold_email(email),
        "made": clock.now().isoformat(timespec="seconds"),
        "persons": [
            {part: about(person.id) for part, about in KEEPERS.items()}
            for person in persons(email, name)
        ],
    }


def told(email: str, language: str) -> list[dict[str, object]]:
    """The same for the person: every survey with its questions and answers as they read."""
    return [
        {
            part: surveys.in_words(person.id, language) if part == "surveys" else about(person.id)
            for part, about in KEEPERS.items()
        }
        for person in persons(email)
    ]


def record() -> dict[PersonalColumn, list[str]]:
    """The record of processing: by what is said of them, the columns, `table.column`."""
    columns: dict[PersonalColumn, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            mark = mark_of(column)
            if mark is not None:
                columns.setdefault(mark, []).append(f"{table.name}.{column.name}")
    order = list(KeptFor)
    by_purpose = sorted(columns, key=lambda mark: (order.index(mark.purpose), mark.until))
    return {mark: sorted(columns[mark]) for mark in by_purpose}

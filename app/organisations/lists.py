"""The list of organisations: its columns, filters and order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.cells import Cell, Phone
from app.core.texts import Lazy, _l
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.organisations import queries, wording
from app.organisations.models import Organisation
from app.people.models import Person

KINDS: dict[str, Lazy] = {str(kind): text for kind, text in wording.KINDS.items()}
ROWS: StoredRows[Organisation] = StoredRows(
    queries.numbers(), queries.numbered, lambda organisation: organisation.id
)


def _district(organisation: Organisation) -> str:
    named = wording.DISTRICTS.get(organisation.district or "")
    return str(named) if named else organisation.district or ""


ORGANISATIONS: ListOf[Organisation] = ListOf(
    "organisationer",
    columns=(
        Column("name", _l("Name"), lambda one: one.name, order=(Organisation.sort_text,)),
        Column(
            "kind",
            _l("Kind"),
            lambda one: str(KINDS[one.kind]),
            order=(Organisation.kind, Organisation.sort_text),
        ),
        Column("district", _l("District"), _district, order=(Organisation.district,)),
        Column("cvr", _l("CVR number"), lambda one: one.cvr or "", on_page=False),
        Column("website", _l("Website"), lambda one: one.website or "", on_page=False),
        Column("public_mail", _l("Public mail"), lambda one: one.public_mail or "", on_page=False),
        Column(
            "public_phone",
            _l("Public phone"),
            lambda one: Phone(one.public_phone or ""),
            on_page=False,
        ),
        Column("members", _l("Members"), lambda one: one.members, on_page=False),
    ),
    sort="name",
    filters=(Filter("kind", _l("Kind"), lambda kind: Organisation.kind == kind, KINDS),),
    searched=queries.found_by,
    search_label=_l("Name, CVR or what they do"),
)


def contacts(asked: Sequence[Organisation]) -> list[Column[Organisation]]:
    """Columns of the file for whoever has acted for each the longest."""
    acting = queries.all_representatives({one.id for one in asked})
    people: dict[int, Person] = {one.organisation_id: one.person for one in reversed(acting)}

    def of_contact(name: str) -> Callable[[Organisation], Cell]:
        return lambda one: getattr(people.get(one.id), name, None) or ""

    return [
        Column("contact", _l("Contact"), of_contact("name")),
        Column("mail", _l("Contact's mail"), of_contact("email")),
    ]

"""What the file of applications holds beside the list: who to reach, and every answer in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.applications.models import Application
from app.applications.queries import own_questions
from app.applications.queries.reviewing import Line
from app.applications.role_pages import steps_sent
from app.applications.rules.own_questions import OWN, key_of
from app.core.cells import Cell
from app.core.texts import _
from app.lists.describing import Column
from app.organisations import queries as organisations

# Answers that stand in the list's own columns.
TYPED = frozenset({"power_amp", "phases", "water", "gas", "frontage_cm"})


def more_columns(lines: Sequence[Line]) -> list[Column[Line]]:
    """Columns for the contact, then one for each question of the roles that are in the list."""
    asked = [line.application for line in lines]
    return [*_contacts(asked), *_answers(asked)]


def _contacts(asked: Sequence[Application]) -> list[Column[Line]]:
    acting = organisations.all_representatives({one.organisation_id for one in asked})
    # The longest first, so that the first of each is the one who stays.
    people = {one.organisation_id: one.person for one in reversed(acting)}

    def of_contact(name: str) -> Callable[[Line], Cell]:
        return lambda line: getattr(people.get(line.application.organisation_id), name, None) or ""

    return [
        Column("contact", _("Contact"), of_contact("name")),
        Column("mail", _("Contact's mail"), of_contact("email")),
    ]


def _answers(asked: Sequence[Application]) -> list[Column[Line]]:
    labels: dict[str, str] = {}
    answers: dict[int, dict[str, Cell]] = {}
    own_questions.load_versions(asked)
    for one in asked:
        cells = [cell for cell in steps_sent(one).cells(one.sent) if cell.name not in TYPED]
        answers[one.id] = {_column_of(one, cell.name): cell.value for cell in cells}
        labels |= {_column_of(one, cell.name): cell.label for cell in cells}

    def answer_to(name: str) -> Callable[[Line], Cell]:
        return lambda line: answers[line.application.id].get(name)

    return [Column(name, label, answer_to(name)) for name, label in labels.items()]


def _column_of(application: Application, name: str) -> str:
    """The same column for the same question: own questions are one event's and one role's."""
    if OWN.fullmatch(name):
        return f"{key_of(application.event_id, application.role)} {name}"
    return name

"""What is kept of a person here: invitations, and the answers given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.questions import queries as questions
from app.questions.rules.answers import Answers, Item
from app.questions.wording import say
from app.surveys.models import Invitation, Response, Survey, Wave
from app.surveys.wording import answers_in_words

Asked = tuple[Invitation, str, int, int | None]


def about(person_id: int) -> dict[str, object]:
    """For machines: surveys and questions by their keys, answers by their codes."""
    return _told(_asked(person_id), lambda row: row[1], lambda _row, given: _plain_all(given))


def in_words(person_id: int, language: str) -> dict[str, object]:
    """For the person: surveys by their titles, questions and answers as they read."""
    rows = _asked(person_id)
    used = {row[2] for row in rows}
    instruments = {
        number: questions.instrument_of(questions.version_numbered(number)) for number in used
    }
    return _told(
        rows,
        lambda row: say(instruments[row[2]].title, language),
        lambda row, given: answers_in_words(instruments[row[2]], given, language),
    )


def _asked(person_id: int) -> Sequence[Any]:
    return db.session.execute(
        select(Invitation, Survey.key, Wave.version_id, Response.answer_set_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Survey, Survey.id == Wave.survey_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .where(Invitation.person_id == person_id)
        .order_by(Invitation.due_at, Invitation.id)
    ).all()


def _told(
    rows: Sequence[Any],
    name: Callable[[Asked], str],
    answers: Callable[[Asked, Answers], dict[str, object]],
) -> dict[str, object]:
    given = questions.answers_of([row[3] for row in rows if row[3]])
    return {
        "surveys": [
            {
                "survey": name(row),
                "disposition": row[0].disposition,
                "sent_at": row[0].sent_at.isoformat() if row[0].sent_at else None,
                "answers": answers(row, given[row[3]]) if row[3] else {},
            }
            for row in rows
        ]
    }


def _plain_all(answers: Answers) -> dict[str, object]:
    groups = {group: [_plain(item) for item in items] for group, items in answers.groups.items()}
    return {**_plain(answers.values), **groups}


def _plain(item: Item) -> dict[str, Any]:
    return {
        code: answer.state if answer.value is None else answer.value
        for code, answer in item.items()
    }

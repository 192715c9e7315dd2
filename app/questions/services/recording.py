"""Writing answers down in their sets."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from app.core import clock
from app.core.database import db
from app.core.refusals import Refusal
from app.core.texts import _l
from app.questions import queries
from app.questions.models import AnswerRow, AnswerSet, QuestionnaireVersion
from app.questions.rules.answers import NOT_ASKED, Answer, AnswerState
from app.questions.rules.flow import AnswerPlace, Counts, not_asked
from app.questions.rules.instrument import Instrument
from app.questions.rules.storing import Stored, free_text_codes, gathered, stored


class AnswerSetDone(Refusal):
    """The answers were handed in."""

    sentence = _l("These answers have been handed in and cannot be changed.")


def begin_answer_set(version_id: int, language: str) -> AnswerSet:
    """An empty answer set for one person."""
    answer_set = AnswerSet(version_id=version_id, language=language, begun_at=clock.now())
    db.session.add(answer_set)
    db.session.flush()
    return answer_set


def record(
    answer_set: AnswerSet, given: Mapping[AnswerPlace, Answer], rows: dict[AnswerPlace, Stored]
) -> None:
    """Write these answers in a set; `rows` is what stands there and is brought up to date."""
    if answer_set.completed_at is not None:
        raise AnswerSetDone
    for place, answer in given.items():
        _write(answer_set.id, place, stored(answer), rows)


def complete(
    answer_set: AnswerSet, instrument: Instrument, counts: Counts, rows: dict[AnswerPlace, Stored]
) -> None:
    """Hand the answers in: what the branches left out becomes "not asked", whatever stood there."""
    left_out = not_asked(instrument, counts, gathered(instrument, rows))
    record(answer_set, dict.fromkeys(left_out, NOT_ASKED), rows)
    answer_set.completed_at = clock.now()


def _write(
    answer_set_id: int, place: AnswerPlace, value: Stored, rows: dict[AnswerPlace, Stored]
) -> None:
    if rows.get(place) == value:
        return
    code, item = place
    columns = value._asdict()
    if place in rows:
        db.session.execute(
            update(AnswerRow)
            .where(
                AnswerRow.answer_set_id == answer_set_id,
                AnswerRow.code == code,
                AnswerRow.item == item,
            )
            .values(**columns)
        )
    else:
        db.session.add(AnswerRow(answer_set_id=answer_set_id, code=code, item=item, **columns))
    rows[place] = value


def empty_free_texts(answer_set_ids: Sequence[int]) -> None:
    """Empty what was written in a person's own words; coded answers stay, bound to nobody."""
    answer_sets = db.session.execute(
        select(AnswerSet.id, QuestionnaireVersion)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == AnswerSet.version_id)
        .where(AnswerSet.id.in_(answer_set_ids))
    ).all()
    for answer_set_id, version in answer_sets:
        own_words = free_text_codes(queries.instrument_of(version))
        db.session.execute(
            update(AnswerRow)
            .where(
                AnswerRow.answer_set_id == answer_set_id,
                AnswerRow.code.in_(own_words),
                AnswerRow.state == AnswerState.ANSWERED,
            )
            .values(text="")
        )

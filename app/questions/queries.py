"""Named reads: versions of questionnaires, and the answers in sets."""

from collections import defaultdict
from collections.abc import Sequence, Set

from sqlalchemy import Select, func, select

from app.core.database import db
from app.core.owner import owner
from app.core.refusals import NotFound
from app.core.texts import _l
from app.installation.queries import names_by_language
from app.installation.rules import named, names_somebody
from app.questions.models import AnswerRow, AnswerSet, Questionnaire, QuestionnaireVersion
from app.questions.rules import drafts
from app.questions.rules.answers import Answers, AnswerState
from app.questions.rules.askers import QuestionSet
from app.questions.rules.drafts import Described, QuestionnaireDraft
from app.questions.rules.flow import AnswerPlace
from app.questions.rules.instrument import Instrument
from app.questions.rules.soundness import read_instrument
from app.questions.rules.storing import Stored, gathered

_read: dict[str, Instrument] = {}
# Which versions name the city or the team, by checksum.
_NAMING: dict[str, bool] = {}
_STATES = {state.value: state for state in AnswerState}


class NoSuchQuestionnaire(NotFound):
    """No version of that key is published."""

    sentence = _l("There is no questionnaire %(key)s.")


def versions(key: str) -> list[QuestionnaireVersion]:
    """All versions of a questionnaire, the oldest first."""
    return list(
        db.session.scalars(
            select(QuestionnaireVersion)
            .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
            .where(Questionnaire.key == key)
            .order_by(QuestionnaireVersion.number)
        )
    )


def versions_beside(version: QuestionnaireVersion) -> list[QuestionnaireVersion]:
    """All versions of the questionnaire that this is a version of, the oldest first."""
    same = QuestionnaireVersion.questionnaire_id == version.questionnaire_id
    beside = select(QuestionnaireVersion).where(same).order_by(QuestionnaireVersion.number)
    return list(db.session.scalars(beside))


def version(key: str, number: int | None = None) -> QuestionnaireVersion:
    """One version, by default the newest; raises NoSuchQuestionnaire."""
    numbered = [version for version in versions(key) if number in (None, version.number)]
    if not numbered:
        raise NoSuchQuestionnaire(key=key)
    return numbered[-1]


def instrument_of(version: QuestionnaireVersion) -> Instrument:
    """The questionnaire itself, with the names of the city and the team in their places; read
    once, for a published version never changes, and the names seldom."""
    checksum = version.checksum
    if checksum not in _NAMING:
        _NAMING[checksum] = names_somebody(version.content)
    key = f"{checksum} {owner().stamp}" if _NAMING[checksum] else checksum
    if key not in _read:
        content = version.content
        if _NAMING[checksum]:
            content = named(content, names_by_language())
        _read[key] = read_instrument(content)
    return _read[key]


def instrument_written(document: Described) -> Instrument:
    """A questionnaire that is not published, with those names in their places; raises Unsound."""
    naming = names_somebody(document)
    return read_instrument(named(document, names_by_language()) if naming else document)


def version_numbered(version_id: int) -> QuestionnaireVersion:
    """The version with this number of its row."""
    return db.session.get_one(QuestionnaireVersion, version_id)


def version_of(answer_set_id: int) -> QuestionnaireVersion:
    """The version that an answer set belongs to."""
    answer_set = db.session.get_one(AnswerSet, answer_set_id)
    return version_numbered(answer_set.version_id)


def draft_of(asked: QuestionSet) -> QuestionnaireDraft:
    """What staff have written of it: their draft, else what is asked, else nothing yet."""
    return draft_in(held_by(asked.key), asked)


def held_by(key: str) -> Questionnaire | None:
    """The questionnaire of that key, if anything was ever written of it."""
    return db.session.scalar(select(Questionnaire).where(Questionnaire.key == key))


def draft_in(held: Questionnaire | None, asked: QuestionSet) -> QuestionnaireDraft:
    """draft_of, with the row at hand."""
    if held is not None and held.draft is not None:
        return QuestionnaireDraft(held.draft["head"], tuple(held.draft["questions"]))
    content = content_asked(asked)
    return drafts.begun(asked.key, asked.begins_as) if content is None else drafts.opened(content)


def content_asked(asked: QuestionSet) -> Described | None:
    """What is asked now, as it was published."""
    return None if asked.asked_id is None else version_numbered(asked.asked_id).content


def ever_asked(key: str) -> dict[str, Described]:
    """Every question that any version had, by code, in its newest words."""
    contents = [drafts.opened(version.content) for version in versions(key)]
    return {question["code"]: question for draft in contents for question in draft.questions}


def values_ever(key: str, code: str) -> set[str]:
    """Every value that a choice of the question has had in any version."""
    contents = [drafts.opened(version.content) for version in versions(key)]
    asked = [draft.question(code) or {} for draft in contents]
    options = [option for question in asked for option in question.get("options", ())]
    return {str(option.get("value")) for option in options}


def answered(key: str) -> dict[str, int]:
    """How many answered each question, by code, in any version."""
    rows = db.session.execute(
        select(AnswerRow.code, func.count(AnswerRow.answer_set_id.distinct()))
        .join(AnswerSet, AnswerSet.id == AnswerRow.answer_set_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == AnswerSet.version_id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(Questionnaire.key == key, AnswerRow.state != AnswerState.NOT_ASKED)
        .group_by(AnswerRow.code)
    )
    return {code: number for code, number in rows}


def rows_of(answer_set_id: int) -> dict[AnswerPlace, Stored]:
    """What stands in an answer set, by place."""
    return _rows_by_answer_set([answer_set_id])[answer_set_id]


def answers_of(answer_set_ids: Sequence[int] | Select[int]) -> dict[int, Answers]:
    """The answers in each of these sets, in three statements however many they are."""
    statement = select(AnswerSet.id, AnswerSet.version_id)
    answer_sets = db.session.execute(statement.where(AnswerSet.id.in_(answer_set_ids))).all()
    instruments = _instruments({version_id for _answer_set_id, version_id in answer_sets})
    rows = _rows_by_answer_set(answer_set_ids)
    return {
        answer_set_id: gathered(instruments[version_id], rows[answer_set_id])
        for answer_set_id, version_id in answer_sets
    }


def _instruments(version_ids: Set[int]) -> dict[int, Instrument]:
    statement = select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(version_ids))
    return {version.id: instrument_of(version) for version in db.session.scalars(statement)}


def _rows_by_answer_set(
    answer_set_ids: Sequence[int] | Select[int],
) -> dict[int, dict[AnswerPlace, Stored]]:
    by_answer_set: dict[int, dict[AnswerPlace, Stored]] = defaultdict(dict)
    value = (AnswerRow.state, AnswerRow.number, AnswerRow.text)
    rows = db.session.execute(
        select(AnswerRow.answer_set_id, AnswerRow.code, AnswerRow.item, *value).where(
            AnswerRow.answer_set_id.in_(answer_set_ids)
        )
    )
    for answer_set_id, code, item, state, number, text in rows:
        by_answer_set[answer_set_id][code, item] = Stored(_STATES[state], number, text)
    return by_answer_set

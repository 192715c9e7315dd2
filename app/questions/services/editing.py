"""Questions written, moved, translated and taken away in a draft, and the draft published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import delete, select

from app.core.database import db, insert_once
from app.questions import queries, refusals
from app.questions.models import Questionnaire, QuestionnaireVersion
from app.questions.rules import drafts, showing, translating, writing
from app.questions.rules.askers import Asker, QuestionSet
from app.questions.rules.drafts import QuestionnaireDraft
from app.questions.rules.writing import WrittenQuestion
from app.questions.services import publishing


def draft_to_write(asked: QuestionSet) -> QuestionnaireDraft:
    """The draft as it stands, held by this transaction alone."""
    return queries.draft_in(_locked(asked.key), asked)


def add(asked: QuestionSet, written: WrittenQuestion) -> str:
    """One more question, after the others; its code."""
    draft = draft_to_write(asked)
    if len(draft.questions) >= drafts.MOST_QUESTIONS:
        raise refusals.QuestionsFull(most=drafts.MOST_QUESTIONS)
    code = drafts.next_code([*draft.codes, *queries.ever_asked(asked.key)])
    question = writing.described(_placed(asked, written), code, None, draft.questions, ())
    _keep(asked, drafts.with_question(draft, question))
    return code


def change(
    asked: QuestionSet, code: str, written: WrittenQuestion, answered: Mapping[str, int]
) -> None:
    """The question in other words; what was answered already keeps its kind and its steps."""
    draft = draft_to_write(asked)
    old = draft.question(code)
    if old is None:
        raise refusals.QuestionGone
    number = answered.get(code, 0)
    if number and written.kind != old["type"]:
        raise refusals.AnswerKindStays(number=number)
    if number and writing.steps_differ(written, old):
        raise refusals.StepsStay(number=number)
    values = queries.values_ever(asked.key, code) | _values_in(old)
    placed, earlier = _placed(asked, written), draft.before(code)
    question = writing.described(placed, code, old, earlier, values)
    _keep(asked, drafts.with_question(draft, question))


def move_by(asked: QuestionSet, code: str, steps: int) -> None:
    """So many places further down, or up."""
    _keep(asked, drafts.moved_by(draft_to_write(asked), code, steps))


def move_to(asked: QuestionSet, code: str, place: int) -> None:
    """To that place, from 0."""
    _keep(asked, drafts.moved_to(draft_to_write(asked), code, place))


def remove(asked: QuestionSet, code: str) -> None:
    """Ask it no more once this is published; what was answered is kept."""
    _keep(asked, drafts.without(draft_to_write(asked), code))


def ask_again(asked: QuestionSet, code: str) -> None:
    """A question that was asked once, in its newest words, after the others."""
    draft, known = draft_to_write(asked), queries.ever_asked(asked.key)
    if code in known and code not in draft.codes:
        _keep(asked, drafts.with_question(draft, known[code]))


def reword(asked: QuestionSet, words: Mapping[str, Mapping[str, str]]) -> None:
    """The words around the questions: title, beginning and thanks."""
    draft = draft_to_write(asked)
    _keep(asked, replace(draft, head={**draft.head, **words}))


def translate(asked: QuestionSet, language: str, written: Mapping[str, str]) -> None:
    """The texts of one language, as they were written side by side with the Danish ones."""
    _keep(asked, translating.translated(draft_to_write(asked), language, written))


def publish(asked: QuestionSet, asker: Asker) -> bool:
    """Ask from now on what the draft says; False where that is what is asked already."""
    draft = draft_to_write(asked)
    if drafts.says_the_same(draft, queries.content_asked(asked)):
        return False
    if not (draft.questions or asked.one_page):
        raise refusals.NothingToAsk
    for code in showing.misplaced(draft):
        question = draft.question(code) or {}
        raise refusals.ConditionLost(question=question["text"]["da"])
    _keep(asked, draft)
    asker.ask(asked.key, _next_version(asked.key, draft))
    return True


def discard(asked: QuestionSet) -> None:
    """Forget what was written since the questions were published."""
    _locked(asked.key).draft = None


def copy(source: QuestionSet, target: QuestionSet) -> int | None:
    """The questions that one set asks now, asked and edited under the other's key."""
    content = queries.content_asked(source)
    if content is None:
        return None
    draft = drafts.opened(content)
    draft = replace(draft, head={**draft.head, **drafts.begun(target.key, {}).head})
    _keep(target, draft)
    return _next_version(target.key, draft)


def drop(key: str) -> None:
    """The questionnaire with its versions, of something that nobody outside has met."""
    held = queries.held_by(key)
    if held is not None:
        versions = QuestionnaireVersion.questionnaire_id == held.id
        db.session.execute(delete(QuestionnaireVersion).where(versions))
        db.session.execute(delete(Questionnaire).where(Questionnaire.id == held.id))


def _placed(asked: QuestionSet, written: WrittenQuestion) -> WrittenQuestion:
    """Of a set that is one page, every question stands on that page."""
    return replace(written, near=written.near or asked.one_page)


def _next_version(key: str, draft: QuestionnaireDraft) -> int | None:
    if not draft.questions:
        return None
    number = max((version.number for version in queries.versions(key)), default=0) + 1
    return publishing.publish(drafts.document(draft, number)).id


def _locked(key: str) -> Questionnaire:
    insert_once(Questionnaire, key=key)
    lock = select(Questionnaire).where(Questionnaire.key == key).with_for_update()
    return db.session.scalars(lock.execution_options(populate_existing=True)).one()


def _keep(asked: QuestionSet, draft: QuestionnaireDraft) -> None:
    held = _locked(asked.key)
    held.draft = {"head": dict(draft.head), "questions": [dict(one) for one in draft.questions]}
    db.session.flush()


def _values_in(question: Mapping[str, object]) -> set[str]:
    options = question.get("options", ())
    return {str(option.get("value")) for option in options}  # type: ignore[attr-defined]

"""A questionnaire being written: its order, its choices, its conditions, its translations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.rules import drafts, showing, translating, writing
from app.questions.rules.drafts import QuestionnaireDraft
from app.questions.rules.flow import AskedQuestion
from app.questions.rules.instrument import Instrument
from app.questions.rules.parsing import put
from app.questions.rules.soundness import read_instrument
from app.questions.rules.types import QuestionType
from app.questions.rules.writing import WrittenQuestion

YES_NO = [{"value": "c1", "label": {"da": "Ja"}}, {"value": "c2", "label": {"da": "Nej"}}]


def question(code: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"code": code, "type": kind, "text": {"da": f"Spørgsmål {code}?"}, **more}


def draft(*questions: dict[str, Any]) -> QuestionnaireDraft:
    return QuestionnaireDraft(drafts.begun("proeve", {}).head, questions)


FOOD = question("q1", "choice", options=YES_NO)
DAYS = question("q2", "several", options=YES_NO, near=True)
WHICH = question("q3", ask_if={"op": "in", "q": "q1", "v": ["c1"]}, near=True)
AGREES = question("q4", "consent", near=True)
THREE = draft(FOOD, DAYS, WHICH, AGREES)


def written(kind: QuestionType, *choices: str, **more: Any) -> WrittenQuestion:
    filled = {"text": {"da": "Hvad?"}, "hint": {}, "required": False, "shown_if": (), **more}
    return WrittenQuestion(kind=kind, choices=choices, **filled)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(-9, 9), st.booleans())))
def test_moving_changes_the_order_and_nothing_else(
    moves: list[tuple[int, int, bool]],
) -> None:
    """Whatever is moved wherever, each question stands there once; a move back undoes a move."""
    whole = draft(*(question(f"q{number}") for number in range(1, 7)))
    for number, where, by in moves:
        code = f"q{number}"
        before = whole.codes
        whole = (drafts.moved_by if by else drafts.moved_to)(whole, code, where)
        assert sorted(whole.codes) == sorted(before)
        if code in before:
            others = [one for one in before if one != code]
            assert [one for one in whole.codes if one != code] == others
            assert drafts.moved_to(whole, code, before.index(code)).codes == before
        else:
            assert whole.codes == before


def test_a_version_opened_and_published_again_says_the_same() -> None:
    content = drafts.document(THREE, 3)
    assert [len(page["questions"]) for page in content["pages"]] == [4]
    assert drafts.opened(content) == THREE
    assert drafts.says_the_same(THREE, content)
    assert not drafts.says_the_same(drafts.moved_by(THREE, "q4", -1), content)
    assert drafts.says_the_same(draft(), None)
    assert not drafts.says_the_same(draft(), content)


def test_a_question_is_put_in_and_taken_out() -> None:
    other = question("q1", "date")
    assert drafts.with_question(THREE, other).questions[0] == other
    assert drafts.with_question(draft(), FOOD).codes == ["q1"]
    assert drafts.without(THREE, "q1").codes == ["q2", "q3", "q4"]
    assert THREE.question("q9") is None
    assert len(THREE.before("q3")) == 2
    assert len(THREE.before(None)) == 4


def test_codes_are_never_used_twice() -> None:
    assert drafts.next_code([]) == "q1"
    assert drafts.next_code(["q1", "still_working", "q12", "quite"]) == "q13"


def test_a_choice_in_other_words_is_the_same_choice() -> None:
    same = drafts.relabelled(["Nej", "Jo"], YES_NO, {"c1", "c2"}, counts=False)
    assert [(one["value"], one["label"]["da"]) for one in same] == [("c2", "Nej"), ("c3", "Jo")]
    mended = drafts.relabelled(["Jaa", "Nej", "Måske"], YES_NO, {"c1", "c2", "c7"}, counts=False)
    assert [one["value"] for one in mended] == ["c1", "c2", "c8"]


def test_a_scale_counts_down_and_leaves_other_answers_out() -> None:
    unsure = {"state": "dont_know", "label": {"da": "Ved ikke"}}
    tens = [{"value": value, "label": {"da": f"{value}"}} for value in (100, 50, 0)]
    same = drafts.relabelled(["Alt", "50", "0"], tens, (), counts=True)
    assert [one["value"] for one in same] == [100, 50, 0]
    lines = ["Meget", "Lidt", "Slet ikke", "Ved ikke"]
    made = drafts.relabelled(lines, [unsure], (), counts=True)
    assert [one.get("value") for one in made] == [2, 1, 0, None]


def test_a_question_is_described_as_it_was_written() -> None:
    scale = writing.described(written(QuestionType.SCALE, "Meget", "Lidt"), "q1", None, (), ())
    assert [option["value"] for option in scale["options"]] == [1, 0]
    text = {"da": "Kender du {city} og {ukendt}?"}
    near = written(QuestionType.LONG_TEXT, text=text, hint={"da": "Kort"}, near=True)
    made = writing.described(near, "q1", scale, (), ())
    assert made["text"] == {"da": "Kender du {city} og (ukendt)?"}
    assert (made["hint"], made["near"], "options" in made) == ({"da": "Kort"}, True, False)
    chosen = writing.described(written(QuestionType.CHOICE, "A", "B"), "q1", scale, (), ())
    assert [option["value"] for option in chosen["options"]] == ["c1", "c2"]


def test_what_a_page_does_not_show_stays_as_it_was() -> None:
    rule = {"op": "all", "of": [{"op": "eq", "q": "q1", "v": "c1"}]}
    old = {**WHICH, "ask_if": rule, "end_if": rule}
    same = writing.described(written(QuestionType.LONG_TEXT), "q3", old, (FOOD,), ())
    assert (same["ask_if"], same["end_if"]) == (rule, rule)
    ticked = written(QuestionType.LONG_TEXT, shown_if=["q1=c2"])
    assert writing.described(ticked, "q3", old, (FOOD,), ())["ask_if"]["v"] == ["c2"]
    kept = written(QuestionType.LONG_TEXT, shown_if=["q1=c1"])
    assert writing.described(kept, "q3", WHICH, (), ())["ask_if"] == WHICH["ask_if"]
    everyone = written(QuestionType.LONG_TEXT)
    assert "ask_if" not in writing.described(everyone, "q3", WHICH, (FOOD,), ())


def test_choices_are_one_a_line_each_once() -> None:
    assert writing.choices_in(" Ja\n\nNej \r\nJa") == ["Ja", "Nej"]
    assert writing.steps_differ(written(QuestionType.SCALE, "A", "B", "C"), FOOD)
    assert not writing.steps_differ(written(QuestionType.CHOICE, "A"), FOOD)


ANSWERED = {"op": "answered", "q": "q3"}
EITHER = {
    "op": "any",
    "of": [
        {"op": "in", "q": "q1", "v": ["c1", "c2"]},
        {"op": "contains", "q": "q2", "v": "c1"},
        ANSWERED,
        {"op": "in", "q": "q4", "v": ["yes"]},
    ],
}


@pytest.mark.parametrize(
    ("ticked", "condition"),
    [
        ([], None),
        (["q3"], ANSWERED),
        (["q1=c1", "q1=c2", "q2=c1", "q3", "q4=yes"], EITHER),
        (["q1=c1"], WHICH["ask_if"]),
    ],
)
def test_boxes_and_conditions_say_the_same(ticked: list[str], condition: Any) -> None:
    assert showing.condition_of([*ticked, "q9=c1"], THREE.questions) == condition
    assert showing.ticked_by(condition) == ticked


def test_a_rule_beyond_boxes_is_told_from_one_that_boxes_say() -> None:
    assert showing.ticked_by({"op": "not", "of": ANSWERED}) is None
    assert showing.ticked_by({"op": "any", "of": [{"op": "ge", "q": "q1", "v": 2}]}) is None
    matrix = question("m", "matrix", rows=[{"code": "m1", "text": {"da": "a"}}], options=YES_NO)
    assert showing.boxes([matrix]) == []


def test_a_condition_must_be_answered_before() -> None:
    assert showing.misplaced(THREE) == []
    assert showing.misplaced(drafts.moved_to(THREE, "q3", 0)) == ["q3"]
    assert showing.misplaced(drafts.without(THREE, "q1")) == ["q3"]
    fewer = drafts.with_question(THREE, question("q1", "choice", options=YES_NO[1:]))
    assert showing.misplaced(fewer) == ["q3"]
    rule = {"op": "not", "of": {"op": "ge", "q": "m1", "v": 1}}
    matrix = question("m", "matrix", rows=[{"code": "m1", "text": {"da": "a"}}], options=YES_NO)
    last = question("q5", ask_if=rule)
    assert showing.misplaced(draft(matrix, last)) == []
    assert showing.misplaced(draft(last, matrix)) == ["q5"]


def test_a_question_that_is_left_out_is_not_put_and_leads_nowhere() -> None:
    last = question("q5", near=True, ask_if={"op": "answered", "q": "q3"})
    instrument: Instrument = read_instrument(drafts.document(draft(FOOD, WHICH, last), 1))
    asked = [AskedQuestion(one) for one in instrument.questions()]
    sent = {"q3": ["Kaffe"], "q5": ["Te"]}
    assert [one.name for one in put(asked, {**sent, "q1": ["c1"]})] == ["q1", "q3", "q5"]
    assert [one.name for one in put(asked, {**sent, "q1": ["c2"]})] == ["q1"]


def test_each_text_has_a_place_to_be_translated_in() -> None:
    group = question("mine", "group", over="goals", items=[question("i1")])
    row = {"code": "m1", "text": {"da": "Række"}}
    hinted = question("q5", hint={"da": "Hjælp"}, pipes={"x": {"fallback": {"da": "det"}}})
    whole = draft(FOOD, question("m", "matrix", rows=[row], options=YES_NO), group, hinted)
    names = [part.name for part in translating.texts_of(whole)]
    assert names[:3] == ["q1-text", "q1-option-c1", "q1-option-c2"]
    assert {"m-row-m1", "i1-text", "q5-hint", "q5-pipe-x"} <= set(names)
    assert translating.lacking(whole, ["da", "en"]) == {"en": len(names)}
    told = QuestionnaireDraft({**whole.head, "title": {"da": "Spørg"}}, whole.questions)
    assert translating.texts_of(told)[0].name == "title"


def test_a_translation_is_put_in_and_taken_away() -> None:
    english = translating.translated(THREE, "tr", {"q1-text": "Yemek?", "q9-text": "x"})
    assert english.questions[0]["text"]["tr"] == "Yemek?"
    assert "tr" in english.head["languages"]
    assert "tr" not in THREE.questions[0]["text"]
    assert translating.lacks(english.questions[0], ["da", "tr"]) == ["tr"]
    again = translating.translated(english, "tr", {"q1-text": "", "q2-text": ""})
    assert "tr" not in again.questions[0]["text"]

"""A questionnaire as data: what is sound, which page comes next, its words, and reading answers."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.rules.answers import (
    DONT_KNOW,
    NOT_RELEVANT,
    SKIPPED,
    Answer,
    Answers,
    answered,
)
from app.questions.rules.flow import (
    AskedQuestion,
    all_pages,
    next_page,
    not_asked,
    page_before,
    progress,
    route,
)
from app.questions.rules.instrument import Instrument, Question
from app.questions.rules.parsing import read, read_page
from app.questions.rules.readers import Unreadable
from app.questions.rules.soundness import Unsound, missing_translations, read_instrument
from app.questions.rules.types import TRAITS, QuestionType
from app.questions.wording import (
    LONGEST_PIPED,
    Sources,
    language_of,
    mistake_text,
    question_text,
)

DEGREES = [{"value": n, "label": {"da": f"grad {n}", "en": f"degree {n}"}} for n in (2, 1, 0)]
UNSURE = {"state": "dont_know", "label": {"da": "Ved ikke", "en": "Don't know"}}
YES_NO = [
    {"value": "yes", "label": {"da": "Ja", "en": "Yes"}},
    {"value": "no", "label": {"da": "Nej", "en": "No"}},
]
LEFT = {"op": "eq", "q": "still", "v": "no"}
DOCUMENT: dict[str, Any] = {
    "key": "follow",
    "version": 1,
    "languages": ["da", "en"],
    "title": {"da": "Opfølgning", "en": "Follow-up"},
    "intro": {"da": "Hej", "en": "Hello"},
    "thanks": {"da": "Tak", "en": "Thanks"},
    "pages": [
        {
            "questions": [
                {
                    "code": "still",
                    "type": "choice",
                    "text": {"da": "Arbejder du her?", "en": "Do you work here?"},
                    "options": [*YES_NO, UNSURE],
                }
            ]
        },
        {
            "questions": [
                {
                    "code": "left",
                    "type": "long_text",
                    "text": {"da": "Hvorfor ikke?", "en": "Why not?"},
                    "ask_if": LEFT,
                    "end_if": LEFT,
                }
            ]
        },
        {
            "questions": [
                {
                    "code": "own",
                    "type": "group",
                    "over": "goals",
                    "text": {"da": "Dine mål", "en": "Your goals"},
                    "items": [
                        {
                            "code": "attain",
                            "type": "scale",
                            "text": {"da": "Du skrev: {goal}", "en": "You wrote: {goal}"},
                            "pipes": {
                                "goal": {
                                    "item": "goal",
                                    "fallback": {"da": "mål {n}", "en": "goal {n}"},
                                }
                            },
                            "options": [*DEGREES, UNSURE],
                        }
                    ],
                }
            ]
        },
        {
            "questions": [
                {
                    "code": "grid",
                    "type": "matrix",
                    "text": {"da": "Hvor enig er du?", "en": "How far do you agree?"},
                    "rows": [
                        {"code": "trust", "text": {"da": "Tillid", "en": "Trust"}},
                        {"code": "voice", "text": {"da": "Indflydelse"}},
                    ],
                    "options": DEGREES,
                },
                {
                    "code": "why",
                    "type": "short_text",
                    "text": {"da": "Du svarede {still}. Hvorfor?", "en": "You said {still}. Why?"},
                    "pipes": {
                        "still": {"answer": "still", "fallback": {"da": "ikke", "en": "nothing"}}
                    },
                },
            ]
        },
    ],
}


@pytest.fixture
def instrument() -> Instrument:
    """The questionnaire of this file."""
    return read_instrument(DOCUMENT)


def changed(path: str, value: object) -> dict[str, Any]:
    """The document with one thing replaced, or removed if the value is `...`."""
    document = deepcopy(DOCUMENT)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place: Any = document
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


FIRST = "pages/0/questions/0"
ATTAIN = "pages/2/questions/0/items/0"
GRID = "pages/3/questions/0"


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("version", 0, "version"),
        ("secret", 1, "secret"),
        ("pages", [], "pages"),
        ("title", {"en": "Follow-up"}, "title: the Danish"),
        ("title", {"da": "x", "ar": "x"}, "language ar is not listed"),
        (f"{FIRST}/code", "Still!", "code"),
        (f"{FIRST}/code", "attain", "“attain” is used 2 times"),
        (f"{FIRST}/options", [], "options belong"),
        (f"{FIRST}/options", [*YES_NO, YES_NO[0]], "same value"),
        (f"{FIRST}/options", DEGREES, "a choice has codes"),
        (f"{FIRST}/options", [{**UNSURE, "value": "x"}], "either a value or a state"),
        (f"{FIRST}/options", [{"state": "skipped", "label": {"da": "x"}}], "dont_know"),
        (f"{FIRST}/options", [{**YES_NO[0], "alone": True}], "stand alone"),
        (f"{FIRST}/ask_if", LEFT, "no question “still”"),
        (f"{FIRST}/end_if", {"op": "eq", "q": "still", "v": "x"}, "no value 'x'"),
        (f"{FIRST}/rows", [{"code": "a", "text": {"da": "x"}}], "rows belong"),
        (f"{FIRST}/items", [{"code": "a", "type": "date", "text": {"da": "x"}}], "items and what"),
        (f"{FIRST}/text", {"da": "{who}?", "en": "x"}, "placeholder “who”"),
        (f"{ATTAIN}/pipes", {}, "placeholder “goal”"),
        (f"{ATTAIN}/pipes/goal", {"fallback": {"da": "x"}}, "either an answer or an item"),
        (f"{ATTAIN}/ask_if", LEFT, "plain question"),
        (f"{ATTAIN}/type", "matrix", "plain question"),
        (f"{GRID}/options", YES_NO, "a scale has numbers"),
        ("pages/3/questions/1/pipes/still/answer", "later", "no earlier question"),
        ("pages/3/questions/1/pipes/still/fallback", ..., "fallback"),
    ],
)
def test_an_unsound_questionnaire_is_refused_with_the_place(
    path: str, value: object, named: str
) -> None:
    with pytest.raises(Unsound) as refusal:
        read_instrument(changed(path, value))
    assert any(named in flaw for flaw in refusal.value.flaws), refusal.value.flaws


def test_a_group_has_its_page_to_itself() -> None:
    document = deepcopy(DOCUMENT)
    document["pages"][2]["questions"].append(
        {"code": "more", "type": "date", "text": {"da": "Hvornår?", "en": "When?"}}
    )
    with pytest.raises(Unsound, match="page to itself"):
        read_instrument(document)


def test_anything_but_an_object_is_no_questionnaire() -> None:
    for nonsense in (None, [], "x", 7):
        with pytest.raises(Unsound):
            read_instrument(nonsense)


def test_missing_translations_are_listed(instrument: Instrument) -> None:
    assert missing_translations(instrument) == [("voice", "en")]


def test_the_vocabulary_names_every_question_and_group(instrument: Instrument) -> None:
    vocabulary = instrument.vocabulary()
    assert set(vocabulary.questions) == {"still", "left", "trust", "voice", "why"}
    assert vocabulary.groups["own"]["attain"].values == {0, 1, 2}


def way(instrument: Instrument, goals: int = 2, **values: Answer) -> list[str]:
    """The keys of the pages met."""
    return [page.key for page in route(instrument, {"goals": goals}, Answers(values))]


def test_who_left_is_asked_why_and_nothing_more(instrument: Instrument) -> None:
    assert way(instrument, still=answered("no")) == ["still", "left"]


@pytest.mark.parametrize("still", [answered("yes"), DONT_KNOW, SKIPPED])
def test_everyone_else_goes_on_to_each_goal(instrument: Instrument, still: Answer) -> None:
    assert way(instrument, still=still) == ["still", "own-1", "own-2", "grid"]


def test_without_goals_the_group_has_no_page(instrument: Instrument) -> None:
    assert way(instrument, goals=0) == ["still", "grid"]


def test_what_the_branch_left_out_is_not_asked(instrument: Instrument) -> None:
    left_out = not_asked(instrument, {"goals": 1}, Answers({"still": answered("no")}))
    assert left_out == {("attain", 1), ("trust", 0), ("voice", 0), ("why", 0)}


def test_one_goes_on_at_the_first_page_without_a_record(instrument: Instrument) -> None:
    pages = route(instrument, {"goals": 2}, Answers())
    assert next_page(pages, set()) is pages[0]
    after = next_page(pages, {("still", 0), ("attain", 1)})
    assert after is not None
    assert after.key == "own-2"
    done = {place for page in pages for place in page.places}
    assert next_page(pages, done) is None


def test_the_page_before_is_found_and_the_first_has_none(instrument: Instrument) -> None:
    pages = route(instrument, {"goals": 1}, Answers())
    before = page_before(pages, "grid")
    assert before is not None
    assert before.key == "own-1"
    assert page_before(pages, "still") is None
    assert page_before(pages, "gone") is None


def test_progress_rises_along_the_way(instrument: Instrument) -> None:
    pages = all_pages(instrument, {"goals": 1})
    shares = [progress(instrument, {"goals": 1}, page) for page in pages]
    assert shares == [0, 25, 50, 75]


def asked_goal(instrument: Instrument, item: int) -> AskedQuestion:
    """The goal question for one goal."""
    group = instrument.question("own")
    return AskedQuestion(group.items[0], group, item)


def test_a_goal_is_piped_with_its_own_direction(instrument: Instrument) -> None:
    sources = Sources(items={"goals": [{"goal": "Flere  fædre\nmed"}]})
    text = question_text(asked_goal(instrument, 1), instrument, sources, "da")
    assert text == "Du skrev: \u2068Flere fædre med\u2069"


@pytest.mark.parametrize("items", [[], [{"goal": None}], [{"goal": ""}], [{}]])
def test_a_goal_that_may_not_be_shown_has_a_fallback(
    instrument: Instrument, items: list[dict[str, str | None]]
) -> None:
    sources = Sources(items={"goals": items})
    text = question_text(asked_goal(instrument, 1), instrument, sources, "en")
    assert text == "You wrote: goal 1"


def test_a_long_goal_is_shortened(instrument: Instrument) -> None:
    sources = Sources(items={"goals": [{"goal": "x" * 900}]})
    text = question_text(asked_goal(instrument, 1), instrument, sources, "da")
    assert "x" * LONGEST_PIPED + "…" in text
    assert "x" * (LONGEST_PIPED + 1) not in text


def test_an_earlier_answer_is_piped_by_its_label(instrument: Instrument) -> None:
    why = AskedQuestion(instrument.question("why"))
    said = Sources(Answers({"still": answered("yes")}))
    assert question_text(why, instrument, said, "en") == "You said \u2068Yes\u2069. Why?"
    assert question_text(why, instrument, Sources(), "en") == "You said nothing. Why?"


def test_a_half_translated_question_is_shown_whole_in_danish(instrument: Instrument) -> None:
    assert language_of(instrument.question("grid"), "en") == "da"
    assert language_of(instrument.question("still"), "en") == "en"
    assert language_of(instrument.question("still"), "ar") == "da"


def question(kind: str, **parts: Any) -> Question:
    """A question of the kind."""
    return Question.model_validate({"code": "q", "type": kind, "text": {"da": "?"}, **parts})


SEVERAL = [
    {"value": "cafe", "label": {"da": "Café"}},
    {"value": "home", "label": {"da": "Hjemmebesøg"}},
    {"value": "none", "label": {"da": "Ingen af disse"}, "alone": True},
    UNSURE,
]


@pytest.mark.parametrize(
    ("asked", "sent", "expected"),
    [
        (question("choice", options=[*YES_NO, UNSURE]), ["yes"], answered("yes")),
        (question("choice", options=[*YES_NO, UNSURE]), ["-dont_know"], DONT_KNOW),
        (question("scale", options=DEGREES), ["0"], answered(0)),
        (question("scale", options=DEGREES), [], SKIPPED),
        (question("scale", options=DEGREES), ["  "], SKIPPED),
        (question("several", options=SEVERAL), ["home", "cafe"], answered(("cafe", "home"))),
        (question("several", options=SEVERAL), ["none"], answered(("none",))),
        (question("several", options=SEVERAL), ["-dont_know"], DONT_KNOW),
        (question("number"), ["1.200"], answered(1200)),
        (question("number"), ["١٢"], answered(12)),
        (question("number", whole=False), ["2,5"], answered(2.5)),
        (question("date"), ["2010-05-31"], answered("2010-05-31")),
        (question("short_text"), [" Tak \r\nfor alt "], answered("Tak \nfor alt")),
        (question("consent"), ["no"], answered("no")),
    ],
)
def test_what_was_sent_becomes_an_answer(
    asked: Question, sent: list[str], expected: Answer
) -> None:
    assert read(asked, sent) == expected


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        (question("choice", options=YES_NO), ["maybe"]),
        (question("choice", options=YES_NO), ["yes", "no"]),
        (question("choice", options=YES_NO, required=True), []),
        (question("scale", options=DEGREES), ["2.0"]),
        (question("several", options=SEVERAL), ["none", "cafe"]),
        (question("several", options=SEVERAL), ["gone"]),
        (question("number"), ["many"]),
        (question("number"), ["2,5"]),
        (question("number"), ["1e5"]),
        (question("number"), ["nan"]),
        (question("number", low=1), ["0"]),
        (question("number", high=9), ["10"]),
        (question("date"), ["31/5"]),
        (question("short_text"), ["x" * 201]),
        (question("long_text"), ["x" * 4001]),
        (question("long_text"), ["a\x00b"]),
        (question("long_text"), ["a\ud800b"]),
        (question("long_text"), ["Hun hedder 010203-1234"]),
        (question("consent"), ["perhaps"]),
    ],
)
def test_what_is_no_answer_is_refused(asked: Question, sent: list[str]) -> None:
    with pytest.raises(Unreadable):
        read(asked, sent)


@pytest.mark.parametrize("text", ["ring 12345678", "310299 personer", "9999991234"])
def test_other_numbers_are_not_taken_for_a_cpr_number(text: str) -> None:
    assert read(question("long_text"), [text]) == answered(text)


def test_a_page_is_read_field_by_field(instrument: Instrument) -> None:
    page = all_pages(instrument, {"goals": 0})[-1]
    read = read_page(page.asked, {"trust": ["2"], "voice": ["7"], "smuggled": ["x"]})
    assert read.answers == {("trust", 0): answered(2), ("why", 0): SKIPPED}
    assert list(read.errors) == ["voice"]


@given(sent=st.lists(st.text(max_size=30), max_size=3), kind=st.sampled_from(list(range(6))))
def test_reading_answers_or_refuses_and_nothing_else(sent: list[str], kind: int) -> None:
    questions = [
        question("choice", options=YES_NO),
        question("several", options=SEVERAL),
        question("number", whole=False),
        question("date"),
        question("long_text"),
        question("consent"),
    ]
    try:
        read(questions[kind], sent)
    except Unreadable as unreadable:
        assert mistake_text(unreadable)


def test_not_relevant_is_a_state_of_its_own() -> None:
    options = [*DEGREES, {"state": "not_relevant", "label": {"da": "Ikke relevant"}}]
    assert read(question("scale", options=options), ["-not_relevant"]) is not DONT_KNOW
    assert read(question("scale", options=options), ["-not_relevant"]) == NOT_RELEVANT


def test_fields_of_a_page_are_named_by_code_and_item(instrument: Instrument) -> None:
    pages = all_pages(instrument, {"goals": 2})
    assert [one.name for page in pages[:4] for one in page.asked] == [
        "still",
        "left",
        "attain-1",
        "attain-2",
    ]


def test_a_group_itself_takes_no_answer() -> None:
    goal = {"code": "goal", "type": "short_text", "text": {"da": "Mål"}}
    with pytest.raises(Unreadable, match="not_offered"):
        read(question("group", over="goals", items=(goal,)), ["et mål"])


def test_every_type_of_question_is_described() -> None:
    assert set(TRAITS) == set(QuestionType)


def test_the_codes_of_a_group_are_its_items(instrument: Instrument) -> None:
    assert instrument.question("own").codes == ("attain",)


def test_hints_are_translated_and_listed_as_missing() -> None:
    hinted = read_instrument(changed(f"{FIRST}/hint", {"da": "Lønnet eller frivilligt"}))
    assert ("still (hint)", "en") in missing_translations(hinted)
    assert language_of(hinted.question("still"), "en") == "da"

"""The question sets that ship: sound, whole in three languages, and as the indicators need them."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import COPENHAGEN
from app.questions.rules.answers import DONT_KNOW, SKIPPED, Answer, Answers, answered
from app.questions.rules.flow import AnswerPlace, all_pages, next_page, not_asked, route
from app.questions.rules.instrument import Instrument
from app.questions.rules.parsing import read
from app.questions.rules.soundness import missing_translations, read_instrument
from app.questions.rules.storing import Stored, gathered, restored, sent_by, stored
from app.surveys import rules
from app.surveys.rules import Disposition, LinkStanding

SETS = Path(__file__).parents[2] / "app" / "surveys" / "sets"
KEYS = sorted(path.stem for path in SETS.glob("*.json"))


def shipped(key: str) -> Instrument:
    """A question set of the house."""
    document = json.loads((SETS / f"{key}.json").read_text("utf-8"))
    document.pop("survey", None)
    return read_instrument(document)


@pytest.mark.parametrize("key", KEYS)
def test_every_set_is_sound_and_whole_in_danish_english_and_arabic(key: str) -> None:
    instrument = shipped(key)
    assert instrument.key == key
    assert instrument.languages == ("da", "en", "ar")
    assert missing_translations(instrument) == []


def test_the_follow_up_ends_for_those_who_left() -> None:
    left = Answers({"still_working": answered("no")})
    keys = [page.key for page in route(shipped("fd_followup"), {"goals": 3}, left)]
    assert keys == ["still_working", "left_reason"]


@pytest.mark.parametrize("still", [answered("yes"), DONT_KNOW])
def test_the_follow_up_asks_about_each_goal(still: object) -> None:
    answers = Answers({"still_working": still})  # type: ignore[dict-item]
    keys = [page.key for page in route(shipped("fd_followup"), {"goals": 2}, answers)]
    assert keys[:4] == ["still_working", "own_goals-1", "own_goals-2", "hinder"]
    assert keys[-1] == "comment"
    assert "left_reason" not in keys


def test_improvement_is_asked_of_those_who_used_the_tools() -> None:
    instrument = shipped("advice_followup")
    used = route(instrument, {}, Answers({"tools": answered("yes")}))
    unused = route(instrument, {}, Answers({"tools": answered("no")}))
    assert "improve" in [page.key for page in used]
    assert "improve" not in [page.key for page in unused]


def test_the_goal_scale_keeps_its_numbers() -> None:
    options = shipped("fd_followup").question("own_goals").items[0].options
    labels = {option.sent: option.label["da"] for option in options}
    assert labels["2"] == "I et vist omfang"
    assert labels["-not_relevant"] == "Målet er ikke længere relevant"
    assert labels["-dont_know"] == "Ved ikke"


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("day_")])
def test_the_sets_of_international_day_are_short(key: str) -> None:
    assert len(list(shipped(key).questions())) <= 6


FOLLOW_UP = shipped("fd_followup")
PARTS = {
    code: part
    for one in FOLLOW_UP.questions()
    for part in (one.items or (one,))
    for code in part.codes
}


def any_answer(data: st.DataObject, place: AnswerPlace) -> Answer:
    """Skipped, or one of the options, or some words."""
    part = PARTS[place[0]]
    options = [option.answer for option in part.options if not isinstance(option.value, str)]
    choices = [answered(o.value) for o in part.options if isinstance(o.value, str)]
    if part.type == "several":
        choices = [answered((str(o.value),)) for o in part.options]
    return data.draw(
        st.sampled_from([SKIPPED, *options, *choices, *([] if part.options else [answered("ord")])])
    )


@given(goals=st.integers(0, 3), data=st.data())
def test_every_way_ends_and_leaves_no_question_without_a_state(
    goals: int, data: st.DataObject
) -> None:
    counts, rows = {"goals": goals}, dict[AnswerPlace, Stored]()
    for _ in range(30):
        page = next_page(route(FOLLOW_UP, counts, gathered(FOLLOW_UP, rows)), rows.keys())
        if page is None:
            break
        rows |= {place: stored(any_answer(data, place)) for place in page.places}
    assert page is None
    left_out = not_asked(FOLLOW_UP, counts, gathered(FOLLOW_UP, rows))
    possible = {place for one in all_pages(FOLLOW_UP, counts) for place in one.places}
    assert rows.keys() | left_out == possible
    assert not rows.keys() & left_out


@given(data=st.data(), code=st.sampled_from(sorted(PARTS)))
def test_an_answer_stored_and_sent_again_is_the_same(data: st.DataObject, code: str) -> None:
    answer = any_answer(data, (code, 0))
    part = PARTS[code]
    assert restored(stored(answer), part.type == "several") == answer
    assert read(part, sent_by(part, answer)) == answer


NINE_IN_SUMMER = datetime(2010, 8, 15, 7, tzinfo=UTC)


def test_the_day_is_counted_in_copenhagen_and_the_hour_is_nine_all_year() -> None:
    late_in_winter = datetime(2010, 2, 15, 23, 30, tzinfo=UTC)
    assert rules.due_at(late_in_winter, 180) == NINE_IN_SUMMER
    assert rules.at_nine(date(2010, 12, 1)).astimezone(UTC).hour == 8


@pytest.mark.parametrize(
    ("reminded", "reminders", "due"),
    [(None, 0, 7), (8, 1, 15), (7, 1, 14), (14, 2, None)],
)
def test_reminders_fall_due_a_week_apart(
    reminded: int | None, reminders: int, due: int | None
) -> None:
    sent = NINE_IN_SUMMER
    before = None if reminded is None else sent + timedelta(days=reminded)
    expected = None if due is None else sent + timedelta(days=due)
    assert rules.reminder_due(sent, before, reminders) == expected


def test_the_closing_day_itself_still_counts() -> None:
    evening = datetime(2011, 6, 30, 23, 59, tzinfo=COPENHAGEN)
    assert not rules.is_over(date(2011, 6, 30), evening)
    assert rules.is_over(date(2011, 6, 30), evening + timedelta(minutes=2))
    assert rules.last_day(date(2010, 12, 31), 180) == date(2011, 7, 27)


def test_the_response_rate_is_of_all_who_were_asked() -> None:
    counts = {
        Disposition.PLANNED: 9,
        Disposition.COMPLETE: 150,
        Disposition.PARTIAL: 4,
        Disposition.REFUSED: 3,
        Disposition.BOUNCED: 4,
        Disposition.SENT: 41,
    }
    assert rules.invited(counts) == 202
    assert rules.response_percent(counts) == 74
    assert rules.response_percent({Disposition.PLANNED: 9}) is None


@pytest.mark.parametrize(
    ("disposition", "over", "begun", "shown"),
    [
        (Disposition.SENT, False, False, LinkStanding.WAITING),
        (Disposition.BOUNCED, False, False, LinkStanding.WAITING),
        (Disposition.PARTIAL, False, True, LinkStanding.BEGUN),
        (Disposition.REFUSED, False, True, LinkStanding.REFUSED),
        (Disposition.REFUSED, True, True, LinkStanding.CLOSED),
        (Disposition.PARTIAL, True, True, LinkStanding.CLOSED),
        (Disposition.COMPLETE, True, True, LinkStanding.COMPLETE),
    ],
)
def test_what_a_link_shows(
    disposition: Disposition, over: bool, begun: bool, shown: LinkStanding
) -> None:
    assert rules.standing(disposition, over, begun) is shown

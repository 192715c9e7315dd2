"""The question sets that ship: sound, whole in three languages, and as the indicators need them."""

import json
from pathlib import Path

import pytest

from app.questions.rules.answers import DONT_KNOW, Answers, answered
from app.questions.rules.flow import route
from app.questions.rules.instrument import Instrument
from app.questions.rules.soundness import missing_translations, read_instrument

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
    keys = [stop.key for stop in route(shipped("fd_followup"), {"goals": 3}, left)]
    assert keys == ["still_working", "left_reason"]


@pytest.mark.parametrize("still", [answered("yes"), DONT_KNOW])
def test_the_follow_up_asks_about_each_goal(still: object) -> None:
    answers = Answers({"still_working": still})  # type: ignore[dict-item]
    keys = [stop.key for stop in route(shipped("fd_followup"), {"goals": 2}, answers)]
    assert keys[:4] == ["still_working", "own_goals-1", "own_goals-2", "hinder"]
    assert keys[-1] == "comment"
    assert "left_reason" not in keys


def test_improvement_is_asked_of_those_who_used_the_tools() -> None:
    instrument = shipped("advice_followup")
    used = route(instrument, {}, Answers({"tools": answered("yes")}))
    unused = route(instrument, {}, Answers({"tools": answered("no")}))
    assert "improve" in [stop.key for stop in used]
    assert "improve" not in [stop.key for stop in unused]


def test_the_goal_scale_keeps_its_numbers() -> None:
    options = shipped("fd_followup").question("own_goals").items[0].options
    labels = {option.sent: option.label["da"] for option in options}
    assert labels["2"] == "I et vist omfang"
    assert labels["-not_relevant"] == "Målet er ikke længere relevant"
    assert labels["-dont_know"] == "Ved ikke"


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("day_")])
def test_the_sets_of_international_day_are_short(key: str) -> None:
    assert len(list(shipped(key).questions())) <= 6

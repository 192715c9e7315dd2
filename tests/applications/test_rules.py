"""How an application moves from state to state."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications import refusals
from app.applications.rules import moves, states
from app.applications.rules.answers import (
    Needs,
    changes,
    kept_values,
    needs_from,
    without_contact,
    written_again,
)
from app.applications.rules.states import State, Verb
from app.core import merging

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FESTIVAL = datetime(2026, 8, 22, 10, tzinfo=UTC)


def test_application_goes_from_submitted_to_confirmed():
    accepted = moves.moved(State.SUBMITTED, Verb.ACCEPT)
    assert accepted == State.ACCEPTED
    assert moves.moved(accepted, Verb.CONFIRM) == State.CONFIRMED


def test_question_is_asked_and_answered_without_losing_the_place():
    asked = moves.moved(State.SUBMITTED, Verb.ASK)
    assert asked == State.ASKED
    assert moves.moved(asked, Verb.ANSWER) == State.SUBMITTED


def test_confirming_twice_is_the_same_as_once():
    assert moves.moved(State.CONFIRMED, Verb.CONFIRM) == State.CONFIRMED


def test_draft_cannot_be_decided():
    assert moves.moved(State.DRAFT, Verb.ACCEPT) is None


@pytest.mark.parametrize("ended", sorted(states.ENDED))
@pytest.mark.parametrize("verb", list(Verb))
def test_nothing_happens_to_an_application_that_has_ended(ended, verb):
    assert not moves.possible(ended, verb)


def test_accepted_place_is_not_declined_but_cancelled():
    assert not moves.possible(State.ACCEPTED, Verb.DECLINE)
    assert moves.moved(State.CONFIRMED, Verb.CANCEL) == State.CANCELLED


@given(st.lists(st.sampled_from(list(Verb)), max_size=12))
def test_every_verb_leads_to_a_known_state(verbs):
    state = State.SUBMITTED
    for verb in verbs:
        if moves.possible(state, verb):
            state = moves.moved(state, verb)
    assert state in set(State) - {State.DRAFT}


def test_submission_in_the_open_window_is_submitted():
    assert moves.entry("open", True) == moves.FirstState(State.SUBMITTED)


def test_late_submission_waits_by_itself():
    taken = moves.entry("late", True)
    assert taken == moves.FirstState(State.WAITLISTED, states.StateReason.LATE)


def test_late_submission_without_a_waiting_list_is_refused():
    assert moves.entry("late", False) is moves.Shut.CLOSED


def test_submission_after_shutdown_is_refused_with_the_day():
    assert moves.entry("closed", True) is moves.Shut.CLOSED
    refused = refusals.shut_out(moves.Shut.CLOSED, "1. maj", "1. juni")
    assert isinstance(refused, refusals.ApplicationsClosed)
    assert refused.facts == {"day": "1. juni"}


def test_submission_before_the_window_opens_is_refused_with_the_day():
    assert moves.entry("before", True) is moves.Shut.NOT_YET
    refused = refusals.shut_out(moves.Shut.NOT_YET, "1. maj", "1. juni")
    assert isinstance(refused, refusals.NotOpenYet)
    assert refused.facts == {"day": "1. maj"}


def test_place_is_confirmed_within_two_weeks():
    assert moves.confirm_by(NOW, FESTIVAL) == NOW + timedelta(days=14)


def test_place_given_late_is_confirmed_the_day_before_the_event():
    late = FESTIVAL - timedelta(days=5)
    assert moves.confirm_by(late, FESTIVAL) == FESTIVAL - timedelta(days=1)


def test_deadline_for_confirming_is_never_in_the_past():
    eve = FESTIVAL - timedelta(hours=3)
    assert moves.confirm_by(eve, FESTIVAL) == eve


def test_place_lapses_after_the_deadline_and_not_in_its_second():
    assert not moves.lapsed(State.ACCEPTED, NOW, NOW)
    assert moves.lapsed(State.ACCEPTED, NOW, NOW + timedelta(seconds=1))


def test_confirmed_place_never_lapses():
    assert not moves.lapsed(State.CONFIRMED, NOW, NOW + timedelta(days=99))
    assert not moves.lapsed(State.ACCEPTED, None, NOW)


def test_editing_is_open_until_the_event_begins():
    assert moves.may_edit(State.CONFIRMED, NOW, FESTIVAL)
    assert not moves.may_edit(State.CONFIRMED, FESTIVAL, FESTIVAL)
    assert not moves.may_edit(State.DECLINED, NOW, FESTIVAL)


def test_needs_are_read_from_the_answers_of_any_role():
    answers = {"power_amp": "16", "phases": 3, "water": "yes", "gas": False, "menu": "Falafel"}
    assert needs_from(answers) == Needs(16, 3, True, False, None)


def test_needs_without_answers_are_the_defaults():
    assert needs_from({"power_amp": ""}) == Needs()


def test_changes_name_what_differs_and_what_went():
    before = {"power_amp": 10, "menu": "Falafel", "guests": 3}
    after = {"power_amp": 16, "menu": "Falafel", "water": True}
    assert changes(before, after) == ["power_amp", "water", "guests"]


def test_average_score_of_nobody_is_none():
    assert moves.average([]) is None
    assert moves.average([4, 5]) == 4.5


def test_checked_answers_can_be_written_again_as_a_form_sends_them():
    details = {
        "sign": "Skilt",
        "days": ["fri", "sat"],
        "water": True,
        "gas": False,
        "helpers": None,
    }
    assert written_again({**details, "power_amp": 0}) == {
        "sign": ["Skilt"],
        "days": ["fri", "sat"],
        "water": ["yes"],
        "gas": [],
        "power_amp": ["0"],
    }


def test_draft_keeps_fields_that_were_not_sent():
    assert kept_values({"a": ["1"], "b": ["2"]}, {"b": ["3"]}) == {"a": ["1"], "b": ["3"]}


def test_contact_is_taken_away_whatever_the_shape_of_the_answers():
    checked = {"contact_name": "Amal  YUSUF", "contact_phone": "1", "sign": "Skilt"}
    raw = {name: [value] for name, value in checked.items()}
    assert without_contact(checked, "amal yusuf") == {"sign": "Skilt"}
    assert without_contact(raw, "amal yusuf") == {"sign": ["Skilt"]}
    assert without_contact({"contact_name": []}, "amal yusuf") is None


def marked(**values: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in values.items()}


@pytest.mark.parametrize(
    ("seen", "now", "typed", "kept", "clashes"),
    [
        ("a", "a", "b", "b", []),
        ("a", "b", "a", None, []),
        ("a", "b", "b", "b", []),
        ("a", "b", "c", None, ["sign"]),
        ("", "b", "c", None, ["sign"]),
        ("a", "", "c", None, ["sign"]),
        ("a\r\nx", "a\nx", "c", "c", []),
    ],
)
def test_an_older_page_overwrites_nothing_newer(
    seen: str, now: str, typed: str, kept: str | None, clashes: list[str]
) -> None:
    marks = merging.marks(["sign"], marked(sign=seen))
    merged = merging.merge(marked(sign=now), marked(sign=typed), marks)
    assert merged.kept == ({} if kept is None else marked(sign=kept))
    assert merged.clashes == clashes


def test_a_page_without_marks_has_seen_everything() -> None:
    merged = merging.merge(marked(sign="b"), marked(sign="c"), "")
    assert (merged.kept, merged.clashes) == (marked(sign="c"), [])


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.text(max_size=5), max_size=2)))
def test_what_was_seen_last_may_be_written_over(values: dict[str, list[str]]) -> None:
    typed = {name: ["nyt"] for name in values}
    assert merging.merge(values, typed, merging.marks(list(values), values)).kept == typed

"""What a phone counted, scanned and knows by name, on its own modules with a small server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.checkin.test_twin import SCRIPTS, node

PROGRAM = Path(__file__).with_name("delivering.mjs")
QUARTERS = 192


@pytest.fixture(scope="module")
def came() -> Any:
    """How each scene of the program ended, by its name."""
    command = [node(), str(PROGRAM), str(SCRIPTS)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_counter_goes_on_once_from_what_the_server_has(came: Any) -> None:
    assert came["twoSendsAtOnce"] == [[102, 0], False]
    assert came["anAnswerLost"] == [[5, 0], 5]


def test_counts_of_an_earlier_pairing_go_with_its_token(came: Any) -> None:
    told = came["countsOfAnEarlierPairing"]
    assert told["held"] == ["1", "2", "3"], "a token was forgotten while its counts were unsent"
    assert told["stood"] == {"before A": [4, 0], "now A": [4, 0]}
    assert [one[:3] for one in told["told"]] == [
        ["gone", 0, 0],
        *(["before", 0, 0], ["before", 4, 0]),
        *(["now", 0, 0], ["now", 4, 0]),
    ]
    assert told["heard"] is None, "the people inside are those of another event"
    assert told["after"] == []


def test_what_was_counted_without_network_stands_in_its_quarter(came: Any) -> None:
    told = came["quartersOffline"]
    lost = [12, 1, "12:15"]
    assert told["offline"] == [[0, 0, "12:01"], [12, 0, "12:01"], lost, lost, [15, 1, "13:00"]]
    assert (told["kept"], told["sent"]) == (QUARTERS, QUARTERS)
    assert told["stood"] == [255, 1]


def test_the_alarm_begins_where_the_server_says(came: Any) -> None:
    unheard, *heard = came["alarms"]
    near, below, unsaid, unlimited = (heard[at : at + 3] for at in range(0, 12, 3))
    assert unheard is False
    assert near == [True, False, True]
    assert below == [False, False, True]
    assert unsaid == unlimited == [False, False, False]


def test_what_waits_is_filed_and_delivered_by_pairing(came: Any) -> None:
    told = came["filesOfEachPairing"]
    assert told["files"] == [
        ["North", "10", "1", ["1"], ["3"]],
        ["Main", "20", "2", ["2"], []],
    ]
    assert (told["stays"], told["left"]) == (["1", "3"], [])
    assert told["clock"] == {"offset_ms": 1500, "before": "earlier", "after": None}


def test_each_press_saves_one_file_and_says_whether_another_follows(came: Any) -> None:
    first, second = "file_name-Nord-1-1-now.json", "file_name-B-2-now.json"
    told = came["filesOneByOne"]
    assert told["names"] == [first, second, first, "file_name-B-now.json"]
    rounds = ["saved_next 1 2", "saved_last 2 2", "saved_next 1 2"]
    assert told["told"] == [*rounds, "saved_one 1 1", "nothing_unsent"]


def test_names_are_forgotten_when_they_expire_though_nothing_else_happens(came: Any) -> None:
    told = came["namesThatExpire"]
    assert (told["opened"], told["before"]) == (True, ["Bo Lund", 1])
    assert (told["after"], told["kept"]) == ([None, None], False)
    assert told["word"] == ["none", False], "closed as they are they go too"

"""Of a group some may come: how many did is a number of its own, whatever the ticket is for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.checkin.models import QuarantinedScan, Scan
from app.checkin.queries.attendance import attendance
from app.checkin.queries.conflicts import conflicts
from app.checkin.queries.counts import counts
from app.checkin.queries.overrides import overrides
from app.checkin.rules.folding import folded
from app.checkin.rules.moves import Move, ScanKind
from app.core import clock
from app.core.database import db
from app.core.timetravel import at as moment
from app.devices.rules.doors import Entries, EntryRule
from app.door.queries.overview import view
from app.workshops.models import Admission
from app.workshops.rules.arrivals import DoorEntry, by_gate
from tests.checkin.making import NOON, Made, at, deliver, offline, scan, verdicts, workshop
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")

Counting = Callable[[], AbstractContextManager[Statements]]
ONCE = EntryRule()


def figures(made: Made) -> tuple[int, int, int, dict[str, int]]:
    """Expected, arrived, inside and by gate; the board and the lead's page agree."""
    db.session.rollback()
    found = counts(made.event.id)
    seen = view(made.event.slug, 0, clock.now())
    assert (seen.watched.expected, seen.arrived, seen.inside) == (
        found.expected,
        found.arrived,
        found.inside,
    )
    assert seen.by_gate == found.by_gate
    assert seen.arrived + seen.missing == seen.watched.expected
    return found.expected, found.arrived, found.inside, found.by_gate


def told(answer: dict[str, Any]) -> tuple[Any, ...]:
    """The verdict, how many are in, and how many of them by this scan."""
    return answer["verdict"], answer.get("came"), answer.get("admits")


def a_group(seats: int = 5) -> Made:
    """One ticket for several."""
    return workshop(names=("Amina Yusuf",), seats=seats)


def test_a_scan_that_says_nothing_of_it_admits_all_that_remain() -> None:
    made = a_group()
    (answer,) = deliver(made, "A", scan("s1", made.codes[0]))
    assert told(answer) == ("admitted", 5, 5)
    (answer,) = deliver(made, "B", scan("s2", made.codes[0], gate="B"))
    assert told(answer) == ("already", 5, 0)
    assert answer["first"]["gate"] == "A"
    assert figures(made) == (5, 5, 5, {"A": 5, "B": 0, "C": 0})


def test_three_of_five_come_and_the_others_follow_at_another_gate() -> None:
    made = a_group()
    answers = [
        *deliver(made, "A", scan("s1", made.codes[0], admits=3)),
        *deliver(made, "B", scan("s2", made.codes[0], gate="B", admits=1)),
        *deliver(made, "B", scan("s3", made.codes[0], gate="B")),
        *deliver(made, "A", scan("s4", made.codes[0])),
    ]
    assert [told(answer) for answer in answers] == [
        ("admitted", 3, 3),
        ("admitted", 4, 1),
        ("admitted", 5, 1),
        ("already", 5, 0),
    ]
    assert figures(made) == (5, 5, 5, {"A": 3, "B": 2, "C": 0})


def test_who_has_not_come_of_a_group_is_not_yet_there() -> None:
    made = a_group()
    deliver(made, "A", scan("s1", made.codes[0], admits=3))
    assert figures(made) == (5, 3, 3, {"A": 3, "B": 0, "C": 0})
    assert [visit.admitted for visit in attendance([made.event.id])] == [3]


def test_more_than_remain_are_let_in_only_as_far_as_the_ticket_goes() -> None:
    made = a_group()
    answers = deliver(
        made, "A", scan("s1", made.codes[0], admits=4), scan("s2", made.codes[0], admits=4)
    )
    assert [told(answer) for answer in answers] == [("admitted", 4, 4), ("admitted", 5, 1)]
    assert figures(made)[1] == 5


def test_a_single_ticket_is_answered_as_ever() -> None:
    made = workshop(names=("Amina Yusuf",))
    with moment(NOON):
        (answer,) = deliver(made, "A", scan("s1", made.codes[0], admits=1))
    assert answer == {"id": "s1", "stored": True, "verdict": "admitted", "name": "Amina Yusuf"}


def test_a_group_leaves_and_returns_as_a_whole() -> None:
    made = a_group()
    code = made.codes[0]
    deliver(made, "A", offline("s1", code, "12:00", admits=3))
    deliver(made, "A", offline("s2", code, "12:05", "exit"))
    assert figures(made)[:3] == (5, 3, 0)
    (answer,) = deliver(made, "B", offline("s3", code, "12:10", gate="B"))
    assert told(answer) == ("admitted", 3, 0)
    assert figures(made) == (5, 3, 3, {"A": 3, "B": 0, "C": 0})
    (answer,) = deliver(made, "B", offline("s4", code, "12:20", gate="B"))
    assert told(answer) == ("admitted", 5, 2)
    assert figures(made) == (5, 5, 5, {"A": 3, "B": 2, "C": 0})


def test_an_undo_takes_back_whom_that_scan_let_in_and_no_others() -> None:
    made = a_group()
    deliver(made, "A", scan("s1", made.codes[0], admits=3), scan("s2", made.codes[0], admits=1))
    deliver(made, "A", scan("s3", made.codes[0], "annul", annuls="s1"))
    assert figures(made)[:3] == (5, 1, 1)
    deliver(made, "A", scan("s4", made.codes[0], "annul", annuls="s2"))
    assert figures(made)[:3] == (5, 0, 0)


def test_how_many_may_be_told_after_the_scan_itself() -> None:
    """The phone asks while it shows green; what it hears comes as a later word of the same scan."""
    made = a_group()
    deliver(made, "A", scan("s1", made.codes[0]))
    assert figures(made)[1] == 5
    later = scan("s1", made.codes[0], offline=True, shown="green", admits=3)
    (answer,) = deliver(made, "A", later)
    assert told(answer) == ("admitted", 3, 3)
    # Once more, and once more without the word.
    deliver(made, "A", later, scan("s1", made.codes[0]), offline("s1", made.codes[0], "12:00"))
    assert figures(made)[1] == 3
    assert len(db.session.scalars(select(Scan)).all()) == 1


def test_the_excess_of_two_phones_without_network_is_a_conflict() -> None:
    made = a_group()
    deliver(made, "A", offline("s1", made.codes[0], "12:00", admits=3))
    deliver(made, "B", offline("s2", made.codes[0], "12:10", gate="B", admits=4))
    assert figures(made)[:3] == (5, 5, 5)
    (pair,) = conflicts(made.event.id, only_new=True).rows
    assert (pair.first.gate, pair.other.gate, pair.minutes, pair.excess) == ("A", "B", 10, 2)
    # It is told once: not among those let in against the rules as well.
    assert overrides(made.event.id, only_new=True).rows == []


def test_two_parts_of_a_group_at_two_phones_without_network_are_no_conflict() -> None:
    made = a_group()
    deliver(made, "B", offline("s2", made.codes[0], "12:10", gate="B", admits=2))
    deliver(made, "A", offline("s1", made.codes[0], "12:00", admits=3))
    assert figures(made) == (5, 5, 5, {"A": 3, "B": 2, "C": 0})
    assert conflicts(made.event.id, only_new=True).rows == []
    assert overrides(made.event.id, only_new=True).rows == []


def test_who_was_told_to_be_too_many_is_not_once_the_first_are_told_to_be_fewer() -> None:
    made = a_group()
    first = offline("s1", made.codes[0], "12:00")
    deliver(made, "A", first)
    deliver(made, "B", offline("s2", made.codes[0], "12:10", gate="B", admits=2))
    assert [pair.excess for pair in conflicts(made.event.id, only_new=True).rows] == [2]
    deliver(made, "A", {**first, "admits": 3})
    assert conflicts(made.event.id, only_new=True).rows == []
    assert overrides(made.event.id, only_new=True).rows == []
    assert figures(made)[1] == 5


@pytest.mark.parametrize("wrong", [0, -1, 51, 2.5, "3", True, [2], {}])
def test_what_is_no_number_of_people_lies_in_quarantine(wrong: object) -> None:
    made = a_group()
    answers = deliver(made, "A", scan("s1", made.codes[0], admits=wrong))
    assert verdicts(answers) == ["quarantined"]
    assert db.session.scalars(select(QuarantinedScan.reason)).all() == ["admits"]


def test_a_number_beside_an_exit_says_nothing() -> None:
    made = a_group()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    answers = deliver(made, "A", offline("s2", made.codes[0], "12:05", "exit", admits=0))
    assert verdicts(answers) == ["exit"]
    assert figures(made)[:3] == (5, 5, 0)


def test_a_part_of_a_group_takes_no_more_statements_than_any_scan(statements: Counting) -> None:
    made = a_group()
    deliver(made, "A", scan("s1", made.codes[0], admits=2))
    with statements() as seen:
        answers = deliver(made, "A", scan("s2", made.codes[0], admits=2))
    assert [told(answer) for answer in answers] == [("admitted", 4, 2)]
    assert len(seen) == 5, str(seen)


def entry(number: int, admits: int | None, seats: int) -> Move:
    """The entry of one phone of three, a minute after the one before."""
    time = number * 60_000
    return Move(f"s{number}", str(number % 3), "A", ScanKind.ENTRY, time, True, None, admits, seats)


parts = st.lists(st.one_of(st.none(), st.integers(1, 9)), min_size=1, max_size=8)


@given(st.integers(2, 9), parts, st.randoms(use_true_random=False), st.integers(0, 255))
def test_admitted_is_the_sum_of_what_stands_and_at_most_the_seats(
    seats: int, admits: list[int | None], chance: Random, undone: int
) -> None:
    """In any order, split and retry."""
    entries = [entry(number, one, seats) for number, one in enumerate(admits)]
    annulled = [one for number, one in enumerate(entries) if undone >> number & 1]
    undos = [
        Move(f"u{one.id}", "9", "B", ScanKind.ANNUL, 0, annuls=one.id, seats=seats)
        for one in annulled
    ]
    sent = entries + undos
    sent += chance.choices(sent, k=3)
    chance.shuffle(sent)
    standing = [one for one in entries if one not in annulled]
    right = min(seats, sum(one.admits or seats for one in standing))
    found = folded(sent, ONCE)
    assert sum(one.admits for one in found.admissions) == right
    assert found == folded(entries + undos, ONCE)


@given(parts)
def test_the_excess_is_what_does_not_fit(admits: list[int | None]) -> None:
    entries = [entry(number, one, 5) for number, one in enumerate(admits)]
    found = folded(entries, ONCE)
    let_in = sum(one.admits for one in found.admissions)
    too_many = sum(pair.excess for pair in found.conflicts)
    assert let_in + too_many <= sum(min(one or 5, 5) for one in admits)
    assert let_in == 5 or not too_many


def test_of_several_days_the_fullest_counts() -> None:
    days = [(0, 3), (1, 2), (2, 4)]
    arrivals = [
        DoorEntry(clock.now().replace(minute=day), f"s{day}", "AB"[day % 2], 0, day * 1000, came, 5)
        for day, came in days
    ]
    assert by_gate(arrivals) == {"A": 4}


def test_each_day_a_group_may_come_anew_in_parts() -> None:
    rule = EntryRule(entries=Entries.DAILY)
    day = 86_400_000
    moves = [
        Move("s1", "1", "A", ScanKind.ENTRY, 0, admits=3, seats=5),
        Move("s2", "1", "A", ScanKind.ENTRY, 60_000, admits=2, seats=5),
        Move("s3", "1", "A", ScanKind.ENTRY, day, admits=4, seats=5),
    ]
    found = folded(moves, rule)
    assert [(one.winner.id, one.admits) for one in found.admissions] == [
        ("s1", 3),
        ("s2", 2),
        ("s3", 4),
    ]


def test_the_rows_say_how_many_of_how_many_came() -> None:
    made = a_group()
    deliver(made, "A", scan("s1", made.codes[0], at=at("12:00"), admits=2))
    rows = db.session.execute(select(Admission.number, Admission.admits, Admission.seats)).all()
    assert [tuple(row) for row in rows] == [(0, 2, 5)]

"""The rules of the door: every case of the file, and what holds for any set of scans."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checkin.rules.folding import folded, living
from app.checkin.rules.intake import Circumstances, canonical, id_to_answer, read_item
from app.checkin.rules.moves import Move, ScanKind
from app.checkin.rules.verdicts import RuledTicket, verdict
from app.devices.rules.doors import Door, Entries, EntryRule
from app.devices.rules.moments import NoScan, moment_of
from tests.checkin.casebook import Case, answer_to, cases

RULES = [EntryRule(entries, reentry) for entries in Entries for reentry in (True, False)]

moves = st.builds(
    Move,
    id=st.sampled_from([f"s{n}" for n in range(12)]),
    device=st.sampled_from(["1", "2", "10"]),
    gate=st.sampled_from(["A", "B"]),
    kind=st.sampled_from(list(ScanKind)),
    time=st.integers(0, 4 * 86_400_000),
    green=st.booleans(),
    annuls=st.sampled_from([None, *(f"s{n}" for n in range(12))]),
    admits=st.none(),
    seats=st.just(1),
)
histories = st.lists(moves, max_size=20, unique_by=lambda move: move.id)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_the_rules_answer_the_case(case: Case) -> None:
    assert answer_to(case) == case["expect"]


def test_the_case_file_has_at_least_150_cases_each_with_its_own_name() -> None:
    names = {case["name"] for case in cases()}
    assert len(names) == len(cases()) >= 150


@given(histories, st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_order_and_duplicates_make_no_difference(
    history: list[Move], rule: EntryRule, chance: random.Random
) -> None:
    shuffled = [*history, *chance.choices(history, k=5)] if history else []
    chance.shuffle(shuffled)
    assert folded(shuffled, rule) == folded(history, rule)


@given(histories, st.sampled_from(RULES))
def test_each_epoch_has_one_admission_and_it_is_its_earliest_entry(
    history: list[Move], rule: EntryRule
) -> None:
    found = folded(history, rule)
    assert len({one.epoch for one in found.admissions}) == len(found.admissions)
    for pair in found.conflicts:
        assert pair.first.place < pair.other.place
        assert pair.first.device != pair.other.device


@given(histories, moves, st.sampled_from(RULES))
def test_an_entry_the_rules_admit_never_makes_a_conflict(
    history: list[Move], extra: Move, rule: EntryRule
) -> None:
    extra = extra._replace(id="extra", kind=ScanKind.ENTRY, green=True)
    ruled = verdict(RuledTicket("7"), Door(event="7", entry=rule), extra, history)
    if ruled.green:
        after = folded([*history, extra], rule)
        assert "extra" not in {pair.other.id for pair in after.conflicts}
        assert len(after.conflicts) == len(folded(history, rule).conflicts)


@given(histories, st.sampled_from(RULES))
def test_a_refused_entry_changes_nothing(history: list[Move], rule: EntryRule) -> None:
    red = Move("red", "3", "C", ScanKind.ENTRY, 86_400_000, green=False)
    assert folded([*history, red], rule) == folded(history, rule)


@given(histories, moves, st.sampled_from(RULES))
def test_an_annulled_move_is_as_if_it_had_never_been(
    history: list[Move], extra: Move, rule: EntryRule
) -> None:
    extra = extra._replace(id="extra", kind=ScanKind.ENTRY)
    undo = Move("undo", "9", "A", ScanKind.ANNUL, 5, annuls="extra")
    assert folded([*history, extra, undo], rule) == folded(history, rule)


def test_living_moves_hold_no_red_entries_and_no_annuls() -> None:
    history = [
        Move("a", "1", "A", ScanKind.ENTRY, 1),
        Move("b", "1", "A", ScanKind.ENTRY, 2, green=False),
        Move("c", "1", "A", ScanKind.ANNUL, 3, annuls="z"),
        Move("d", "1", "A", ScanKind.EXIT, 4, green=False),
    ]
    assert [move.id for move in living(history)] == ["a", "d"]


def no_stamp(_text: str) -> int | None:
    return None


def stamp_of_hundred(text: str) -> int | None:
    return 100 if text == "good" else None


def scan(**changes: object) -> dict[str, object]:
    """A scan as a phone sends it."""
    return {
        "id": "4f1d6f4e",
        "code": "ABCDE",
        "kind": "entry",
        "gate": "A",
        "at": "2026-03-28T10:00:00.500+01:00",
        "seq": 1,
        "offline": False,
        **changes,
    }


def test_a_scan_is_read_with_its_time_in_milliseconds() -> None:
    item = read_item(scan(), no_stamp)
    assert (item.kind, item.gate, item.at) == (ScanKind.ENTRY, "A", 1_774_688_400_500)
    assert item.circumstances == Circumstances()


def test_an_online_scan_has_no_say_in_what_was_shown_or_when() -> None:
    told = read_item(scan(shown="green", clock={"offset_ms": 5}), no_stamp).circumstances
    assert told == Circumstances()


def test_an_offline_scan_without_word_of_what_was_shown_was_green() -> None:
    assert read_item(scan(offline=True), no_stamp).circumstances.green is True
    assert read_item(scan(offline=True, shown="red"), no_stamp).circumstances.green is False


def test_only_stamps_of_ours_bound_the_time() -> None:
    clock = {"offset_ms": -7, "before": "good", "after": "forged"}
    told = read_item(scan(offline=True, clock=clock), stamp_of_hundred).circumstances
    assert (told.offset, told.before, told.after) == (-7, 100, None)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "scan",
        [],
        scan(id=None),
        scan(id=""),
        scan(id="a b"),
        scan(id="x" * 65),
        scan(id="\x00"),
        scan(code=None),
        scan(code="\x00"),
        scan(code="\ud800"),
        scan(code="A" * 401),
        scan(kind="entrance"),
        scan(kind=["entry"]),
        scan(gate=5),
        scan(gate="G" * 81),
        scan(at="yesterday"),
        scan(at="2026-03-28T10:00:00"),
        scan(at="2026-02-30T10:00:00Z"),
        scan(at="0001-01-01T00:00:00+14:00"),
        scan(at="9999-12-31T23:59:59Z"),
        scan(at=1774688400),
        scan(seq=-1),
        scan(seq=True),
        scan(seq=1.5),
        scan(seq=float("nan")),
        scan(seq=float("inf")),
        scan(seq=10**400),
        scan(seq="1"),
        scan(offline="yes"),
        scan(offline=None),
        scan(offline=True, shown="blue"),
        scan(offline=True, clock=[]),
        scan(offline=True, clock={"offset_ms": 1e300}),
        scan(kind="annul"),
        scan(kind="annul", annuls=""),
    ],
    ids=repr,
)
def test_what_is_no_scan_is_told_apart(broken: object) -> None:
    with pytest.raises(NoScan):
        read_item(broken, no_stamp)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_whatever_comes_is_a_scan_or_none(raw: object) -> None:
    with pytest.raises(NoScan):
        read_item(raw, no_stamp)
    for name in scan():
        try:
            read_item(scan(**{name: raw}), no_stamp)
        except NoScan:
            continue


def test_equal_scans_have_an_equal_identity_however_the_zone_is_written() -> None:
    one, other = read_item(scan(), no_stamp), read_item(scan(at="2026-03-28T09:00:00.5Z"), no_stamp)
    assert one.identity == other.identity
    assert one.identity != read_item(scan(seq=2), no_stamp).identity


@given(st.permutations([0, 1, 2, 3, 4, 5]))
def test_the_version_that_stands_does_not_depend_on_the_order(order: list[int]) -> None:
    versions = [
        Circumstances(),
        Circumstances(offline=True, green=True),
        Circumstances(offline=True, green=False, before=5),
        Circumstances(offline=True, green=True, before=5, after=9),
        Circumstances(offline=True, green=True, before=5, after=8),
        Circumstances(offline=True, green=True, before=4, after=8, offset=3),
    ]
    standing_version = max((versions[n] for n in order), key=lambda told: told.rank)
    assert standing_version == Circumstances(offline=True, green=True, before=5, after=8)


def test_an_item_without_an_id_is_answered_under_its_place() -> None:
    assert id_to_answer({"id": "abc"}, 4) == "abc"
    assert id_to_answer({"id": 7}, 4) == "4"
    assert id_to_answer("noise", 0) == "0"


def test_equal_content_is_the_same_text() -> None:
    assert canonical({"b": 1, "a": "\x00"}) == canonical({"a": "\x00", "b": 1})


def test_an_item_nested_beyond_reading_is_kept_as_that() -> None:
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    assert canonical(deep) == '"nested too deeply"'


def test_a_time_with_more_digits_than_we_keep_is_cut() -> None:
    assert moment_of("2026-03-28T09:00:00.123456789Z") == 1_774_688_400_123

"""The order in which scans arrive makes no difference to what stands in the end."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries import board as boards
from app.checkin.queries.counts import counts
from app.checkin.rules.intake import Circumstances
from app.checkin.rules.lists import Placed
from app.checkin.services import recording, storing, terms
from app.core.database import db
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.devices.rules.doors import Entries, EntryRule, ListKey
from app.devices.rules.terms import DoorTerms
from app.workshops.models import Admission
from tests.checkin.histories import READ_AT, SCANS, Sent, World, history, in_parts, world
from tests.checkin.plainly import told_plainly

ORDERS = 6
TABLES = (DoubleAdmission, Admission, QuarantinedScan, Scan)
# What tells of the delivery, not of what happened at the door.
OF_THE_DELIVERY = {"answer", "override", "received_ms", "received_at", "id"}
RULES = [EntryRule(entries, reentry) for entries in Entries for reentry in (True, False)]
ADMITTED = (
    Admission.ticket_id,
    Admission.event_id,
    Admission.session_id,
    Admission.epoch,
    Admission.number,
    Admission.scan_id,
    Admission.admits,
)
CLASHED = (DoubleAdmission.first_id, DoubleAdmission.scan_id, DoubleAdmission.excess)

Ended = dict[str, list[tuple[Any, ...]]]


def ended(made: World, rule: EntryRule, parts: list[tuple[str, list[Any]]]) -> Ended:
    """Deliver the batches at doors without scans; every row that there is then."""
    with unit_of_work():
        for model in TABLES:
            db.session.execute(model.__table__.delete())  # type: ignore[attr-defined]
    set_rule(made, rule)
    scanners = {gate: made.scanner(gate) for gate in made.tokens}
    with moment(READ_AT):
        for gate, raws in parts:
            with unit_of_work():
                assert len(recording.record(scanners[gate], raws, READ_AT)) == len(raws)
    return stored()


def set_rule(made: World, rule: EntryRule) -> None:
    """Let this rule of entry hold at every door."""
    with unit_of_work():
        for event_id in {one.event.id for one in made.tokens.values()}:
            terms.set_terms(event_id, DoorTerms(entries=rule.entries, reentry=rule.reentry))


def stored() -> Ended:
    """Every row of the door."""
    return {model.__tablename__: _rows(model.__table__) for model in TABLES}


def _rows(table: Any) -> list[tuple[Any, ...]]:
    left_out = OF_THE_DELIVERY - ({"id"} if table.name == "scans" else set())
    wanted = [column for column in table.columns if column.key not in left_out]
    return sorted((tuple(row) for row in db.session.execute(select(*wanted))), key=repr)


def in_order(sent: list[Sent]) -> list[tuple[str, list[Any]]]:
    """Each phone delivers all it has, in the order in which it happened."""
    gates = dict.fromkeys(one.gate for one in sent)
    return [(gate, [one.raw for one in sent if one.gate == gate]) for gate in gates]


@pytest.mark.slow
def test_any_order_split_and_retry_of_five_hundred_scans_ends_the_same(app: Flask) -> None:
    made = world()
    sent = history(made, Random(3))
    first: dict[EntryRule, Ended] = {}

    @settings(max_examples=ORDERS, deadline=None, database=None, phases=[Phase.generate])
    @given(st.sampled_from(RULES), st.integers(0, 2**32))
    def compared(rule: EntryRule, seed: int) -> None:
        if rule not in first:
            first[rule] = ended(made, rule, in_order(sent))
            assert_plainly_right(sent, rule)
        assert ended(made, rule, in_parts(sent, Random(seed))) == first[rule]

    compared()


def assert_plainly_right(sent: list[Sent], rule: EntryRule) -> None:
    """Nothing is missing, and what was worked out is what the plain rules say."""
    kept = {scan.id: scan for scan in db.session.scalars(select(Scan))}
    quarantined = len(db.session.scalars(select(QuarantinedScan.id)).all())
    scans = {one.raw["id"] for one in sent if isinstance(one.raw, dict) and "at" in one.raw}
    assert len(kept) > SCANS * 0.8
    assert quarantined > len(scans - kept.keys()) > 0
    admitted, clashed = told_plainly(kept.values(), rule)
    assert set(db.session.execute(select(*ADMITTED))) == admitted
    assert set(db.session.execute(select(*CLASHED))) == clashed
    assert len(admitted) > 10
    db.session.rollback()


def first_word_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Circumstances, "rank", (0,))


def rows_are_only_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_extends", lambda _before, _after: True)


def an_undo_reaches_only_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_reached", _its_own_list)


def _its_own_list(_changes: storing.Changes, _ticket_id: int, placed: Placed) -> set[ListKey]:
    return {placed.key}


@pytest.mark.internal
@pytest.mark.slow
@pytest.mark.usefixtures("app")
@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "broken", [first_word_stands, rows_are_only_added, an_undo_reaches_only_what_came_before]
)
def test_a_rule_that_heeds_the_order_would_be_noticed(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: each of these leaves another end behind another order."""
    made = world()
    sent = history(made, Random(3))
    broken(monkeypatch)
    orders = [in_order(sent), in_parts(sent, Random(1)), in_parts(sent, Random(2))]
    ends = [ended(made, RULES[0], parts) for parts in orders]
    assert ends[0] != ends[1]
    assert ends[1] != ends[2]


@pytest.mark.slow
@pytest.mark.usefixtures("app")
def test_a_rule_changed_afterwards_leaves_the_same_end_as_one_that_always_held() -> None:
    made = world()
    sent = history(made, Random(3))
    for earlier, later in ((0, 4), (4, 3), (3, 0)):
        always = ended(made, RULES[later], in_order(sent))
        ended(made, RULES[earlier], in_order(sent))
        counts(made.course.event.id)
        set_rule(made, RULES[later])
        assert stored() == always
        kept = counts(made.course.event.id)
        boards._boards.clear()
        assert counts(made.course.event.id) == kept
        db.session.rollback()

"""Clocks that are wrong, nights on which they change, and facts that come late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries.attendance import came
from app.checkin.queries.counts import counts
from app.checkin.services import roster, terms
from app.core.database import db
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.rules.doors import Entries
from app.devices.rules.moments import milliseconds
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices, stamps
from app.door.queries.lead import missing
from app.door.queries.overview import view
from app.events import queries as events
from app.workshops.models import Admission
from app.workshops.services import changing
from tests.checkin.making import NOON, deliver, offline, scan, verdicts, workshop

pytestmark = pytest.mark.usefixtures("app")

HERE = ZoneInfo("Europe/Copenhagen")
BEFORE, AFTER = NOON - timedelta(minutes=20), NOON + timedelta(minutes=20)
READ = NOON + timedelta(hours=2)
# What the wrong phone knows of the server's clock, and where its scan then stands.
CONTACTS: dict[str, dict[str, Any]] = {
    "none": {},
    "before": {"before": BEFORE},
    "after": {"after": AFTER},
    "both": {"before": BEFORE, "after": AFTER},
    "offset": {"offset_ms": -1},
}


def said(wrong: timedelta, known: dict[str, Any]) -> dict[str, Any]:
    """The clock as the phone sends it."""
    if "offset_ms" in known:
        return {"offset_ms": -int(wrong.total_seconds() * 1000)}
    return {name: stamps.stamp(contact) for name, contact in known.items()}


def expected(wrong: timedelta, known: dict[str, Any]) -> datetime:
    """When the scan counts as made."""
    if "offset_ms" in known:
        return NOON
    told = NOON + wrong
    bound: datetime = known.get("after" if wrong > timedelta() else "before", told)
    return min(told, bound) if wrong > timedelta() else max(told, bound)


def test_a_clock_wrong_by_26_hours_decides_at_most_who_was_first() -> None:
    """At noon a phone with a wrong clock lets in whom another phone let in a minute before."""
    trials = list(product((timedelta(hours=26), timedelta(hours=-26)), CONTACTS))
    made = workshop(names=tuple(f"Guest{n} X" for n in range(len(trials))))
    for number, (wrong, contacts) in enumerate(trials):
        known, code = CONTACTS[contacts], made.codes[number]
        right = offline(f"r{number}", code, "11:59", gate="B")
        sent = offline(f"w{number}", code, "12:00") | {
            "at": (NOON + wrong).isoformat(),
            "clock": said(wrong, known),
        }
        with moment(READ):
            answers = deliver(made, "A", sent) + deliver(made, "B", right)
        assert verdicts(answers) == ["admitted", "admitted"]
        # Yesterday's scan may well be delivered today: without a contact before nothing is odd.
        hidden = wrong < timedelta() and contacts in ("none", "after")
        assert answers[0].get("skewed", False) != hidden, (wrong, contacts)
        assert "skewed" not in answers[1]
        kept = db.session.get_one(Scan, f"w{number}")
        assert kept.time_ms == milliseconds(expected(wrong, known)), (wrong, contacts)
        assert kept.at_ms == milliseconds(NOON + wrong)
    firsts = {one.scan_id for one in db.session.scalars(select(Admission))}
    pairs = list(db.session.scalars(select(DoubleAdmission)))
    assert {one.first_id for one in pairs} == firsts
    assert len(pairs) == len(firsts) == len(trials)
    assert {first for first in firsts if first[0] == "w"} == {"w5", "w6", "w7", "w8"}


def local(text: str, fold: int = 0) -> datetime:
    """A moment by the clocks of Copenhagen; `fold` 1 is the second time that hour comes."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("short_or_long", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)], ids=["spring", "autumn"]
)
def test_once_a_day_is_once_a_day_when_the_clocks_change(short_or_long: str, hours: int) -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(entries=Entries.DAILY))
    first, last = local(f"{short_or_long}T00:00"), local(f"{short_or_long}T23:59:59")
    assert milliseconds(last) - milliseconds(first) == hours * 3_600_000 - 1000
    times = (first - timedelta(seconds=1), first, last, last + timedelta(seconds=1))
    told = []
    for number, time in enumerate(times):
        with moment(time):
            told += deliver(made, "A", scan(f"s{number}", made.codes[0]))
        sent = offline(f"o{number}", made.codes[1], "12:00") | {"at": time.isoformat()}
        deliver(made, "B", sent)
    assert verdicts(told) == ["admitted", "admitted", "already", "admitted"]
    assert told[2]["first"]["at"] == stamps.stamp(first).rpartition(".")[0]
    assert db.session.scalars(select(Admission.scan_id).order_by(Admission.scan_id)).all() == [
        "o0",
        "o1",
        "o3",
        "s0",
        "s1",
        "s3",
    ]


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"], ids=["spring", "autumn"])
def test_a_scan_finds_its_sitting_in_the_night_when_the_clocks_change(night: str) -> None:
    """Sessions on both sides of the change; in autumn both begin at half past two."""
    begins = local(f"{night}T01:30"), local(f"{night}T03:00")
    if night == "2026-10-25":
        begins = local(f"{night}T02:30"), local(f"{night}T02:30", fold=1)
    sessions = tuple((one, one + timedelta(minutes=25)) for one in begins)
    made = workshop("night", sessions=sessions)
    for number, begin in enumerate(begins):
        sent = offline(f"s{number}", made.codes[0], "12:00") | {"at": begin.isoformat()}
        with moment(begin + timedelta(minutes=1)):
            answers = deliver(made, "A", sent, scan(f"t{number}", made.codes[1]))
        assert verdicts(answers) == ["admitted", "admitted"]
    listed = [one.id for one in events.sessions(made.event.id)]
    kept = {one.id: one.session_id for one in db.session.scalars(select(Scan))}
    assert kept == {"s0": listed[0], "t0": listed[0], "s1": listed[1], "t1": listed[1]}


def test_an_old_and_a_new_ticket_of_one_guest_are_one_arrival() -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    with unit_of_work():
        new = changing.reissue(made.enrolments[0]).ticket.code
    late = deliver(made, "B", offline("s2", made.codes[0], "12:05", gate="B"))
    assert (late[0]["verdict"], late[0]["override"]) == ("admitted", "revoked")
    assert verdicts(deliver(made, "A", scan("s3", made.codes[0]))) == ["refused"]
    assert verdicts(deliver(made, "A", scan("s4", new))) == ["already"]
    late = deliver(made, "A", offline("s5", new, "12:10"))
    assert (late[0]["verdict"], late[0]["override"]) == ("admitted", "already")
    assert came(made.event.id) == {made.enrolments[0]}
    found = counts(made.event.id)
    assert (found.arrived, found.inside, found.conflicts) == (1, 1, 1)
    assert found.by_gate == {"A": 1, "B": 0, "C": 0}
    assert view("dialog", 0, NOON).by_gate == found.by_gate
    assert [one.name for one in missing(made.event.id, None, "", 1).people] == [
        "Bo Lund",
        "Çelik Öz",
    ]
    deliver(made, "A", scan("s6", new, "exit"))
    assert counts(made.event.id).inside == 0


def test_what_a_revoked_phone_delivers_late_is_kept_once_and_admits_nobody() -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    with unit_of_work():
        devices.revoke(device(made.event.id, int(made.scanner("A").name)))
    batch = [offline(f"s{n}", code, "12:00") for n, code in enumerate(made.codes)]
    for sent in (batch, batch[1:], batch[::-1]):
        answers = deliver(made, "A", *sent)
        assert set(verdicts(answers)) == {"quarantined"}
        assert [one["id"] for one in answers] == [one["id"] for one in sent]
    assert db.session.scalars(select(Scan.id)).all() == ["s1"]
    kept = db.session.scalars(select(QuarantinedScan)).all()
    assert {one.reason for one in kept} == {"revoked"}
    assert len(kept) == len(batch)


def test_the_same_id_with_other_content_is_kept_beside_the_first() -> None:
    made = workshop()
    first = offline("s1", made.codes[0], "12:00")
    others = [
        first | {"code": made.codes[1]},
        first | {"code": made.codes[0].lower()},
        first | {"at": "2026-03-28T12:00:00.001+01:00"},
        first | {"seq": 2},
        first | {"gate": "B"},
        first | {"kind": "exit"},
        first | {"kind": "annul", "annuls": "s1"},
    ]
    assert verdicts(deliver(made, "A", first, *others)) == ["admitted", *["quarantined"] * 7]
    assert verdicts(deliver(made, "B", first)) == ["quarantined"]
    assert verdicts(deliver(made, "A", *others, first)) == [*["quarantined"] * 7, "admitted"]
    kept = db.session.scalars(select(QuarantinedScan)).all()
    assert {one.reason for one in kept} == {"other content"}
    assert len(kept) == len(others) + 1
    assert db.session.scalars(select(Admission.scan_id)).all() == ["s1"]


def test_a_thousand_items_half_of_them_junk_are_all_answered_and_kept() -> None:
    made = workshop(names=tuple(f"Guest{n} X" for n in range(50)))
    junk: list[Any] = [None, 7, [], {"id": "x"}, "entrance", {"seq": -1}, [[[[]]]], 1e300, True, {}]
    batch: list[Any] = []
    for number in range(500):
        sent = offline(f"s{number}", made.codes[number % 50], "12:00", seq=number)
        batch += [{**sent, "id": f"b{number}", "kind": junk[number % 10]}, sent]
    answers = deliver(made, "A", *batch)
    assert verdicts(answers[::2]) == ["quarantined"] * 500
    assert verdicts(answers[1::2]) == ["admitted"] * 500
    assert deliver(made, "A", *batch) == answers
    assert len(db.session.scalars(select(Scan.id)).all()) == 500
    assert len(db.session.scalars(select(QuarantinedScan.id)).all()) == 500
    assert counts(made.event.id).arrived == 50


def test_other_phones_hear_the_later_word_of_a_scan_they_know() -> None:
    made = workshop()
    online = scan("s1", made.codes[0])
    with moment(NOON):
        deliver(made, "A", online)
        heard = roster.moves(made.event.id, 0, NOON)
    later = NOON + timedelta(minutes=5)
    with moment(later):
        deliver(made, "A", online | {"offline": True, "shown": "red"})
        news = roster.moves(made.event.id, milliseconds(later) - 1000, later)
    assert [(one["id"], one["green"]) for one in heard["moves"]] == [("s1", True)]
    assert [(one["id"], one["green"]) for one in news["moves"]] == [("s1", False)]

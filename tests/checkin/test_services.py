"""Recording scans on both databases: every case the door meets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries import attendance
from app.checkin.queries.about import about
from app.checkin.queries.counts import counts
from app.checkin.services import paper, recording, terms
from app.checkin.services.answers import worded
from app.checkin.services.scanners import Scanner
from app.core import clock
from app.core.database import db
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device
from app.devices.rules.doors import Entries
from app.devices.rules.moments import milliseconds
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices, stamps
from app.devices.services.stamps import _proof, stamped
from app.events.services import scheduling as events
from app.tickets.rules.codes import ticket_code
from app.workshops.models import Admission
from app.workshops.services import changing, enrolling, leaving, planning
from app.workshops.services.drafting import Wish
from tests.checkin.making import NOON, at, deliver, offline, scan, verdicts, workshop
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")

Counting = Callable[[], AbstractContextManager[Statements]]


def count_of(model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def state() -> list[tuple[Any, ...]]:
    """All that is worked out from the scans."""
    admissions = db.session.execute(
        select(Admission.ticket_id, Admission.epoch, Admission.scan_id, Admission.gate)
    ).all()
    doubles = db.session.execute(select(DoubleAdmission.first_id, DoubleAdmission.scan_id)).all()
    return sorted(map(tuple, admissions)) + sorted(map(tuple, doubles))


def test_the_first_scan_admits_and_the_second_tells_when_and_where() -> None:
    made = workshop()
    with moment(NOON):
        first = deliver(made, "A", scan("s1", made.codes[0]))
    second = deliver(made, "B", scan("s2", made.codes[0], gate="B"))
    assert first == [{"id": "s1", "stored": True, "verdict": "admitted", "name": "Amina Yusuf"}]
    assert second[0]["verdict"] == "already"
    assert second[0]["first"]["at"] == "2026-03-28T11:00:00.000Z"
    assert second[0]["first"]["gate"] == "A"
    assert (count_of(Scan), count_of(Admission)) == (2, 1)


def test_a_code_may_be_the_address_either_case_or_the_short_code() -> None:
    made = workshop()
    address = f"HTTPS://TORVET.EXAMPLE/T/{made.codes[0]}"
    short = f"{made.shorts[2][:5].upper()} - {made.shorts[2][5:]}"
    answers = deliver(
        made, "A", scan("s1", address), scan("s2", made.codes[1].lower()), scan("s3", short)
    )
    assert verdicts(answers) == ["admitted"] * 3
    assert answers[2]["name"] == "Çelik Öz"


def test_one_scan_takes_at_most_five_statements_with_the_device(statements: Counting) -> None:
    made = workshop()
    with statements() as seen:
        answers = deliver(made, "A", scan("s1", made.codes[0]))
    assert verdicts(answers) == ["admitted"]
    # The device, the ticket, its scans; the scan and the admission.
    assert len(seen) == 5, str(seen)
    with statements() as seen:
        deliver(made, "A", scan("s2", made.codes[0]))
    assert len(seen) == 4, str(seen)


def test_a_batch_takes_no_more_statements_than_one_scan(statements: Counting) -> None:
    made = workshop(names=tuple(f"Guest{n} X" for n in range(40)))
    with statements() as seen:
        deliver(made, "A", *(scan(f"s{n}", code) for n, code in enumerate(made.codes)))
    # PostgreSQL takes scans and admissions as one.
    assert len(seen) == (4 if db.engine.dialect.name == "postgresql" else 5), str(seen)
    assert count_of(Admission) == 40


def test_the_same_scan_twice_is_one_row_and_one_answer() -> None:
    made = workshop()
    with moment(NOON):
        first = deliver(made, "A", scan("s1", made.codes[0]))
    again = deliver(made, "A", scan("s1", made.codes[0]), scan("s1", made.codes[0]))
    assert again == first * 2
    assert count_of(Scan) == 1


def test_a_refused_scan_is_answered_alike_and_a_new_attempt_is_allowed() -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(opens_at=NOON + timedelta(hours=1)))
    with moment(NOON):
        early = deliver(made, "A", scan("s1", made.codes[0]))
    with moment(NOON + timedelta(hours=2)):
        assert deliver(made, "A", scan("s1", made.codes[0])) == early
        later = deliver(made, "A", scan("s2", made.codes[0]))
    assert (early[0]["verdict"], early[0]["reason"]) == ("refused", "not_yet")
    assert verdicts(later) == ["admitted"]


def test_the_same_id_with_other_content_is_quarantined_once() -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[0]))
    other = scan("s1", made.codes[1])
    for _ in range(2):
        answers = deliver(made, "A", other)
        assert answers[0] == {"id": "s1", "stored": True, "verdict": "quarantined", "place": 0}
    assert verdicts(deliver(made, "B", scan("s1", made.codes[0]))) == ["quarantined"]
    assert (count_of(Scan), count_of(QuarantinedScan)) == (1, 2)


def test_a_bad_item_never_stops_the_batch() -> None:
    made = workshop()
    bad: list[Any] = [None, {"id": "b1"}, {"id": "b2", "code": "\x00\ud800"}, 7, [[]], float("nan")]
    answers = deliver(made, "A", scan("s1", made.codes[0]), *bad, scan("s2", made.codes[1]))
    assert verdicts(answers) == ["admitted", *["quarantined"] * 6, "admitted"]
    assert [answer["id"] for answer in answers] == ["s1", "1", "b1", "b2", "4", "5", "6", "s2"]
    assert count_of(QuarantinedScan) == 6


def test_codes_that_are_none_of_ours_are_kept_and_admit_nobody() -> None:
    made = workshop()
    code = made.codes[0]
    swapped = ("A" if code[60] != "A" else "B").join([code[:60], code[61:]])
    answers = deliver(
        made,
        "A",
        scan("s1", swapped),
        scan("s2", "https://example.dk/"),
        scan("s3", "abcde-fghjk"),
        scan("s4", swapped, offline=True, shown="green"),
        scan("s5", swapped, "exit"),
    )
    assert verdicts(answers) == ["forged", "unknown", "unknown", "forged", "forged"]
    assert (count_of(Scan), count_of(Admission)) == (5, 0)


def test_a_signed_code_without_a_ticket_is_unknown() -> None:
    made = workshop()
    code = ticket_code(made.event.id, 4711, events.signer(made.event.id))
    assert verdicts(deliver(made, "A", scan("s1", code))) == ["unknown"]


def test_a_ticket_of_another_event_is_refused() -> None:
    made, other = workshop(), workshop("other", ("Dana X",))
    answers = deliver(made, "A", scan("s1", other.codes[0]))
    assert (answers[0]["verdict"], answers[0]["reason"]) == ("refused", "wrong_event")
    assert verdicts(deliver(other, "A", scan("s2", other.codes[0]))) == ["admitted"]


def test_a_cancelled_a_waiting_and_a_replaced_ticket_are_refused() -> None:
    made = workshop(capacity=2)
    waiting = deliver(made, "A", scan("s1", made.codes[2]))
    with unit_of_work():
        changing.reissue(made.enrolments[0])
    with unit_of_work():
        leaving.cancel(made.enrolments[1], letters=False)
        planning.move_up(made.event.id)
    replaced = deliver(made, "A", scan("s2", made.codes[0]))
    cancelled = deliver(made, "A", scan("s3", made.codes[1]))
    moved_up = deliver(made, "A", scan("s4", made.codes[2]))
    reasons = [answer[0].get("reason") for answer in (waiting, replaced, cancelled, moved_up)]
    assert reasons == ["waitlisted", "revoked", "cancelled", None]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_doors_scan_one_ticket_offline_and_the_earlier_counts(order: tuple[int, int]) -> None:
    made = workshop()
    ticket = made.codes[0]
    uploads = [("A", offline("s1", ticket, "12:00")), ("B", offline("s2", ticket, "12:05"))]
    for one in order:
        gate, sent = uploads[one]
        assert deliver(made, gate, sent)[0]["verdict"] == "admitted"
    assert count_of(Scan) == 2
    assert [one[2] for one in state() if len(one) == 4] == ["s1"]
    assert [one for one in state() if len(one) == 2] == [("s1", "s2")]
    found = counts(made.event.id)
    assert (found.arrived, found.inside, found.conflicts) == (1, 1, 1)
    assert found.by_gate == {"A": 1, "B": 0, "C": 0}


def test_a_late_upload_for_a_cancelled_ticket_is_what_happened() -> None:
    made = workshop()
    with unit_of_work():
        leaving.cancel(made.enrolments[0], letters=False)
    answers = deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    assert (answers[0]["verdict"], answers[0]["override"]) == ("admitted", "cancelled")
    red = deliver(made, "A", offline("s2", made.codes[0], "12:01", shown="red"))
    assert (red[0]["verdict"], red[0]["reason"]) == ("refused", "cancelled")
    assert count_of(Admission) == 1


def test_a_red_shown_offline_never_admits() -> None:
    made = workshop()
    answers = deliver(made, "A", offline("s1", made.codes[0], "12:00", shown="red"))
    assert (answers[0]["verdict"], answers[0]["reason"]) == ("refused", "rule")
    assert count_of(Admission) == 0
    assert verdicts(deliver(made, "A", scan("s2", made.codes[0]))) == ["admitted"]


@pytest.mark.parametrize("hours", [-26, -1, 1, 26])
def test_a_wrong_clock_is_kept_bounded_and_flagged(hours: int) -> None:
    made = workshop()
    wrong = (NOON + timedelta(hours=hours)).isoformat()
    bounds = {
        "before": stamps.stamp(NOON - timedelta(minutes=30)),
        "after": stamps.stamp(NOON + timedelta(minutes=30)),
    }
    sent = offline("s1", made.codes[0], "12:00") | {"at": wrong, "clock": bounds}
    with moment(NOON + timedelta(hours=1)):
        assert deliver(made, "A", sent)[0]["skewed"] is True
    kept = db.session.scalars(select(Scan)).one()
    assert kept.at_ms - kept.received_ms == (hours - 1) * 3_600_000
    assert abs(kept.time_ms - kept.received_ms + 3_600_000) == 1_800_000
    assert kept.skewed


def test_an_online_scan_has_the_servers_time_whatever_the_phone_says() -> None:
    made = workshop()
    with moment(NOON):
        answers = deliver(made, "A", scan("s1", made.codes[0], at=at("09:00")))
    assert answers[0]["skewed"] is True
    assert db.session.scalars(select(Admission.at)).one() == NOON


def test_forged_stamps_bound_nothing() -> None:
    made = workshop()
    clock_of_phone = {"before": "2030-01-01T00:00:00.000Z.0123", "after": "nonsense"}
    deliver(made, "A", offline("s1", made.codes[0], "12:00", clock=clock_of_phone))
    assert db.session.scalars(select(Admission.at)).one() == NOON


def test_exit_entry_entry_refuses_the_second_entry() -> None:
    made = workshop()
    code = made.codes[0]
    sent = [scan("s1", code, "exit"), scan("s2", code), scan("s3", code)]
    assert verdicts(deliver(made, "A", *sent)) == ["exit", "admitted", "already"]


def test_exit_exit_entry_is_allowed_and_so_is_coming_back() -> None:
    made = workshop()
    code = made.codes[0]
    kinds = ["exit", "exit", "entry", "exit", "entry", "entry"]
    answers = [deliver(made, "A", scan(f"s{n}", code, kind)) for n, kind in enumerate(kinds)]
    told = [answer[0]["verdict"] for answer in answers]
    assert told == ["exit", "exit", "admitted", "exit", "admitted", "already"]
    found = counts(made.event.id)
    assert (found.arrived, found.inside) == (1, 1)


def test_people_who_left_are_not_inside_but_have_arrived() -> None:
    made = workshop()
    with moment(NOON):
        deliver(made, "A", *(scan(f"i{n}", code) for n, code in enumerate(made.codes)))
    with moment(NOON + timedelta(minutes=1)):
        deliver(made, "B", scan("o1", made.codes[0], "exit"), scan("o2", made.codes[1], "exit"))
        deliver(made, "B", scan("u1", made.codes[1], "annul", annuls="o2"))
    found = counts(made.event.id)
    assert (found.expected, found.arrived, found.inside) == (3, 3, 2)


def test_a_list_with_many_entries_admits_again() -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(entries=Entries.MANY))
    sent = [scan(f"s{n}", made.codes[0]) for n in range(3)]
    assert verdicts(deliver(made, "A", *sent)) == ["admitted"] * 3
    found = counts(made.event.id)
    assert (count_of(Admission), found.arrived, found.inside, found.conflicts) == (3, 1, 1, 0)


def test_an_undo_takes_the_admission_back_in_either_order() -> None:
    made = workshop()
    code = made.codes[0]
    undo = scan("u1", code, "annul", annuls="s1")
    assert verdicts(deliver(made, "A", scan("s1", code), undo)) == ["admitted", "annulled"]
    assert (count_of(Scan), count_of(Admission)) == (2, 0)
    assert verdicts(deliver(made, "B", scan("s2", code))) == ["admitted"]
    early = scan("u2", made.codes[1], "annul", annuls="s3")
    deliver(made, "A", early)
    deliver(made, "A", offline("s3", made.codes[1], "12:00"))
    assert count_of(Admission) == 1


def test_a_device_of_another_event_takes_no_admission_back() -> None:
    made, other = workshop(), workshop(slug="another")
    deliver(made, "A", scan("s1", made.codes[0]))
    deliver(other, "A", scan("u1", made.codes[0], "annul", annuls="s1"))
    assert (count_of(Scan), count_of(Admission)) == (2, 1)
    assert verdicts(deliver(made, "A", scan("s2", made.codes[0]))) == ["already"]


def test_a_group_ticket_counts_its_seats_everywhere() -> None:
    made = workshop(names=("Institution Nord",), seats=4)
    answers = deliver(made, "B", scan("s1", made.codes[0], gate="B"))
    assert (answers[0]["verdict"], answers[0]["seats"]) == ("admitted", 4)
    found = counts(made.event.id)
    assert (found.expected, found.arrived, found.inside) == (4, 4, 4)
    assert found.by_gate["B"] == 4


def test_each_session_of_a_course_has_its_own_door() -> None:
    days = tuple((NOON + timedelta(days=n), NOON + timedelta(days=n, hours=3)) for n in range(3))
    made = workshop("course", sessions=days)
    for day in (0, 1):
        with moment(NOON + timedelta(days=day, hours=1)):
            sent = [scan(f"d{day}", made.codes[0]), scan(f"e{day}", made.codes[0])]
            assert verdicts(deliver(made, "A", *sent)) == ["admitted", "already"]
    assert count_of(Admission) == 2
    assert counts(made.event.id).arrived == 1


def test_the_offline_word_outranks_the_online_one_in_either_order() -> None:
    made = workshop()
    online = scan("s1", made.codes[0], at=at("12:00"))
    late = {**online, "offline": True, "shown": "red"}
    assert verdicts(deliver(made, "A", online)) == ["admitted"]
    assert verdicts(deliver(made, "A", late)) == ["refused"]
    assert verdicts(deliver(made, "A", online)) == ["refused"]
    assert (count_of(Scan), count_of(Admission)) == (1, 0)


def test_a_revoked_device_delivers_into_quarantine() -> None:
    made = workshop()
    scanner = made.scanner("A")
    with unit_of_work():
        devices.revoke(device(made.event.id, int(scanner.name)))
    assert verdicts(deliver(made, "A", scan("s1", made.codes[0]))) == ["quarantined"]
    kept = db.session.scalars(select(QuarantinedScan)).one()
    assert (kept.reason, count_of(Scan)) == ("revoked", 0)


def test_a_device_without_the_right_to_undo_cannot() -> None:
    made = workshop()
    with unit_of_work():
        _, token = devices.add_device(made.event.id, "D", rights=("scan",))
    made.tokens["D"] = str(token)
    undo = scan("u1", made.codes[0], "annul", annuls="s1")
    assert verdicts(deliver(made, "D", scan("s1", made.codes[0]), undo)) == [
        "admitted",
        "quarantined",
    ]


def test_the_gates_own_terms_outrank_the_events() -> None:
    made = workshop()
    with unit_of_work():
        terms.set_terms(made.event.id, DoorTerms(closes_at=NOON))
        terms.set_terms(made.event.id, DoorTerms(kinds=["group"]), "B")
    with moment(NOON + timedelta(hours=1)):
        at_a = deliver(made, "A", scan("s1", made.codes[0], gate="A"))
        at_b = deliver(made, "B", scan("s2", made.codes[0], gate="B"))
    assert (at_a[0]["reason"], at_b[0]["reason"]) == ("too_late", "rule")


def test_a_machine_scans_for_every_event() -> None:
    made, other = workshop(), workshop("other", ("Dana X",))
    machine = Scanner("token:1")
    with unit_of_work():
        sent = [scan("s1", made.codes[0]), scan("s2", other.codes[0]), scan("s3", made.shorts[1])]
        results = recording.record(machine, sent, clock.now())
        assert [worded(one)["verdict"] for one in results] == [
            "admitted",
            "admitted",
            "unknown",
        ]


def test_ticked_paper_is_entered_once() -> None:
    made = workshop()
    for _ in range(2):
        with unit_of_work():
            paper.admit_ticked(made.event.id, made.tickets[:2], NOON, clock.now())
    found = counts(made.event.id)
    assert (found.arrived, found.by_gate["paper"], count_of(Scan)) == (2, 2, 2)


def test_the_staff_at_the_door_read_what_the_guest_needs() -> None:
    made = workshop(names=())
    wish = Wish("Amina Yusuf", "a@mail.example", interpreter="arabisk", access="kørestol")
    with unit_of_work():
        code = enrolling.enrol("dialog", wish, letters=False).place.ticket.code
    answers = deliver(made, "A", scan("s1", code))
    interpreter, access = answers[0]["notes"].split(" · ")
    assert interpreter.endswith("arabisk")
    assert access.endswith("kørestol")


def test_attendance_tells_who_came_first_where_and_to_how_many_sittings() -> None:
    made, other = workshop(), workshop("other", ("Amina Yusuf", "Dana X"))
    deliver(other, "A", offline("o1", other.codes[0], "10:00"))
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    deliver(made, "A", offline("s2", made.codes[1], "09:00"))
    came = attendance.attendance([made.event.id, other.event.id])
    assert [one.enrolment_id for one in came] == [
        made.enrolments[1],
        other.enrolments[0],
        made.enrolments[0],
    ]
    assert {one.sessions for one in came} == {1}
    first = attendance.first_attended([made.event.id, other.event.id])
    assert first[came[1].person_id].event_id == other.event.id
    assert attendance.came(made.event.id) == set(made.enrolments[:2])
    assert attendance.attendance([]) == []
    told = about(came[1].person_id)["arrivals"]
    assert [(one["event"], one["gate"]) for one in told] == [("other", "A"), ("dialog", "A")]


def test_a_stamp_of_ours_is_read_and_any_other_text_is_not() -> None:
    stamp = stamps.stamp(NOON)
    assert stamp.startswith("2026-03-28T11:00:00.000Z.")
    assert stamped(stamp) == milliseconds(NOON)
    for other in ("", "x", stamp[:-1], stamp[1:], stamp + "0", "é.é", stamp.replace("11", "12")):
        assert stamped(other) is None


@pytest.mark.internal
def test_a_stamp_that_is_ours_but_tells_no_moment_is_none() -> None:
    assert stamped(f"soon.{_proof('soon')}") is None


def test_an_offline_scan_from_the_future_is_flagged() -> None:
    made = workshop()
    with moment(NOON):
        ahead = deliver(made, "A", offline("s1", made.codes[0], "13:00"))
        right = deliver(made, "A", offline("s2", made.codes[1], "11:00"))
    assert ahead[0]["skewed"] is True
    assert "skewed" not in right[0]


def test_revoking_twice_is_revoking_once() -> None:
    made = workshop()
    phone = device(made.event.id, int(made.scanner("A").name))
    for _ in range(2):
        with unit_of_work():
            devices.revoke(device(made.event.id, phone.id))
    assert made.scanner("A").revoked

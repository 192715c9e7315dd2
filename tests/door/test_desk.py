"""The lead's pages: what they show, what is refused at the field, and what they cost."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.checkin.models import QuarantinedScan, Scan
from app.checkin.queries.counts import counts
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.crowd.queries import tallies
from app.crowd.rules.estimates import Passages
from app.crowd.services.tallies import Counter, count
from app.devices.queries import devices
from app.devices.services.devices import add_phone, revoke
from app.devices.services.seals import seal_point
from app.door.desk.overview import EVERY
from app.door.queries.overview import view
from app.door.queries.terms import door_rules
from app.workshops.services import changing, planning
from tests.checkin.making import NOON, Made, deliver, offline, scan, workshop
from tests.door.phone import encoded, sealed
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.statements import Statements

DESK = "/desk/door/dialog"
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def lead(client: InspectingClient) -> InspectingClient:
    """A browser that is signed in with the duty of the door."""
    return sign_in_staff(client, StaffRole.DOOR)


def count_in(made: Made, gate: str, entered: int, left: int, when: datetime | None = None) -> None:
    """Where the counter of a phone at a gate stands."""
    counter = Counter(made.event.id, made.scanner(gate).name, gate)
    with unit_of_work():
        count(counter, Passages(entered, left), when, when or clock.now())


def count_of(model: type[Scan | QuarantinedScan]) -> int:
    """Rows as they stand now."""
    db.session.rollback()
    number = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return number


def answer_page(answer: TestResponse) -> Page:
    """The page of an answer that is no redirection."""
    return Page(answer.text)


def test_the_live_part_costs_one_statement_a_second_for_each_viewer(
    lead: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=tuple(f"Guest{n} X" for n in range(30)))
    lead.page(DESK)
    with statements() as few:
        lead.get(f"{DESK}/live")
    deliver(made, "A", *(scan(f"s{n}", code) for n, code in enumerate(made.codes[:20])))
    deliver(made, "B", offline("b1", made.codes[0], "12:00"), {"id": "noise"})
    count_in(made, "A", 12, 3)
    with statements() as many:
        answer = lead.get(f"{DESK}/live")
    assert len(few) == len(many) == 5 == EVERY, str(many)
    assert answer.status_code == 200
    assert answer.json is not None
    assert "<html" not in answer.json["html"]


def test_the_overview_follows_by_script_and_can_be_loaded_again_without(
    lead: InspectingClient,
) -> None:
    workshop()
    page = lead.page(DESK)
    part = page.one("div", id="live")
    assert (part.get("data-address"), part.get("data-every")) == (f"{DESK}/live?sitting=0", "5")
    assert f"{DESK}?sitting=0" in page.links()


def test_arrivals_stand_by_gate_and_quarter_also_when_the_clocks_are_set_back(
    lead: InspectingClient,
) -> None:
    twice = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    with moment(twice - timedelta(hours=1)):
        made = workshop()
    for number, minutes in enumerate((0, 3, 60)):
        with moment(twice + timedelta(minutes=minutes)):
            deliver(made, "AAB"[number], scan(f"s{number}", made.codes[number], gate="AAB"[number]))
    page = lead.page(DESK)
    rows = [" ".join(part.itertext()).split() for part in page.all("tbody")[0].findall("tr")]
    assert [row[0][-2:] for row in rows] == ["30", "45", "00", "15", "30"]
    assert [row[1:] for row in rows][0::4] == [["2", "0", "0", "2"], ["0", "1", "0", "1"]]


def test_who_is_missing_can_be_searched_also_by_a_name_like_a_code(
    lead: InspectingClient,
) -> None:
    names = ("Bent Hansen", *(f"Guest{n} X" for n in range(60)))
    made = workshop(names=names)
    deliver(made, "A", scan("s1", made.codes[1]))
    first = lead.page(f"{DESK}/missing")
    assert "60 " in first.text
    assert len(first.one("tbody").findall("tr")) == 50
    assert len(lead.page(f"{DESK}/missing?page=2").one("tbody").findall("tr")) == 10
    for search in ("Bent Hansen", "bent", made.shorts[0].upper()):
        assert "Bent Hansen" in lead.page(f"{DESK}/missing?search={search}").text
    assert "Guest0 X" not in lead.page(f"{DESK}/missing?search=guest0").text
    assert "mail.example" not in first.text


def test_a_guest_with_an_old_and_a_new_ticket_is_one_guest(lead: InspectingClient) -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    with unit_of_work():
        new = changing.reissue(made.enrolments[0]).ticket.code
    deliver(made, "B", offline("s2", new, "12:30", gate="B"))
    for kind, inside in (("exit", 0), ("entry", 1)):
        hour = {"exit": "13:00", "entry": "13:30"}[kind]
        deliver(made, "A", offline(kind, new, hour, kind))
        found = view("dialog", 0, clock.now())
        assert (found.arrived, found.inside, found.by_gate["A"]) == (1, inside, 1)
        db.session.rollback()
    assert "Amina Yusuf" not in lead.page(f"{DESK}/missing").text


def test_each_sitting_of_a_course_has_its_own_arrivals(lead: InspectingClient) -> None:
    days = [(NOON + timedelta(days=n), NOON + timedelta(days=n, hours=2)) for n in (0, 7)]
    with moment(NOON - timedelta(days=1)):
        made = workshop(sessions=tuple(days))
    for day, code in ((0, 0), (7, 0), (7, 1)):
        with moment(NOON + timedelta(days=day)):
            deliver(made, "A", scan(f"s{day}{code}", made.codes[code]))
    with moment(NOON + timedelta(days=7)):
        page = lead.page(DESK)
        links = [one for one in page.links() if "sitting=" in one]
        first = lead.page(next(one for one in links if one.startswith(f"{DESK}?sitting=")))
    cards = [
        "".join(page.all("span", class_="figure-number")[0].itertext()) for page in (first, page)
    ]
    assert cards == ["1", "2"]


def test_a_conflict_is_shown_as_a_pair_and_looked_at_once(lead: InspectingClient) -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    deliver(made, "B", offline("s2", made.codes[0], "12:07", gate="B"))
    page = lead.page(f"{DESK}/conflicts")
    assert "Amina Yusuf" in page.text
    unticked = answer_page(lead.send(f"{DESK}/conflicts", page.form(), status=422))
    assert "Sæt mindst ét kryds." in unticked.text
    assert unticked.ids["chosen"] == unticked.links().count("#chosen") == 1
    assert "7" in [one.text for one in page.all("div", class_="cell")]
    lead.send(f"{DESK}/conflicts", {**page.form(), "chosen": "nonsense"}, status=422)
    lead.send(f"{DESK}/conflicts", {**page.form(), "chosen": "s2"})
    assert "Amina Yusuf" not in lead.page(f"{DESK}/conflicts").text
    assert "Amina Yusuf" in lead.page(f"{DESK}/conflicts?all=1").text
    deliver(made, "C", offline("s0", made.codes[0], "11:50", gate="C"))
    assert len(lead.page(f"{DESK}/conflicts").one("tbody").findall("tr")) == 1


def test_what_lies_in_quarantine_is_taken_in_as_it_happened_or_set_aside(
    lead: InspectingClient,
) -> None:
    made = workshop()
    scanner = made.scanner("A")
    with unit_of_work():
        revoke(devices.device(made.event.id, int(scanner.name)))
    deliver(
        made, "A", scan("s1", made.codes[0]), offline("s2", made.codes[1], "11:00"), {"id": "x"}
    )
    assert counts(made.event.id).arrived == 0
    page = lead.page(f"{DESK}/quarantine")
    assert "Amina Yusuf" in page.text
    whys = ("Telefonen var spærret. ", "Det er ikke en hel scanning. ")
    assert [page.text.count(why) for why in whys] == [2, 1]
    ids = db.session.scalars(select(QuarantinedScan.id).order_by(QuarantinedScan.id))
    rows = [str(one) for one in ids]
    db.session.rollback()
    form = page.form()
    lead.send(f"{DESK}/quarantine", {**form, "chosen": rows, "verb": "take"})
    assert counts(made.event.id).arrived == 2
    db.session.rollback()
    left = lead.page(f"{DESK}/quarantine")
    assert len(left.one("tbody").findall("tr")) == 1
    lead.send(f"{DESK}/quarantine", {**form, "chosen": rows[2], "verb": "aside"})
    assert not lead.page(f"{DESK}/quarantine").all("tbody")
    assert len(lead.page(f"{DESK}/quarantine?all=1").one("tbody").findall("tr")) == 3


def test_two_scans_under_one_number_can_both_stand(lead: InspectingClient) -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[0]), scan("s1", made.codes[1]))
    form = lead.page(f"{DESK}/quarantine").form()
    row = db.session.scalars(select(QuarantinedScan.id)).one()
    db.session.rollback()
    lead.send(f"{DESK}/quarantine", {**form, "chosen": str(row), "verb": "take"})
    assert counts(made.event.id).arrived == 2


def test_a_phone_gets_another_gate_and_loses_the_names_with_the_right_to_search(
    lead: InspectingClient,
) -> None:
    made = workshop()
    path = f"{DESK}/devices/{made.scanner('A').name}"
    lead.send(f"{path}/unlock", {})
    word = lead.page(path).one("p", class_="names-word").text
    assert word and len(word) == 11
    assert lead.page(path).one("p", class_="names-word").text == word
    lead.send(path, {**lead.page(path).form(), "gate": "", "rights": "scan"}, status=422)
    lead.send(path, {**lead.page(path).form(), "gate": "North", "rights": "scan"})
    page = lead.page(path)
    assert "North" in page.heading
    assert not page.all("p", class_="names-word")
    lead.send(f"{path}/unlock", {}, status=409)


def test_the_names_are_locked_by_hand_and_by_the_end_of_the_event(lead: InspectingClient) -> None:
    made = workshop()
    path = f"{DESK}/devices/{made.scanner('A').name}"
    lead.send(f"{path}/unlock", {})
    with moment(made.event.ends_at):
        assert not lead.page(path).all("p", class_="names-word")
        lead.send(f"{path}/unlock", {}, status=409)
    lead.send(f"{path}/lock", {})
    assert not lead.page(path).all("p", class_="names-word")


def test_the_day_before_tells_what_each_phone_lacks(lead: InspectingClient) -> None:
    made = workshop(gates=("A", "B"))
    with unit_of_work():
        add_phone(made.event.id, "C")
        ready = devices.device(made.event.id, int(made.scanner("A").name))
        ready.seen_at = ready.listed_at = ready.tested_at = clock.now()
        ready.list_version, ready.camera, ready.unsent = 1000, True, 0
    rows = lead.page(f"{DESK}/devices/ready").one("tbody").findall("tr")
    assert [len(row.findall(".//li")) for row in rows] == [0, 1, 1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens": "2026-03-29T02:30"}, "opens"),
        ({"closes": "2026-03-29T02:30"}, "closes"),
        ({"opens": "2026-03-28T15:00", "closes": "2026-03-28T14:00"}, "closes"),
        ({"opens": "2026-05-01T10:00"}, "opens"),
        ({"closes": "2026-03-01T10:00"}, "closes"),
        ({"opens": "soon"}, "opens"),
        ({"kinds": []}, "kinds"),
        ({"session": "7"}, "session"),
        ({"entries": "thrice"}, "entries"),
    ],
)
def test_door_terms_that_cannot_be_are_refused_at_the_field(
    lead: InspectingClient, changes: dict[str, Any], field: str
) -> None:
    with moment(NOON):
        made = workshop()
        form = lead.page(f"{DESK}/terms/gate").form()
        page = answer_page(lead.send(f"{DESK}/terms/gate", {**form, **changes}, status=422))
    assert any(f"#{field}" in one for one in page.links()), page.links()
    assert not door_rules(made.event.id)


def test_door_terms_are_kept_in_summer_and_winter_time(lead: InspectingClient) -> None:
    with moment(datetime(2026, 10, 24, 20, tzinfo=UTC)):
        made = workshop()
        path = f"{DESK}/terms/gate"
        form = lead.page(path).form()
        hours = {"opens": "2026-10-25T02:30", "closes": "2026-10-25T02:45"}
        lead.send(path, {**form, **hours, "kinds": ["single", "group"], "entries": "daily"})
        again = lead.page(path).form()
        lead.send(
            f"{path}?gate=North", {**lead.page(f"{path}?gate=North").form(), "kinds": "group"}
        )
    rules = door_rules(made.event.id)
    assert rules[""].opens_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert rules[""].closes_at == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    assert (again["opens"], again["closes"]) == (hours["opens"], hours["closes"])
    assert (rules[""].entries, rules[""].kinds) == ("daily", None)
    assert rules["North"].kinds == ["group"]
    db.session.rollback()
    lead.send(f"{DESK}/terms/clear?gate=North", {})
    assert set(door_rules(made.event.id)) == {""}


def test_the_crowd_is_corrected_and_its_limit_warns(lead: InspectingClient) -> None:
    made = workshop()
    count_in(made, "A", 100, 10)
    page = lead.page(f"{DESK}/crowd")
    form = page.form(f"{DESK}/crowd")
    path = f"{DESK}/crowd"
    wrong = answer_page(lead.send(path, {**form, "gate": "A", "reason": "nothing"}, status=422))
    assert "left" in wrong.errors()
    lead.send(path, {**form, "gate": "A", "entered": "-20", "left": "0", "reason": "double press"})
    found = tallies.counted(made.event.id)
    assert found is not None
    assert (found.crowd.inside, found.visits.number, found.by_gate["A"]) == (70, 80, (80, 10))
    assert tallies.crowd(made.event.id) == found.crowd
    db.session.rollback()
    limits = page.form(f"{DESK}/crowd/limit")
    lead.send(f"{path}/limit", {**limits, "most_inside": "0"}, status=422)
    lead.send(f"{path}/limit", {**limits, "most_inside": "75", "warn_at": "90"})
    assert "alert-warning" in lead.get(f"{DESK}/live").json["html"]
    assert "plads til 5 mere" in lead.page(path).text
    assert "Luk folk ud" not in lead.page(path).text
    lead.send(f"{path}/limit", {**lead.page(path).form(f"{path}/limit"), "most_inside": "70"})
    assert "Fuldt: ikke flere ind" in lead.page(path).text
    assert "Luk folk ud" in lead.get(f"{DESK}/live").json["html"]
    assert "double press" in lead.page(path).text
    lead.send(f"{path}/limit", {**limits, "limit_of": "nobody"}, status=422)
    lead.send(
        f"{path}/limit",
        {**lead.page(path).form(f"{path}/limit"), "most_inside": "75", "limit_of": "tickets"},
    )
    assert "alert-warning" not in lead.get(f"{DESK}/live").json["html"]
    assert "med billet" in lead.page(path).text


def unsent_file(made: Made, **changes: Any) -> bytes:
    """What a phone at gate A saves."""
    whole = {
        "torvet": "unsent scans",
        "event": str(made.event.id),
        "device": made.scanner("A").name,
        "scans": [
            offline("f1", made.codes[0], "12:00"),
            offline("f2", made.codes[1], "12:01"),
            {"id": "broken"},
        ],
    }
    return json.dumps({**whole, **changes}).encode()


def upload(lead: InspectingClient, content: bytes, verb: str = "keep", status: int = 200) -> Page:
    """The page that answers the file."""
    form = lead.page(f"{DESK}/unsent").form()
    sent = {**form, "verb": verb, "file": (BytesIO(content), "unsent.json")}
    answer = lead.post(f"{DESK}/unsent", data=sent, content_type="multipart/form-data")
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def test_a_file_of_unsent_scans_is_looked_into_then_taken_in_once(lead: InspectingClient) -> None:
    made = workshop()
    looked = upload(lead, unsent_file(made), "look")
    assert len(looked.one("tbody").findall("tr")) == 3
    assert count_of(Scan) == 0
    for _ in range(2):
        page = upload(lead, unsent_file(made))
        assert "Amina Yusuf" in page.text
        assert count_of(Scan) == 2
        assert count_of(QuarantinedScan) == 1
    assert "2 var her i forvejen. 1 kommer i karantæne." in page.text
    assert set(db.session.scalars(select(Scan.device))) == {made.scanner("A").name}


def test_a_file_that_is_not_of_this_event_or_its_phones_is_refused(lead: InspectingClient) -> None:
    made = workshop()
    strange = workshop("other", ("Dana X",))
    for content in (
        b"",
        b"\x00\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        unsent_file(made, scans={}),
        unsent_file(made, event=str(strange.event.id)),
        unsent_file(made, device=strange.scanner("A").name),
        unsent_file(made, device="9" * 30),
        unsent_file(made, device="9" * 19),
    ):
        page = upload(lead, content, status=422)
        assert "file" in page.errors()
    assert count_of(Scan) == 0


def test_codes_in_the_file_may_be_sealed_as_on_the_phone(lead: InspectingClient) -> None:
    made = workshop()
    item = offline("f1", made.codes[0], "12:00")
    hidden = sealed(encoded(seal_point(made.event.id)), item.pop("code"))
    page = upload(lead, unsent_file(made, scans=[{**item, "sealed": hidden}]))
    assert "Amina Yusuf" in page.text
    assert counts(made.event.id).arrived == 1


def test_what_the_phone_then_sends_itself_is_known(lead: InspectingClient) -> None:
    made = workshop()
    upload(lead, unsent_file(made))
    answers = deliver(made, "A", offline("f1", made.codes[0], "12:00"))
    assert answers[0]["verdict"] == "admitted"
    assert count_of(Scan) == 2


def walk_in_person(id: str, name: str) -> dict[str, Any]:
    """Somebody without a ticket, let in while there was no network."""
    when = "2026-03-28T12:00:00+01:00"
    return {"id": id, "name": name, "mail": "", "seats": 1, "gate": "A", "at": when}


def test_who_came_without_a_ticket_comes_with_the_file_and_waits_for_room(
    lead: InspectingClient,
) -> None:
    with moment(NOON):
        made = workshop(capacity=4)
    walkins = [walk_in_person("w1", "Dina Rahimi"), walk_in_person("w2", "Emre Kaya"), {"id": "w3"}]
    content = unsent_file(made, scans=[], walkins=walkins)
    for _ in range(2):
        page = upload(lead, content)
        named = page.one("tbody").findall(".//bdi")
        assert [len(named), counts(made.event.id).arrived] == [3, 1]
        db.session.rollback()
    waiting = lead.page(f"{DESK}/quarantine")
    assert "Emre Kaya" in waiting.text
    assert "Dina Rahimi" not in waiting.text
    ids = db.session.scalars(select(QuarantinedScan.id).where(QuarantinedScan.reason == "full"))
    form = {**waiting.form(), "chosen": str(ids.one()), "verb": "take"}
    db.session.rollback()
    lead.send(f"{DESK}/quarantine", form)
    assert counts(made.event.id).arrived == 1
    with unit_of_work():
        planning.set_capacity(made.event.id, 5)
    lead.send(f"{DESK}/quarantine", form)
    assert counts(made.event.id).arrived == 2
    db.session.rollback()
    assert "Emre Kaya" not in lead.page(f"{DESK}/quarantine?all=1").text
    assert "Emre Kaya" not in lead.page(f"{DESK}/missing").text

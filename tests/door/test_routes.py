"""The pages of the door: pairing a phone, typing a code, and what the lead sees."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.checkin.queries.counts import counts
from app.checkin.services.terms import set_terms
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at as moment
from app.core.unit_of_work import unit_of_work
from app.devices.queries import devices
from app.devices.rules.moments import milliseconds
from app.devices.rules.terms import DoorTerms
from app.devices.services.devices import add_device, add_phone, offer_pairing, pair, pairing_code
from app.events.queries import sessions
from tests.checkin.making import Made, deliver, offline, scan, workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page, text_of
from tests.statements import Statements

PHONES = "/desk/door/dialog/devices"
SITTINGS = tuple(
    (datetime(2026, 3, day, 16, tzinfo=UTC), datetime(2026, 3, day, 19, tzinfo=UTC))
    for day in (3, 10)
)


def paired(client: InspectingClient, made: Made, gate: str = "A") -> InspectingClient:
    """Let the browser be the phone at a gate."""
    client.set_cookie("door", made.tokens[gate])
    return client


def test_a_phone_is_paired_once_by_the_button_and_then_scans(client: InspectingClient) -> None:
    made = workshop(gates=())
    sign_in_staff(client, StaffRole.DOOR)
    shown = client.send(PHONES, {"gate": "North", "rights": ["scan", "undo"]})
    page = client.page(shown.location)
    address = page.one("p", class_="pairing-address").find("a")
    assert address is not None
    path = str(address.get("href")).removeprefix("http://localhost")
    for _ in range(2):
        assert "North" in client.page(path).text
    assert client.send(path, {}).location == "/door/"
    scanner = client.page("/door/")
    assert scanner.heading == "North"
    client.page(path, status=404)
    answer = client.post(
        "/api/v1/checkin/scans",
        json={"scans": [scan("s1", made.codes[0], gate="North")]},
        headers={"Authorization": f"Bearer {token_on(scanner.one('script', id='setup').text)}"},
    )
    assert answer.json is not None
    assert answer.json["results"][0]["verdict"] == "admitted"


def sent_page(client: InspectingClient, path: str, form: dict[str, str], status: int = 200) -> Page:
    """The page that answers a form."""
    return Page(client.send(path, form, status=status).text)


def token_on(setup: str | None) -> str:
    found = re.search(r'"token": ?"(door_[^"]+)"', setup or "")
    assert found
    return found[1]


def test_a_pairing_code_ends_after_ten_minutes_and_with_a_newer_one(
    client: InspectingClient,
) -> None:
    made = workshop(gates=())
    with unit_of_work():
        phone = add_phone(made.event.id, "A")
        old = pairing_code(phone)
    client.page(f"/door/pair/{old}")
    with unit_of_work():
        new = offer_pairing(devices.device(made.event.id, phone.id))
    client.page(f"/door/pair/{old}", status=404)
    with moment(clock.now() + timedelta(minutes=11)):
        client.page(f"/door/pair/{new}", status=404)
    assert new != old


def test_who_comes_with_a_spent_code_is_told_to_ask_for_a_new_one(
    client: InspectingClient,
) -> None:
    made = workshop(gates=())
    with unit_of_work():
        code = pairing_code(add_phone(made.event.id, "A"))
        other = pairing_code(add_phone(made.event.id, "B"))
    path = f"/door/pair/{code}"
    client.send(path, {})
    # The phone that used it holds its list: no script may wipe that.
    again = client.page(path, status=404)
    assert "Bed den ansvarlige om en ny" in again.text
    assert "/door/" in again.links()
    assert not [one for one in again.all("script") if "door" in (one.get("src") or "")]
    pressed_twice = Page(client.send(path, {}, status=404).text)
    assert pressed_twice.heading == again.heading
    client.delete_cookie("door")
    for wrong in (path, f"/door/pair/{other}x"):
        page = client.page(wrong, status=404)
        assert "Bed den ansvarlige om en ny" in page.text
        assert "/door/" not in page.links()


def test_pairing_anew_ends_the_old_phone(app: Flask) -> None:
    made = workshop()
    number = int(made.scanner("A").name)
    with unit_of_work():
        code = offer_pairing(devices.device(made.event.id, number))
    with unit_of_work():
        _, token = pair(code)
    assert devices.device_by_token(made.tokens["A"]) is None
    assert devices.device_by_token(token) is not None


def test_a_phone_that_is_not_paired_is_told_how(client: InspectingClient) -> None:
    assert client.page("/door/").all("video") == []
    client.set_cookie("door", "door_nothing")
    assert client.page("/door/").all("video") == []


def test_the_scanner_alone_may_compile_webassembly(client: InspectingClient) -> None:
    paired(client, workshop())
    policy = client.get("/door/").headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "'wasm-unsafe-eval'" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("rights", "shown"),
    [
        (("scan",), ["#scan", "#count", "#more"]),
        (("scan", "search", "undo"), ["#scan", "#search", "#count", "#more"]),
        (("admit",), ["#walk-in", "#count", "#more"]),
    ],
)
def test_a_phones_rights_decide_what_it_shows(
    client: InspectingClient, rights: tuple[str, ...], shown: list[str]
) -> None:
    made = workshop(gates=())
    with unit_of_work():
        _, token = add_device(made.event.id, "A", rights)
    client.set_cookie("door", str(token))
    page = client.page("/door/")
    tabs = page.one("nav", id="tabs")
    assert [one.get("href") for one in tabs.iter("a")] == shown
    assert bool(page.all("button", id="undo")) == ("undo" in rights)
    assert bool(page.all("video")) == ("scan" in rights)


def test_the_page_that_the_phone_keeps_names_nobody(client: InspectingClient) -> None:
    made = workshop(sessions=SITTINGS)
    deliver(made, "A", scan("s1", made.codes[0]))
    html = paired(client, made).get("/door/").text
    for name in ("Amina", "Yusuf", "Lund", "mail.example"):
        assert name not in html
    setup = json.loads(text_of(client.page("/door/").one("script", id="setup")))["setup"]
    assert setup["event"]["title"] == "Forældredialog"
    assert len(setup["sessions"]) == len(SITTINGS)


def test_a_gate_of_one_session_is_told_of_that_alone(client: InspectingClient) -> None:
    made = workshop(sessions=SITTINGS)
    sitting = sessions(made.event.id)[1]
    with unit_of_work():
        set_terms(made.event.id, DoorTerms(session_id=sitting.id), "A")
    page = paired(client, made).page("/door/")
    told = json.loads(text_of(page.one("script", id="setup")))["setup"]["sessions"]
    assert [one["starts"] for one in told] == [milliseconds(sitting.starts_at)]


def test_pairing_says_what_the_phone_may_do(client: InspectingClient) -> None:
    made = workshop(gates=())
    with unit_of_work():
        code = pairing_code(add_phone(made.event.id, "A", ("scan", "undo")))
    rights = client.page(f"/door/pair/{code}").one("ul", class_="pairing-rights")
    told = text_of(rights)
    assert "Scanne billetter" in told
    assert "navn" not in told


def test_a_code_is_typed_without_a_script_and_taken_back(client: InspectingClient) -> None:
    made = workshop()
    paired(client, made)
    form = client.page("/door/").form("/door/typed")
    sent = {**form, "code": made.shorts[0].upper(), "kind": "entry"}
    page = sent_page(client, "/door/typed", sent)
    assert "Amina Yusuf" in page.text
    again = sent_page(client, "/door/typed", sent)
    assert len(again.all("section", class_="verdict-green")) == 1
    assert counts(made.event.id).arrived == 1
    db.session.rollback()
    second = sent_page(client, "/door/typed", {**sent, "scan_id": "another"})
    assert len(second.all("section", class_="verdict-amber")) == 1
    assert "Spørg venligt" in second.text
    undo = page.form("/door/undo")
    client.send("/door/undo", undo)
    assert counts(made.event.id).arrived == 0


def test_a_typed_code_that_is_empty_or_unknown_says_so(client: InspectingClient) -> None:
    made = workshop()
    paired(client, made)
    form = client.page("/door/").form("/door/typed")
    assert sent_page(client, "/door/typed", {**form, "code": ""}, 422).errors()
    unknown = sent_page(client, "/door/typed", {**form, "code": "nonsense"})
    assert len(unknown.all("section", class_="verdict-red")) == 1


def test_a_revoked_phone_is_told_so_and_types_nothing(client: InspectingClient) -> None:
    made = workshop()
    paired(client, made)
    form = client.page("/door/").form("/door/typed")
    number = int(made.scanner("A").name)
    sign_in_staff(client, StaffRole.ORGANISER)
    client.send(f"{PHONES}/{number}/revoke", {})
    assert client.page("/door/").all("video") == []
    client.send("/door/typed", {**form, "code": made.shorts[0]})
    assert counts(made.event.id).arrived == 0
    client.page(f"{PHONES}/{number}")
    client.send(f"{PHONES}/{number}/renew", {}, status=404)


def test_leaving_forgets_the_pairing(client: InspectingClient) -> None:
    paired(client, workshop())
    client.send("/door/leave", {})
    assert client.page("/door/").all("video") == []


def test_the_lead_sees_who_came_conflicts_and_quarantine(client: InspectingClient) -> None:
    made = workshop()
    deliver(made, "A", offline("s1", made.codes[0], "12:00"), {"id": "noise"})
    deliver(made, "B", offline("s2", made.codes[0], "12:07", gate="B"))
    sign_in_staff(client, StaffRole.DOOR)
    page = client.page("/desk/door/dialog")
    numbers = [text_of(one) for one in page.all("span", class_="figure-number")]
    assert numbers == ["1", "2", "1", "1", "0", "1"]
    assert "Bo Lund" in client.page("/desk/door/dialog/missing").text
    assert "Amina Yusuf" in client.page("/desk/door/dialog/conflicts").text
    assert "mail.example" not in page.text
    assert "dialog" in str(client.page("/desk/door/").links())


def test_the_lists_statements_do_not_grow_with_the_list(
    client: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    made = workshop()
    many = workshop("many", tuple(f"Guest{n} X" for n in range(60)))
    deliver(many, "A", *(scan(f"m{n}", code) for n, code in enumerate(many.codes[:30])))
    sign_in_staff(client, StaffRole.DOOR)
    for path in (
        "",
        "/missing",
        "/conflicts",
        "/overrides",
        "/searches",
        "/devices",
        "/devices/ready",
        "/list",
        "/crowd",
    ):
        with statements() as few:
            client.page(f"/desk/door/dialog{path}")
        with statements() as more:
            client.page(f"/desk/door/many{path}")
        assert len(few) == len(more) <= 8, str(more)
    assert made.event.id != many.event.id


def test_the_paper_list_prints_codes_and_enters_the_ticked(client: InspectingClient) -> None:
    made = workshop()
    sign_in_staff(client, StaffRole.DOOR)
    page = client.page("/desk/door/dialog/list")
    assert f"{made.shorts[1][:5]}-{made.shorts[1][5:]}".upper() in page.text
    form = page.form()
    ticked = [str(made.tickets[0]), str(made.tickets[2])]
    for _ in range(2):
        client.send("/desk/door/dialog/list", {**form, "ticked": ticked})
    found = counts(made.event.id)
    assert (found.arrived, found.by_gate["paper"]) == (2, 2)
    db.session.rollback()
    client.send("/desk/door/dialog/list", {**form, "ticked": ["1"]}, status=422)
    nothing = sent_page(client, "/desk/door/dialog/list", form, status=422)
    assert "Sæt mindst ét kryds." in nothing.text
    assert "#ticked-0" in nothing.links()


@pytest.mark.parametrize("role", [StaffRole.ANALYST, StaffRole.REVIEWER, StaffRole.PARTNER])
def test_other_duties_do_not_open_the_door_pages(client: InspectingClient, role: StaffRole) -> None:
    workshop()
    sign_in_staff(client, role)
    for path in ("/desk/door/", "/desk/door/dialog", PHONES, "/desk/door/dialog/list"):
        client.page(path, status=403)


def test_a_device_of_another_event_is_not_found(client: InspectingClient) -> None:
    made = workshop()
    workshop("other", ("Dana X",))
    number = int(made.scanner("A").name)
    sign_in_staff(client, StaffRole.ORGANISER)
    client.page(f"/desk/door/other/devices/{number}", status=404)
    client.page("/desk/door/nowhere", status=404)


def test_the_command_prints_a_token_and_an_address(app: Flask) -> None:
    made = workshop(gates=())
    db.session.rollback()
    run = app.test_cli_runner().invoke(args=["door", "pair", "--event", "dialog", "--gate", "A"])
    assert run.exit_code == 0, run.output
    token = re.search(r"token: (door_\S+)", run.output)
    assert token
    found = devices.device_by_token(token[1])
    assert found is not None
    assert (found.event_id, found.gate) == (made.event.id, "A")
    assert "/door/pair/" in run.output
    wrong = app.test_cli_runner().invoke(args=["door", "pair", "--event", "no", "--gate", "A"])
    assert wrong.exit_code == 1

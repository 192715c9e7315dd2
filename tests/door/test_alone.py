"""What a phone without network says where it knows less than the server does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright, Route, expect
from sqlalchemy import select

from app.checkin import jobs
from app.checkin.models import DoubleAdmission, Scan
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.services import devices
from app.lifecycle.services import telling
from app.workshops.models import Admission, Enrolment
from app.workshops.services import changing
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, Shown, on_disk
from tests.door.phone import short_of
from tests.door.serving import served
from tests.door.test_offline import AT_GATE_A, contents, spellings
from tests.running import free_port

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = ("Amina Yusuf", "Bo Lund", "Çelik Öz")
AMINA, BO, CELIK = range(3)
TWO_DAYS = timedelta(days=2)
UNJUDGED, ALREADY = "amber unjudged", "amber already"
SCANS = "**/api/v1/checkin/scans"
REPORTS = '"offline":true'
# Longer than the server is waited for.
A_MOMENT = 600
# Of Bo: three times left to the staff and three times let in, one exit, one taking back, and twice
# seen to be in. Of Çelik: twice left to the staff.
EVERY_SCAN = 12
# A browser without Ed25519.
BLIND = """
(() => {
  const whole = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (format, key, how, ...rest) => how === "Ed25519"
    ? Promise.reject(new DOMException("", "NotSupportedError")) : whole(format, key, how, ...rest);
})();
"""


def told(shown: Shown) -> str:
    """Colour and verdict, as one word for another."""
    return f"{shown.look} {shown.verdict}"


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop of three whose typed codes nobody has worked out yet."""
    made = workshop(names=NAMES)
    db.session.remove()
    yield made
    db.session.remove()


@pytest.fixture
def phone(made: Made, playwright: Playwright, tmp_path: Path) -> DoorPhone:
    """A phone at gate A."""
    address = f"http://127.0.0.1:{free_port()}"
    return DoorPhone(on_disk(playwright, tmp_path / "profile"), address, made.tokens["A"])


def reissued(made: Made, holder: int) -> str:
    """A new ticket in place of the old one: its code."""
    with unit_of_work():
        code = changing.reissue(made.enrolments[holder]).ticket.code
    db.session.remove()
    return code


def test_one_guest_with_an_old_and_a_new_ticket_comes_in_once(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    with served(app, port_of(phone)):
        phone.start(paired=False)
        phone.ready(3)
        assert told(phone.scan(made.codes[AMINA])) == "green admitted"
        phone.delivered()
        new = {holder: reissued(made, holder) for holder in (AMINA, BO)}
        phone.reload()
        phone.ready(5)
    shown = phone.scan(new[AMINA])
    assert (told(shown), "indgang A" in shown.reason) == ("amber already", True)
    assert told(phone.scan(new[BO])) == "green admitted"
    shown = phone.scan(made.codes[BO])
    assert told(shown) == "red refused"
    assert "Den nye billet: Kom ind" in shown.reason
    assert shown.name == ""
    with served(app, port_of(phone)):
        phone.delivered()
        assert told(phone.scan(new[AMINA])) == "amber already"
        phone.delivered()
        assert not phone.corrected()
        phone.close()
    assert len(db.session.scalars(select(Admission)).all()) == 2
    assert phone.faults == []


def test_a_typed_code_that_is_not_worked_out_yet_is_left_to_the_staff(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    far_away(made)
    left_alone(app, phone)
    shown = phone.type(made.shorts[BO])
    assert (told(shown), shown.offline) == ("amber unjudged", True)
    assert told(phone.type(made.shorts[CELIK], then="#verdict-trust")) == "amber unjudged"
    assert told(phone.answered()) == "green admitted"
    assert "alle tastede koder" in shown.reason
    with served(app, port_of(phone)):
        phone.delivered()
        assert jobs.hash_short_codes(clock.now() + TWO_DAYS) == 3
        db.session.remove()
        phone.hashed()
    assert told(phone.type(made.shorts[BO])) == "green admitted"
    assert told(phone.type(made.shorts[CELIK].upper())) == "amber already"
    shown = phone.type("abcde-fghj2")
    assert (told(shown), "Se efter" in shown.reason) == ("amber unjudged", True)
    phone.close()
    kept = db.session.execute(select(Scan.ticket_id, Scan.green).order_by(Scan.seq)).all()
    bo, celik = made.tickets[BO], made.tickets[CELIK]
    assert [tuple(one) for one in kept] == [(bo, False), (celik, False), (celik, True)]
    assert [one.ticket_id for one in db.session.scalars(select(Admission))] == [celik]
    assert phone.faults == []


def test_who_came_without_a_ticket_can_be_taken_back_with_and_without_network(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    with served(app, port_of(phone)):
        phone.start(paired=False)
        phone.ready(3)
        assert told(phone.walk_in("Hanne Vandrer", then="#verdict-undo")) == "green admitted"
        assert told(phone.answered()) == "grey annulled"
        phone.delivered()
    assert told(phone.walk_in("Ida Uden", then="#verdict-undo")) == "green admitted"
    shown = phone.answered()
    assert (told(shown), shown.offline) == ("grey annulled", True)
    assert phone.waiting() == 2
    assert told(phone.walk_in("Jens Uden")) == "green admitted"
    with served(app, port_of(phone)):
        phone.delivered()
        assert not phone.corrected()
        phone.close()
    assert len(db.session.scalars(select(Scan)).all()) == 5
    assert len(db.session.scalars(select(Admission)).all()) == 1
    states = db.session.scalars(select(Enrolment.state)).all()
    assert sorted(states) == ["cancelled", "cancelled", *["confirmed"] * 4]
    assert phone.faults == []


def test_who_was_let_in_on_trust_is_in_already_the_second_time(
    app: Flask, made: Made, phone: DoorPhone, tmp_path: Path
) -> None:
    far_away(made)
    left_alone(app, phone)
    assert told(trusted(phone, made.shorts[BO])) == "green admitted"
    shown = phone.type(made.shorts[BO].upper())
    assert (told(shown), "indgang A" in shown.reason, shown.offline) == (ALREADY, True, True)
    phone.close()
    assert_sealed(tmp_path, made, made.shorts[BO])
    phone.start()
    assert told(phone.type(made.shorts[BO])) == ALREADY
    assert told(phone.type(made.shorts[CELIK])) == UNJUDGED
    phone.turn("exit")
    assert told(phone.type(made.shorts[BO])) == "green exit"
    assert told(phone.type(made.shorts[CELIK])) == UNJUDGED
    phone.turn("entry")
    assert told(trusted(phone, made.shorts[BO], then="#verdict-undo")) == "green admitted"
    assert told(phone.answered()) == "grey annulled"
    assert told(trusted(phone, made.shorts[BO])) == "green admitted"
    with served(app, port_of(phone)):
        phone.delivered()
        phone.caught_up(EVERY_SCAN)
    assert phone.count("moves") == EVERY_SCAN
    phone.reload()
    assert told(phone.type(made.shorts[BO])) == ALREADY
    assert told(phone.scan(made.codes[BO])) == ALREADY
    assert not phone.corrected()
    assert typed_name(made, BO) in phone.kept()
    phone.end_event()
    phone.reload()
    assert (phone.count("moves"), typed_name(made, BO) in phone.kept()) == (0, False)
    phone.close()
    admitted = [one.ticket_id for one in db.session.scalars(select(Admission))]
    assert admitted == [made.tickets[BO]] * 2
    assert db.session.scalars(select(DoubleAdmission)).all() == []
    assert phone.faults == []


def test_the_list_that_brings_the_ticket_brings_who_was_let_in_with_its_typed_code(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    far_away(made)
    word = unlocked(made)
    left_alone(app, phone, names=True)
    assert told(trusted(phone, made.shorts[BO])) == "green admitted"
    assert told(trusted(phone, made.shorts[CELIK])) == "green admitted"
    assert phone.find("bo lund", word) == ["Bo Lund"]
    shown = phone.let_in_found()
    assert (told(shown), shown.name) == (ALREADY, "Bo Lund")
    assert_near_name_is_told(phone, "Celik Öz", "Çelik Öz")
    nothing_arrives(phone)
    with served(app, port_of(phone)):
        assert jobs.hash_short_codes(clock.now() + TWO_DAYS) == 3
        db.session.remove()
        phone.hashed()
    phone.reload()
    assert told(phone.scan(made.codes[CELIK])) == ALREADY
    assert told(phone.type(made.shorts[BO])) == ALREADY
    assert phone.waiting() == 7
    arrives_again(phone)
    with served(app, port_of(phone)):
        phone.delivered()
        assert not phone.corrected()
        phone.close()
    admitted = db.session.scalars(select(Admission.ticket_id)).all()
    assert sorted(admitted) == sorted([made.tickets[BO], made.tickets[CELIK]])
    assert phone.faults == []


def test_a_browser_that_cannot_verify_knows_whom_it_let_in_on_trust(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    phone.camera += BLIND
    left_alone(app, phone)
    new = reissued(made, BO)
    assert told(phone.scan(new, then="#verdict-trust")) == UNJUDGED
    assert told(phone.answered()) == "green admitted"
    phone.close()
    phone.start()
    shown = phone.scan(new)
    assert (told(shown), "indgang A" in shown.reason) == (ALREADY, True)
    with served(app, port_of(phone)):
        phone.delivered()
        assert not phone.corrected()
        phone.close()
    assert len(db.session.scalars(select(Scan)).all()) == 3
    assert len(db.session.scalars(select(Admission)).all()) == 1
    assert phone.faults == []


def test_the_server_that_has_not_been_told_yet_lets_nobody_in_twice(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    far_away(made)
    left_alone(app, phone)
    assert told(trusted(phone, made.shorts[BO])) == "green admitted"
    assert told(phone.scan(made.codes[AMINA])) == "green admitted"
    nothing_arrives(phone, REPORTS)
    with served(app, port_of(phone)):
        phone.reload()
        phone.page.wait_for_selector("#status[data-state=online]")
        assert told(phone.type(made.shorts[BO])) == ALREADY
        assert told(phone.scan(made.codes[AMINA])) == ALREADY
        phone.page.wait_for_timeout(A_MOMENT)
        assert not phone.corrected()
        arrives_again(phone)
        phone.delivered()
        phone.close()
    admitted = db.session.scalars(select(Admission.ticket_id)).all()
    assert sorted(admitted) == sorted([made.tickets[BO], made.tickets[AMINA]])
    assert db.session.scalars(select(DoubleAdmission)).all() == []
    green = db.session.scalars(select(Scan.ticket_id).where(Scan.green)).all()
    assert sorted(green) == sorted(admitted)
    assert phone.faults == []


def left_alone(app: Flask, phone: DoorPhone, *, names: bool = False) -> None:
    """Pair the phone, let it take along the list and perhaps the names, and end the server."""
    with served(app, port_of(phone)):
        phone.start(paired=False)
        phone.ready(3)
        if names:
            phone.unlocked()


def trusted(phone: DoorPhone, short: str, then: str = "") -> Shown:
    """Let somebody in with a typed code that the phone cannot judge: the second answer."""
    assert told(phone.type(short, then="#verdict-trust")) == UNJUDGED
    return phone.answered(then)


def typed_name(made: Made, holder: int) -> str:
    """Under what name a phone remembers which ticket a typed code belongs to."""
    return f"typed:{short_of(made.shorts[holder], made.event.id)}"


def assert_sealed(folder: Path, made: Made, short: str) -> None:
    """Of a typed code nothing stands in the browser's profile but its slow hash."""
    content = contents(folder / "profile", folder / "copy")
    assert any(one in content for one in spellings(short_of(short, made.event.id)))
    for form in (short, short.upper(), f"{short[:5]}-{short[5:]}"):
        assert not any(one in content for one in spellings(form))


def unlocked(made: Made) -> str:
    """The lead's word that opens the names on the phone at gate A."""
    with unit_of_work():
        word = devices.unlock_names(db.session.scalars(AT_GATE_A).one(), made.event)
    db.session.remove()
    return word


def assert_near_name_is_told(phone: DoorPhone, name: str, listed: str) -> None:
    """Somebody without a ticket who may be one of the list: asked about, and not yet let in."""
    page = phone.page
    page.click("a[href='#walk-in']")
    page.fill("#walk-in-name", name)
    page.press("#walk-in-name", "Enter")
    expect(page.locator("#walk-in-alike")).to_contain_text(f"{listed}\u2069 (Har billet)")
    expect(page.locator("#verdict[open]")).to_have_count(0)
    page.fill("#walk-in-name", "")
    page.click("a[href='#scan']")


def nothing_arrives(phone: DoorPhone, what: str = "") -> None:
    """From now on no scans that say this get through, while all else does."""

    def judge(route: Route) -> None:
        if what in (route.request.post_data or ""):
            route.abort()
        else:
            route.continue_()

    phone.page.context.route(SCANS, judge)


def arrives_again(phone: DoorPhone) -> None:
    """Scans get through."""
    phone.page.context.unroute(SCANS)


def far_away(made: Made) -> None:
    """Move the event so far ahead that the worker does not work out its codes yet."""
    starts, ends = made.event.starts_at, made.event.ends_at
    with unit_of_work():
        later = timedelta(days=8)
        telling.move(made.event.id, starts + later, ends + later, "Salen", "Gade 1")
    db.session.remove()


def port_of(phone: DoorPhone) -> int:
    """Where the phone looks for its server."""
    return int(phone.address.rsplit(":", 1)[1])

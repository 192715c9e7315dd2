"""What a phone without network says where it knows less than the server does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright
from sqlalchemy import select

from app.checkin import rounds
from app.checkin.models import Admission, Scan
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops import services as workshops
from app.workshops.models import Enrolment
from tests.checkin.doorphone import DoorPhone, Shown, on_disk
from tests.checkin.making import Made, workshop
from tests.running import free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = ("Amina Yusuf", "Bo Lund", "Çelik Öz")
AMINA, BO, CELIK = range(3)
TWO_DAYS = timedelta(days=2)


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


def reissued(made: Made, guest: int) -> str:
    """A new ticket in place of the old one: its code."""
    with unit_of_work():
        code = workshops.reissue(made.enrolments[guest]).ticket.code
    db.session.remove()
    return code


def test_one_guest_with_an_old_and_a_new_ticket_comes_in_once(
    app: Flask, made: Made, phone: DoorPhone
) -> None:
    with serving(app, port_of(phone), TORVET_ENV="development") as server:
        phone.start(paired=False)
        phone.ready(3)
        assert told(phone.scan(made.codes[AMINA])) == "green admitted"
        phone.delivered()
        new = {guest: reissued(made, guest) for guest in (AMINA, BO)}
        phone.reload()
        phone.ready(5)
        server.kill()
    shown = phone.scan(new[AMINA])
    assert (told(shown), "indgang A" in shown.reason) == ("amber already", True)
    assert told(phone.scan(new[BO])) == "green admitted"
    shown = phone.scan(made.codes[BO])
    assert told(shown) == "red refused"
    assert "Den nye billet: Kom ind" in shown.reason
    assert shown.name == ""
    with serving(app, port_of(phone), TORVET_ENV="development"):
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
    with serving(app, port_of(phone), TORVET_ENV="development") as server:
        phone.start(paired=False)
        phone.ready(3)
        server.kill()
    shown = phone.type(made.shorts[BO])
    assert (told(shown), shown.offline) == ("amber unjudged", True)
    assert told(phone.type(made.shorts[CELIK], then="#verdict-trust")) == "amber unjudged"
    assert told(phone.answered()) == "green admitted"
    assert "alle tastede koder" in shown.reason
    with serving(app, port_of(phone), TORVET_ENV="development") as server:
        phone.delivered()
        assert rounds.hash_short_codes(clock.now() + TWO_DAYS) == 3
        db.session.remove()
        phone.hashed()
        server.kill()
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
    with serving(app, port_of(phone), TORVET_ENV="development") as server:
        phone.start(paired=False)
        phone.ready(3)
        assert told(phone.walk_in("Hanne Vandrer", then="#verdict-undo")) == "green admitted"
        assert told(phone.answered()) == "green annulled"
        phone.delivered()
        server.kill()
    assert told(phone.walk_in("Ida Uden", then="#verdict-undo")) == "green admitted"
    shown = phone.answered()
    assert (told(shown), shown.offline) == ("green annulled", True)
    assert phone.waiting() == 2
    assert told(phone.walk_in("Jens Uden")) == "green admitted"
    with serving(app, port_of(phone), TORVET_ENV="development"):
        phone.delivered()
        assert not phone.corrected()
        phone.close()
    assert len(db.session.scalars(select(Scan)).all()) == 5
    assert len(db.session.scalars(select(Admission)).all()) == 1
    states = db.session.scalars(select(Enrolment.state)).all()
    assert sorted(states) == ["cancelled", "cancelled", *["confirmed"] * 4]
    assert phone.faults == []


def far_away(made: Made) -> None:
    """Move the event so far ahead that the worker does not work out its codes yet."""
    starts, ends = made.event.starts_at, made.event.ends_at
    with unit_of_work():
        later = timedelta(days=8)
        workshops.move_event(made.event.id, starts + later, ends + later, "Salen", "Gade 1")
    db.session.remove()


def port_of(phone: DoorPhone) -> int:
    """Where the phone looks for its server."""
    return int(phone.address.rsplit(":", 1)[1])

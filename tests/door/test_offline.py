"""The door without network, in a real browser with the server's process stopped."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright
from sqlalchemy import select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.models import Device
from app.devices.services import devices
from app.people.models import Person
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment
from app.workshops.services import changing, leaving
from tests.checkin.making import Made, workshop
from tests.door.doorphone import DoorPhone, Shown, on_disk
from tests.running import free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

NAMES = (
    "Amina Yusuf",
    "Bo Lund",
    "Çelik Öz",
    "Dorte Ågård",
    "Ežéna Łukaš",
    "Farid Noor",
    "Gitte Holm",
)
AMINA, BO, CELIK, DORTE, EZENA, FARID, GITTE = range(7)
WALKED_IN = "Hanne Vandrer"
AT_GATE_A = select(Device).where(Device.gate == "A")
PLANTED = "Zebra Plantagesen"
FIRST, SECOND = "green admitted", "amber already"


def told(shown: Shown) -> str:
    """Colour and verdict, as one word for another."""
    return f"{shown.look} {shown.verdict}"


@pytest.fixture
def made(app: Flask) -> Iterator[Made]:
    """A workshop of seven, with doors at three gates."""
    made = workshop(names=NAMES)
    db.session.remove()
    yield made
    db.session.remove()


def test_scans_without_network_outlive_a_cold_start_and_arrive_once(
    app: Flask, made: Made, playwright: Playwright, tmp_path: Path
) -> None:
    port = free_port()
    profile = tmp_path / "profile"
    phone = DoorPhone(on_disk(playwright, profile), f"http://127.0.0.1:{port}", made.tokens["A"])
    with serving(app, port, TORVET_ENV="development") as server:
        phone.start(paired=False)
        phone.ready(len(NAMES))
        assert told(phone.scan(made.codes[AMINA])) == FIRST
        phone.delivered()
        with unit_of_work():
            leaving.cancel(made.enrolments[FARID], letters=False)
            new_code = changing.reissue(made.enrolments[GITTE]).ticket.code
            word = devices.unlock_names(db.session.scalars(AT_GATE_A).one(), made.event)
        db.session.remove()
        phone.reload()
        phone.ready(len(NAMES) + 1)
        phone.unlocked()
        assert phone.find("celik") == ["Çelik Öz"]
        server.kill()

    phone.reload()
    shown = phone.scan(made.codes[BO])
    assert (told(shown), shown.name, shown.offline) == (FIRST, "Bo Lund", True)
    assert told(phone.scan(forged(made.codes[CELIK]))) == "red forged"
    assert told(phone.scan(made.codes[AMINA])) == SECOND
    assert told(phone.scan(made.codes[BO])) == SECOND
    assert told(phone.scan(made.codes[FARID])) == "red refused"
    assert told(phone.scan(made.codes[GITTE])) == "red refused"
    shown = phone.scan(new_code)
    assert (told(shown), shown.name) == (FIRST, "Gitte Holm")
    assert phone.waiting() == 7
    phone.close()

    phone.start()
    assert phone.page.get_attribute("#network", "data-state") == "offline"
    assert told(phone.scan(made.codes[BO])) == SECOND
    assert phone.find("łuk eže", word) == ["Ežéna Łukaš"]
    shown = phone.let_in_found()
    assert (told(shown), shown.name, shown.offline) == (FIRST, "Ežéna Łukaš", True)
    assert told(phone.walk_in(WALKED_IN)) == FIRST
    assert phone.waiting() == 10

    with serving(app, port, TORVET_ENV="development"):
        phone.delivered()
        phone.delivered()
        assert told(phone.scan(made.codes[DORTE])) == FIRST
        phone.delivered()
        plant(phone)
        phone.close()
    assert_rows(made)
    assert phone.faults == []
    assert_nothing_personal(profile, tmp_path / "copy", made)


def forged(code: str) -> str:
    """The same ticket under a signature that nobody made."""
    return code[:60] + ("B" if code[60] == "A" else "A") + code[61:]


def assert_rows(made: Made) -> None:
    """Every scan once, and the right people in."""
    scans = db.session.scalars(select(Scan).order_by(Scan.seq)).all()
    # The walk-in took a number on the phone, and its entry none at the server.
    assert [scan.seq for scan in scans] == [0, *range(1, 11), 12]
    # Of the first and the last, made with network, the phone may have decided too: a server with
    # much other work does not answer within its patience.
    told_later = [scan for scan in scans if 1 < scan.seq < 12]
    assert [scan.offline for scan in told_later] == [True] * 9
    assert all(scan.before_ms and scan.after_ms for scan in told_later)
    admitted = db.session.scalars(select(Admission).order_by(Admission.at)).all()
    names = [name_of(one.ticket_id) for one in admitted]
    came = [NAMES[one] for one in (AMINA, BO, GITTE, EZENA)]
    assert names == [*came, WALKED_IN, NAMES[DORTE]]
    assert admitted[2].ticket_id != made.tickets[GITTE]
    assert not db.session.scalars(select(DoubleAdmission)).all()
    assert not db.session.scalars(select(QuarantinedScan)).all()


def name_of(ticket_id: int) -> str | None:
    """Whose ticket it is."""
    return db.session.scalar(
        select(Person.name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Ticket, Ticket.enrolment_id == Enrolment.id)
        .where(Ticket.id == ticket_id)
    )


def plant(phone: DoorPhone) -> None:
    """Put a name where names must not be, so that the search has something to find."""
    phone.page.evaluate(
        """(name) => new Promise((resolve) => {
          const asking = indexedDB.open("planted");
          asking.onupgradeneeded = () => asking.result.createObjectStore("names");
          asking.onsuccess = () => {
            const writing = asking.result.transaction("names", "readwrite", {durability: "strict"});
            writing.objectStore("names").put({ name, wide: name + "Ł" }, 1);
            writing.oncomplete = () => caches.open("planted").then((cache) =>
              cache.put("/planted", new Response(btoa("x" + name)))).then(resolve);
          };
        })""",
        PLANTED,
    )


def assert_nothing_personal(profile: Path, copy: Path, made: Made) -> None:
    """No name, no mail, no code stands anywhere in the browser's profile."""
    content = contents(profile, copy)
    assert sum(one in content for one in spellings(PLANTED)) >= 3, "the search is blind"
    mails = [f"{name.split()[0].lower()}@mail.example" for name in NAMES]
    for secret in (*NAMES, WALKED_IN, *mails, *made.codes, *made.shorts):
        assert not any(one in content for one in spellings(secret)), secret


def contents(profile: Path, copy: Path) -> bytes:
    """All that stands in the browser's profile."""
    shutil.copytree(profile, copy, ignore_dangling_symlinks=True, ignore=only_files)
    return b"\0".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())


def only_files(folder: str, names: list[str]) -> set[str]:
    """Sockets and locks of the browser are not copied."""
    return {name for name in names if (Path(folder) / name).is_symlink()}


def spellings(text: str) -> set[bytes]:
    """The text as it could stand on disk: UTF-8, UTF-16, Latin-1, and base64 of the first two."""
    plain = {text.encode(), text.encode("utf-16-le")}
    found = plain | {text.encode("latin-1", "ignore")}
    for one in plain:
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + one)
            inner = whole[4 if shift else 0 : -4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found

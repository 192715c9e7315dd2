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

from app.checkin.models import Admission, DoubleAdmission, QuarantinedScan, Scan
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops import services as workshops
from tests.checkin.doorphone import DoorPhone, Shown
from tests.checkin.making import Made, workshop
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
    phone = DoorPhone(playwright, profile, f"http://127.0.0.1:{port}", made.tokens["A"])
    with serving(app, port, TORVET_ENV="development") as server:
        phone.start(paired=False)
        phone.ready(len(NAMES))
        assert told(phone.scan(made.codes[AMINA])) == FIRST
        with unit_of_work():
            workshops.cancel(made.enrolments[FARID], letters=False)
            new_code = workshops.reissue(made.enrolments[GITTE]).ticket.code
        db.session.remove()
        phone.reload()
        phone.ready(len(NAMES) + 1)
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
    assert phone.scan(made.codes[EZENA]).name == "Ežéna Łukaš"
    assert phone.waiting() == 9

    with serving(app, port, TORVET_ENV="development"):
        phone.delivered()
        phone.delivered()
        assert told(phone.scan(made.codes[DORTE])) == FIRST
        plant(phone)
        phone.close()
    assert_rows(made, new_code)
    assert phone.faults == []
    assert_nothing_personal(profile, tmp_path / "copy", made)


def forged(code: str) -> str:
    """The same ticket under a signature that nobody made."""
    return code[:60] + ("B" if code[60] == "A" else "A") + code[61:]


def assert_rows(made: Made, new_code: str) -> None:
    """Every scan once, and the right people in."""
    scans = db.session.scalars(select(Scan).order_by(Scan.seq)).all()
    assert [scan.seq for scan in scans] == list(range(1, 12))
    assert sum(scan.offline for scan in scans) == 9
    assert all(scan.before_ms and scan.after_ms for scan in scans if scan.offline)
    inside = {scan.code for scan in scans if scan.answer["verdict"] == "admitted"}
    came = [made.codes[one] for one in (AMINA, BO, DORTE, EZENA)]
    assert inside == {*came, new_code}
    assert len(db.session.scalars(select(Admission)).all()) == 5
    assert not db.session.scalars(select(DoubleAdmission)).all()
    assert not db.session.scalars(select(QuarantinedScan)).all()


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
    shutil.copytree(profile, copy, ignore_dangling_symlinks=True, ignore=only_files)
    content = b"\0".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    assert sum(one in content for one in spellings(PLANTED)) >= 3, "the search is blind"
    mails = [f"{name.split()[0].lower()}@mail.example" for name in NAMES]
    codes = [code for code in (*made.codes, *made.shorts)]
    for secret in (*NAMES, *mails, *codes, *(code.lower() for code in codes)):
        assert not any(one in content for one in spellings(secret)), secret


def only_files(folder: str, names: list[str]) -> set[str]:
    """Sockets and locks of the browser are not copied."""
    return {name for name in names if (Path(folder) / name).is_symlink()}


def spellings(text: str) -> set[bytes]:
    """The text as it could stand on disk: UTF-8, UTF-16, Latin-1, and base64 of the first two."""
    plain = {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
    found = plain | {text.encode("latin-1", "ignore")}
    for one in plain:
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + one)
            inner = whole[4 if shift else 0 : -4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found

"""Whose installation it is: asked for cheaply, and never told wrongly after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask, g
from flask_babel import force_locale

from app import create_app
from app.core import audit
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import post
from app.core.owner import let_go, owner, settle_for_the_last
from app.core.unit_of_work import unit_of_work
from app.installation.queries import Memory
from app.installation.rules import filled
from app.installation.services import save
from app.installation.wording import Owner, TeamContact, of
from app.post.mime import mime_message
from app.post.worker import parts_of, send_due_letters
from config import SettingsRefused
from tests.application import settings_for
from tests.catalogue import making
from tests.core.test_mime import SENDER, letter, read_back, words_of
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
NAMES = {
    "team": {"da": "Verdensholdet", "en": "The World Team"},
    "municipality": {"da": "Storby Kommune"},
    "city": {"da": "Storby"},
}
FACTS = {"name": "Aya", "organisation": "Åse", "my_page": "https://by.example/my"}
CONTACT = TeamContact("hold@storby.example", "+4533661234", {"da": "Mandag 9–15"})


@pytest.fixture(autouse=True)
def forgotten(app: Flask) -> Iterator[None]:
    """What one test's process read must not be known to the next."""
    Memory.last = Owner()
    let_go()
    yield
    let_go()


def put(names: dict[str, dict[str, str]] = NAMES, contact: TeamContact = CONTACT) -> None:
    with unit_of_work():
        save(names, contact)


def put_by_another_process(names: dict[str, dict[str, str]]) -> None:
    """The row is another, and this process still remembers what it read before."""
    before = Memory.last
    put(names)
    Memory.last = before


def test_until_somebody_writes_it_the_settings_say_how_the_team_is_reached(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONTACT_MAIL", "team@by.example")
    assert owner().contact.mail == "team@by.example"
    with force_locale("da"):
        assert (owner().team, owner().city) == ("integrationsteamet", "byen")


def test_what_was_written_once_counts_also_where_it_is_empty(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONTACT_PHONE", "33 00 00 00")
    put(contact=TeamContact("hold@storby.example"))
    assert owner().contact.phone == ""


def test_every_change_names_its_parts_and_a_save_without_one_leaves_nothing(app: Flask) -> None:
    put()
    stamp = owner().stamp
    put()
    put({**NAMES, "city": {"da": "Nyby"}})
    fields = [entry.facts["fields"] for entry in audit.of("installation", 1)]
    assert fields == [["city", "municipality", "team", "mail", "phone", "hours"], ["city"]]
    assert owner().stamp != stamp


@pytest.mark.parametrize("address", ["/events/aftenen?language=da", "/?language=da"])
def test_another_process_tells_a_change_at_once(client: InspectingClient, address: str) -> None:
    making.event("aftenen")
    put()
    assert "Verdensholdet" in client.page(address).text
    put_by_another_process({**NAMES, "team": {"da": "Byholdet"}})
    page = client.page(address)
    assert "Byholdet" in page.text
    assert "Verdensholdet" not in page.text


def test_so_it_does_to_somebody_who_is_signed_in(client: InspectingClient) -> None:
    put()
    sign_in_staff(client, StaffRole.ADMIN)
    assert "Verdensholdet" in client.page("/my?language=da").text
    put_by_another_process({**NAMES, "team": {"da": "Byholdet"}})
    assert "Byholdet" in client.page("/my?language=da").text


@pytest.mark.parametrize("address", ["/events/aftenen", "/", "/events/aftenen/enrol"])
def test_no_statement_is_asked_for_it_on_the_busy_pages(
    client: InspectingClient, statements: Counter, address: str
) -> None:
    making.event("aftenen", capacity=5)
    client.page(address)
    with statements() as without:
        client.page(address)
    put()
    client.page(address)
    with statements() as known:
        client.page(address)
    assert len(known) == len(without), str(known)


def test_a_page_that_says_the_database_is_down_asks_it_nothing(
    app: Flask, statements: Counter
) -> None:
    put()
    owner()
    with app.test_request_context("/"), statements() as asked:
        settle_for_the_last()
        assert owner().contact == CONTACT
    assert len(asked) == 0


def test_a_letter_says_how_the_team_is_reached_when_it_leaves(app: Flask) -> None:
    put()
    with unit_of_work():
        waiting = post("organisations/welcome", "aya@post.example", **FACTS)
    assert "hold@storby.example" not in waiting.text
    put(contact=TeamContact("nyt@storby.example"))
    folder = Path(app.config["DATA_DIR"]) / "letters"
    others = set(folder.iterdir()) if folder.exists() else set()
    assert send_due_letters(parts_of(app)) == 1
    [sent] = set(folder.iterdir()) - others
    message = read_back(sent.read_bytes())
    sent.unlink()
    assert message["Reply-To"] == "nyt@storby.example"
    for kind in ("plain", "html"):
        assert "nyt@storby.example" in words_of(message, kind)
        assert "Verdensholdet, Storby Kommune" in words_of(message, kind)


def test_a_letter_that_waited_with_its_signature_gets_no_second_one(app: Flask) -> None:
    put()
    old = letter()
    old.text = "Kære Åse\n-- \nTorvet\nIntegrationsteamet\n"
    assert words_of(read_back(mime_message(old, [], SENDER).as_bytes()), "plain").count("-- ") == 1


@pytest.mark.parametrize(
    ("language", "name", "owned"),
    [
        ("da", "TaskForce", "TaskForces"),
        ("da", "Team Aarhus", "Team Aarhus'"),
        ("en", "the World Team", "the World Team's"),
        ("en", "Sports", "Sports'"),
        ("ar", "فريق", "فريق"),
    ],
)
def test_what_is_somebodys_is_written_as_the_language_does(
    app: Flask, language: str, name: str, owned: str
) -> None:
    with force_locale(language):
        assert of(name) == owned


def test_texts_keep_braces_that_name_nothing_of_ours(app: Flask) -> None:
    put()
    with force_locale("da"):
        names = owner().in_texts()
        assert filled("{Of_team} arbejde i {city}, {figure}", names) == (
            "Verdensholdets arbejde i Storby, {figure}"
        )


def test_a_contact_in_the_settings_that_is_no_address_still_stops_the_start(
    tmp_path: Path,
) -> None:
    settings = settings_for(tmp_path, "sqlite://")
    with pytest.raises(SettingsRefused, match="TORVET_CONTACT_MAIL"):
        create_app(type(settings)(**{**vars(settings), "contact_mail": "team"}))


def test_nobody_elses_request_is_remembered(app: Flask) -> None:
    put()
    owner()
    let_go()
    assert "owner" not in g
    db.session.rollback()

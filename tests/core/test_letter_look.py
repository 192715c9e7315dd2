"""The page of a letter: its button, its pictures, and how the team is reached."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask_babel import force_locale

from app import create_app
from app.core.letter_look import dressed
from app.core.markup import letter_html
from app.core.outbox import Letter, page_of, rendered, signed
from app.post.mime import mime_message
from config import SettingsRefused
from tests.application import settings_for
from tests.core.test_mime import SENDER, letter
from tests.pages import InspectingClient

MAIL, PHONE = "integration@torvet.example", "+45 33 00 00 00"


@pytest.fixture
def reachable(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application whose settings tell how the team is reached."""
    monkeypatch.setitem(app.config, "CONTACT_MAIL", MAIL)
    monkeypatch.setitem(app.config, "CONTACT_PHONE", PHONE)
    return app


def shown(source: str) -> str:
    return str(dressed(letter_html(source)))


def letter_of(source: str, language: str = "da") -> Letter:
    row = letter()
    row.source, row.language = source, language
    return row


def test_a_link_of_its_own_is_a_button_and_one_among_words_is_not(app: Flask) -> None:
    page = shown(
        "[Åbn *min* plads](https://by.example/m/1?a=1&b=2)\n\nLæs [mere](https://x.example) her."
    )
    assert page.count('class="button"') == 1
    assert 'href="https://by.example/m/1?a=1&amp;b=2"' in page
    assert "Åbn <em>min</em> plads</a></td>" in page
    assert '<p>Læs <a style="color:#0b5f59" href="https://x.example">mere</a> her.</p>' in page


def test_two_links_in_one_paragraph_stay_links(app: Flask) -> None:
    assert 'class="button"' not in shown("[a](https://x.example) [b](https://y.example)")


def test_a_picture_is_never_wider_than_the_phone(app: Flask) -> None:
    assert "max-width:100%;height:auto" in shown("![kode](cid:inline-qr-1)")


def test_nobodys_words_become_a_button_or_a_style(app: Flask) -> None:
    page = shown('<a class="button" href="https://x.example">x</a> \\[a\\](https://x.example)')
    assert "<a" not in page


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_a_letter_is_a_whole_page_that_says_how_the_team_is_reached(
    reachable: Flask, language: str
) -> None:
    page = page_of(letter_of("Kære\n\n[Åbn](https://by.example)", language))
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'href="mailto:{MAIL}"' in page
    assert 'href="tel:+4533000000"' in page


@pytest.mark.parametrize(("language", "number"), [("da", PHONE), ("ar", f"\u2066{PHONE}\u2069")])
def test_the_plain_words_say_it_too(reachable: Flask, language: str, number: str) -> None:
    text = signed(letter_of("Kære", language))
    assert MAIL in text
    assert number in text


def test_an_answer_goes_to_the_team(reachable: Flask) -> None:
    content = mime_message(letter(), [], SENDER).as_bytes()
    message = message_from_bytes(content, policy=policy.default)
    assert message["Reply-To"] == MAIL


def test_without_a_contact_a_letter_leaves_all_the_same(app: Flask) -> None:
    message = mime_message(letter(), [], SENDER)
    assert message["Reply-To"] is None
    assert "mailto:" not in page_of(letter())


@pytest.mark.parametrize("mail", ["Teamet <team@by.example>", "team", "a@b.example, c@d.example"])
def test_a_contact_that_is_no_address_is_refused_at_the_start(tmp_path: Path, mail: str) -> None:
    settings = replace(settings_for(tmp_path, "sqlite://"), contact_mail=mail)
    with pytest.raises(SettingsRefused, match="TORVET_CONTACT_MAIL"):
        create_app(settings)


@pytest.mark.parametrize(
    ("language", "name", "beginning"),
    [
        ("da", "Åse *Ø*", "Hej Åse *Ø*\n"),
        ("da", "", "Hej\n"),
        ("ar", "أمينة", "مرحباً أمينة،"),
        ("ar", " ", "مرحباً،"),
    ],
)
def test_a_letter_greets_by_the_name_where_one_is_known(
    app: Flask, language: str, name: str, beginning: str
) -> None:
    facts = {"name": name, "organisation": "Foreningen", "my_page": "https://by.example/my"}
    with force_locale("en"):
        _subject, text, _source = rendered("organisations/welcome", language, facts)
    assert text.startswith(beginning)


@pytest.mark.parametrize("address", ["/was", "/privacy"])
def test_pages_say_how_the_team_is_reached(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    ways = {f"mailto:{MAIL}", "tel:+4533000000"}
    assert not ways & set(client.page(address).links())
    monkeypatch.setitem(app.config, "CONTACT_MAIL", MAIL)
    monkeypatch.setitem(app.config, "CONTACT_PHONE", PHONE)
    assert ways <= set(client.page(address).links())

"""Which language a page is in: the address, the menu, the visitor's earlier choice."""

from __future__ import annotations

from tests.pages import InspectingClient, Page


def language_of(html: str) -> str | None:
    return Page(html).one("html").get("lang")


def test_the_address_chooses_and_is_remembered(client: InspectingClient) -> None:
    assert language_of(client.get("/sign-in?language=ar").text) == "ar"
    assert language_of(client.get("/was").text) == "ar"


def test_the_menu_of_a_form_keeps_what_was_typed(client: InspectingClient) -> None:
    typed = {"email": "amina@post.example", "_language": "en"}
    answer = client.send("/sign-in", typed, status=422)
    assert language_of(answer.text) == "en"
    assert "amina@post.example" in answer.text
    assert "error-summary" not in answer.text


def test_a_form_sent_after_a_switch_stays_in_the_new_language(client: InspectingClient) -> None:
    client.get("/sign-in?language=da")
    client.send("/sign-in", {"email": "amina", "_language": "ar"}, status=422)
    answer = client.send("/sign-in?language=da", {"email": "amina"}, status=422)
    assert language_of(answer.text) == "ar"
    assert "error-summary" in answer.text


def test_an_unknown_language_changes_nothing(client: InspectingClient) -> None:
    assert language_of(client.get("/?language=xx").text) == "da"

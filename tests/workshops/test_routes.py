"""A participant's pages, by phone and by link."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.core.unit_of_work import unit_of_work
from app.lifecycle.services import telling
from app.workshops.emails import private_link
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.services import changing, leaving
from tests.pages import InspectingClient
from tests.statements import statements_in
from tests.workshops.making import SLUG, enrolled, enrolment, letters, stored_workshop, workshop

FORM = {
    "name": "Amina Yusuf",
    "mail": "amina@post.example",
    "seats": "1",
    "interpreter": "",
    "access": "",
    "food": "",
}
ENROL = f"/events/{SLUG}/enrol"
GOALS = {"first": "Ringe hjem", "second": "", "third": "", "show_again": "yes"}


def link_of(number: int | str, **more: int) -> str:
    """The private link of somebody newly enrolled, as a path."""
    return private_link(enrolled(number, **more).place.enrolment).removeprefix("http://localhost")


def test_enrolling_leads_to_a_page_that_names_nobody(client: InspectingClient) -> None:
    workshop()
    assert "5 " in client.page(ENROL).text
    answer = client.send(ENROL, FORM)
    page = client.page(answer.location)
    assert "Amina" not in page.text
    assert letters("ticket")[0].email == "amina@post.example"


def test_an_enrolment_reads_its_workshop_once(client: InspectingClient) -> None:
    workshop()
    for form, status in ((FORM, 303), (FORM, 303), ({**FORM, "name": ""}, 422)):
        with statements_in() as seen:
            client.send(ENROL, form, status)
        assert sum("FROM events JOIN workshops" in one for one in seen) == 1, str(seen)
        assert not [one for one in seen if "FROM workshops" in one], str(seen)


def test_the_phone_that_enrolled_can_open_its_place_at_once(client: InspectingClient) -> None:
    workshop()
    page = client.page(client.send(ENROL, FORM).location)
    own = next(link for link in page.links() if link.startswith("/m/"))
    assert "Amina Yusuf" in client.page(own).text


def test_one_mailbox_is_not_flooded_with_tickets(app: Flask, client: InspectingClient) -> None:
    workshop(capacity=40)
    for number in range(20):
        client.page(ENROL)
        client.send(ENROL, {**FORM, "name": f"Amina {number}"})
    client.page(ENROL)
    client.send(ENROL, {**FORM, "mail": "AMINA@post.example "}, status=429)
    assert len(letters()) == 20


def test_enrolling_again_shows_nothing_and_sends_the_ticket_again(
    app: Flask, client: InspectingClient
) -> None:
    workshop()
    client.send(ENROL, FORM)
    other = app.test_client()
    assert isinstance(other, InspectingClient)
    page = other.page(other.send(ENROL, FORM).location)
    assert not [link for link in page.links() if link.startswith("/m/")]
    assert "Amina" not in page.text
    assert [one.kind for one in letters()] == ["workshops/ticket", "workshops/again"]


def test_a_mailbox_is_not_pestered_with_tickets(client: InspectingClient) -> None:
    workshop()
    for _ in range(20):
        client.send(ENROL, FORM)
    client.send(ENROL, FORM, status=429)
    assert len(letters()) == 20


def test_an_enrolment_with_faults_says_so_at_the_fields(client: InspectingClient) -> None:
    workshop()
    answer = client.send(ENROL, {**FORM, "name": "", "mail": "amina", "seats": "0"}, status=422)
    page = client.page(ENROL)
    assert set(type(page)(answer.text).errors()) == {"name", "mail", "seats"}
    assert letters() == []


@pytest.mark.parametrize(
    "fault",
    [
        {"name": "a" * 201},
        {"name": "x" * 900_000},
        {"mail": "a@b\r\nBcc: c@d.example"},
        {"seats": "NaN"},
        {"seats": "9" * 40},
        {"seats": "-1"},
        {"food": "x" * 5000},
    ],
)
def test_bad_input_is_refused_without_half_a_write(
    client: InspectingClient, fault: dict[str, str]
) -> None:
    event_id = workshop()
    client.send(ENROL, {**FORM, **fault}, status=422)
    assert stored_workshop(event_id).taken == 0
    assert letters() == []


def test_nul_in_a_name_is_left_out(client: InspectingClient) -> None:
    workshop()
    client.send(ENROL, {**FORM, "name": "Ami\x00na"})
    assert "Amina" in letters()[0].text


def test_a_full_workshop_offers_its_waiting_list(client: InspectingClient) -> None:
    workshop(capacity=1)
    enrolled(1)
    client.page(ENROL)
    page = client.page(client.send(ENROL, FORM).location)
    own = next(link for link in page.links() if link.startswith("/m/"))
    assert "1" in client.page(own).text
    assert len(letters("waiting")) == 1


def test_a_full_workshop_without_a_list_refuses_with_a_sentence(client: InspectingClient) -> None:
    workshop(capacity=1, waiting_list=False)
    enrolled(1)
    client.send(ENROL, FORM, status=409)


def test_a_workshop_that_is_not_there_is_not_found(client: InspectingClient) -> None:
    client.page("/events/ingen/enrol", status=404)
    client.send("/events/ingen/enrol", FORM, status=404)


@pytest.mark.parametrize("path", ["/t/", "/T/"])
def test_the_ticket_for_all_eyes_names_nobody(
    app: Flask, client: InspectingClient, path: str
) -> None:
    workshop()
    code = enrolled(1).place.ticket.code
    for written in (code, code.lower()):
        page = client.page(path + written)
        assert "Amina" not in page.text
        assert "Støberiet" in page.text
        assert not [link for link in page.links() if "/m/" in link]


def test_the_code_shows_more_on_the_phone_that_opened_the_private_link(
    app: Flask, client: InspectingClient
) -> None:
    workshop()
    outcome = enrolled(1)
    link = private_link(outcome.place.enrolment).removeprefix("http://localhost")
    client.page(link)
    assert "Amina 1" in client.page(f"/t/{outcome.place.ticket.code}").text
    other = enrolled(2)
    assert "Amina" not in client.page(f"/t/{other.place.ticket.code}").text


def test_a_ticket_tells_its_holder_what_to_do_next(app: Flask, client: InspectingClient) -> None:
    event_id = workshop(capacity=2)
    cancelled, replaced, waiting = (enrolled(number).place for number in range(3))
    with unit_of_work():
        changing.reissue(replaced.enrolment.id)
    assert next_steps(client, replaced) == ["/links"]
    assert next_steps(client, waiting) == ["/links"]
    with unit_of_work():
        leaving.cancel(cancelled.enrolment.id)
    assert next_steps(client, cancelled) == [ENROL]
    # It has moved up, and then the event does not take place.
    assert next_steps(client, waiting) == ["picture", "/links"]
    with unit_of_work():
        telling.call_off(event_id, "Storm")
    assert [next_steps(client, one) for one in (cancelled, replaced, waiting)] == [[], [], []]


def next_steps(client: InspectingClient, place: TicketedEnrolment) -> list[str]:
    """What the ticket for all eyes offers: the picture for the door, and where it leads."""
    page = client.page(f"/t/{place.ticket.code}")
    [main] = page.all("main")
    picture = ["picture" for _one in page.all("figure")]
    return picture + [
        link for one in main.iter() if (link := one.get("href") or "").startswith("/")
    ]


def test_a_ticket_that_was_replaced_is_not_offered_for_change(
    app: Flask, client: InspectingClient
) -> None:
    workshop()
    before = enrolled(1).place
    asked = "Is it yours, and do you want to change it or give it up?"
    assert asked in client.page(f"/t/{before.ticket.code}?language=en").text
    with unit_of_work():
        changing.reissue(before.enrolment.id)
    page = client.page(f"/t/{before.ticket.code}?language=en")
    assert asked not in page.text
    assert "newest mail" in page.text


@pytest.mark.parametrize("code", ["x", "A" * 124, "%F0%9F%8E%AB", "A" * 2000])
def test_a_code_that_is_none_is_not_found(client: InspectingClient, code: str) -> None:
    client.page(f"/t/{code}", status=404)


def test_a_code_with_another_signature_is_not_found(app: Flask, client: InspectingClient) -> None:
    workshop()
    code = enrolled(1).place.ticket.code
    changed = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    client.page(f"/t/{changed}", status=404)


@pytest.mark.parametrize("tail", ["", "/change", "/goals", "/ticket.pdf", "/calendar.ics"])
def test_a_strangers_token_opens_nothing(app: Flask, client: InspectingClient, tail: str) -> None:
    workshop()
    link = link_of(1)
    swapped = link[:-1] + ("A" if link[-1] != "A" else "B")
    client.page(swapped + tail, status=404)


@pytest.mark.parametrize("tail", ["/change", "/goals", "/cancel"])
def test_a_strangers_token_changes_nothing(app: Flask, client: InspectingClient, tail: str) -> None:
    event_id = workshop()
    link_of(1)
    client.send("/m/" + "A" * 32 + tail, {**FORM, **GOALS}, status=404)
    assert stored_workshop(event_id).taken == 1


def test_the_private_page_gives_the_place_up_by_a_button(
    app: Flask, client: InspectingClient
) -> None:
    event_id = workshop(capacity=1)
    link = link_of(1)
    enrolled(2)
    page = client.page(link)
    client.send(link + "/cancel", page.form(link + "/cancel"))
    client.page(link)
    assert stored_workshop(event_id).taken == 1
    assert [one.email for one in letters("moved_up")] == ["amina2@post.example"]


def test_goals_are_written_on_the_private_page(app: Flask, client: InspectingClient) -> None:
    workshop()
    link = link_of(1)
    client.send(link + "/goals", GOALS)
    assert "Ringe hjem" in client.page(link).text
    assert client.page(link + "/goals").form()["first"] == "Ringe hjem"


def test_goals_without_an_answer_to_showing_them_again_are_refused(
    app: Flask, client: InspectingClient
) -> None:
    workshop()
    link = link_of(1)
    client.send(link + "/goals", {"first": "Ringe hjem"}, status=422)


def test_a_participant_changes_name_seats_and_wishes(app: Flask, client: InspectingClient) -> None:
    event_id = workshop()
    link = link_of(1)
    client.send(link + "/change", {**FORM, "name": ["Bo Holm"] * 2, "seats": "3", "food": "nødder"})
    text = client.page(link).text
    assert "Bo Holm" in text
    assert "nødder" in text
    assert stored_workshop(event_id).taken == 3


def test_extra_fields_in_a_form_change_nothing(app: Flask, client: InspectingClient) -> None:
    workshop(capacity=1)
    enrolled(1)
    outcome = enrolled(2)
    link = private_link(outcome.place.enrolment).removeprefix("http://localhost")
    client.send(link + "/change", {**FORM, "name": "Amina 2", "state": "confirmed"})
    assert enrolment(outcome.place.enrolment.id).state == "waitlisted"


def test_the_ticket_and_the_calendar_can_be_downloaded(
    app: Flask, client: InspectingClient
) -> None:
    workshop()
    link = link_of(1)
    assert client.get(link + "/ticket.pdf").data.startswith(b"%PDF")
    assert b"BEGIN:VEVENT" in client.get(link + "/calendar.ics").data


def test_a_cut_link_opens_nothing(app: Flask, client: InspectingClient) -> None:
    workshop()
    link = link_of(1)
    client.page(link)
    assert re.fullmatch(r"/m/[A-Za-z0-9_-]{32}", link)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_every_page_stands_in_every_language(
    app: Flask, client: InspectingClient, language: str
) -> None:
    workshop(capacity=1)
    link, waiting = link_of(1), link_of(2)
    for path in (ENROL, link, waiting, link + "/change", link + "/goals"):
        page = client.page(f"{path}?language={language}")
        assert page.one("html").get("dir") == ("rtl" if language == "ar" else "ltr")

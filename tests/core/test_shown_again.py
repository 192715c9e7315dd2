"""A refused form is shown again with what was typed, the sentence and the way on."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.workshops.queries import places
from tests.factories import sign_in, sign_in_staff
from tests.organisations.test_routes import NEW
from tests.pages import InspectingClient, Page
from tests.workshops import making

ENROL = f"/events/{making.SLUG}/enrol"
FORM = {"name": "Amina Yusuf", "mail": "amina@post.example", "seats": "3", "food": "Ingen svin"}
ROSTER = f"/desk/workshops/{making.SLUG}"


def test_too_few_seats_say_how_many_there_are_and_lose_nothing(client: InspectingClient) -> None:
    making.workshop(capacity=4, waiting_list=False)
    making.enrolled(1, seats=2)
    page = Page(client.send(ENROL, FORM, status=409).text)
    assert {name: page.form()[name] for name in FORM} == FORM
    assert "Der er 2 pladser tilbage, og du beder om 3" in page.errors()["seats"]
    client.send(ENROL, {**page.form(), "seats": "2"})


def test_full_leads_to_what_else_is_on(client: InspectingClient) -> None:
    making.workshop(capacity=1, waiting_list=False)
    making.enrolled(1)
    page = Page(client.send(ENROL, {**FORM, "seats": "1"}, status=409).text)
    assert page.form()["name"] == FORM["name"]
    panel = page.one("div", id="refused")
    assert [link.get("href") for link in panel.iter("a")] == ["/"]
    assert page.all("div", id="error-summary") == []


def test_a_wrong_code_stands_at_its_field_with_the_way_to_a_new_one(
    client: InspectingClient,
) -> None:
    client.send("/sign-in", {"email": "amal@forening.example"})
    typed = {"email": "amal@forening.example", "digits": "000000"}
    page = Page(client.send("/sign-in/code", typed, status=422).text)
    assert "koden passer ikke" in page.errors()["digits"].lower()
    assert "/sign-in" in page.links()
    assert page.form()["email"] == typed["email"]


def test_a_name_that_is_taken_can_be_claimed(client: InspectingClient) -> None:
    with unit_of_work():
        organisations.register("association", NEW["name"], Contact("anden@post.example", "Anden"))
    sign_in(client, "amal@forening.example")
    page = Page(client.send("/who", NEW, status=409).text)
    assert page.form()["person_name"] == NEW["person_name"]
    assert "name" in page.errors()
    assert "/who/claim" in page.links()


@pytest.mark.parametrize("token", ["", "noget helt andet"])
def test_a_form_whose_visit_is_over_is_shown_whole_and_goes_through(
    app: Flask, client: InspectingClient, token: str
) -> None:
    event_id = making.workshop()
    page = Page(client.send(ENROL, {**FORM, "csrf_token": token}, status=400).text)
    assert {name: page.form()[name] for name in FORM} == FORM
    assert "gemt" not in page.text
    client.send(ENROL, page.form())
    assert making.stored_workshop(event_id).taken == 3


def test_what_a_page_sends_elsewhere_is_refused_on_that_page(client: InspectingClient) -> None:
    making.workshop(capacity=5)
    making.enrolled(1, seats=4)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    form = {"capacity": "2"}
    answer = desk.post(
        f"{ROSTER}/capacity", data=form, headers={"Referer": f"http://localhost{ROSTER}"}
    )
    page = Page(answer.text)
    assert answer.status_code == 409
    assert page.heading == desk.page(ROSTER).heading
    assert page.form(f"{ROSTER}/capacity")["capacity"] == "2"
    assert "4" in page.errors()["capacity"]


def test_a_page_of_another_house_or_of_others_is_not_shown(client: InspectingClient) -> None:
    making.workshop(capacity=5)
    making.enrolled(1, seats=4)
    desk = sign_in_staff(client, StaffRole.ORGANISER)
    for sender in (f"http://elsewhere.example{ROSTER}", "http://localhost/desk/staff/"):
        sent = {"data": {"capacity": "2"}, "headers": {"Referer": sender}}
        page = Page(desk.post(f"{ROSTER}/capacity", **sent).text)
        assert page.all("div", id="refused") == []
        assert "/desk/" in page.links()


def test_who_works_here_stays_at_the_desk_when_a_page_is_not_found(
    client: InspectingClient,
) -> None:
    missing = "/desk/workshops/findes-ikke"
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "/desk/" in client.page(missing, status=404).links()


def test_too_many_tries_say_when_to_come_back(client: InspectingClient) -> None:
    for number in range(5):
        client.send("/sign-in", {"email": "amal@forening.example", "next": f"/{number}"})
    answer = client.send("/sign-in", {"email": "amal@forening.example"}, status=429)
    page = Page(answer.text)
    assert page.form()["email"] == "amal@forening.example"
    assert "igen kl." in page.text
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    client.send("/links", {"email": "amal@forening.example"}, status=429)


def test_a_class_of_thirty_behind_one_address_signs_in(app: Flask) -> None:
    for number in range(30):
        browser = app.test_client()
        browser.send("/sign-in", {"email": f"elev{number}@skole.example"})  # type: ignore[attr-defined]


SENDERS = ("http://[", "http://localhost/\N{LATIN SMALL LETTER AE}", "http://localhost/%00", "")


@pytest.mark.parametrize("sender", SENDERS)
def test_whatever_page_a_browser_names_the_refusal_is_told(
    client: InspectingClient, sender: str
) -> None:
    making.workshop()
    sent_from = {"headers": {"Referer": sender}}
    assert client.post(ENROL, data={**FORM, "csrf_token": "x"}, **sent_from).status_code == 400
    client.post("/kept-form", data=FORM, headers={"Referer": f"http://localhost{ENROL}"})
    assert client.post(ENROL, data=FORM, **sent_from).status_code == 303


@pytest.mark.parametrize("slug", ["%D8%B3", "%C3%A6", "%FF%FE", "%00", "a%3Fb%23c"])
def test_an_address_of_any_signs_is_refused_as_any_other(
    client: InspectingClient, slug: str
) -> None:
    assert client.post(f"/events/{slug}/enrol", data=FORM).status_code in {404, 422}
    led = client.post(f"/events/{slug}/apply/association", data={"organisation": "1"})
    assert led.status_code == 303
    assert led.location.startswith("/sign-in?next=")


def test_a_page_that_fails_itself_leaves_the_refusal_as_it_is(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.workshop()

    def busy(slug: str) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(places, "open_workshop", busy)
    assert client.post(ENROL, data=FORM).status_code == 503


def test_what_another_house_sends_is_not_shown_as_if_written_here(
    client: InspectingClient,
) -> None:
    making.workshop()
    sent = {**FORM, "csrf_token": ""}
    page = client.post(ENROL, data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 400
    assert FORM["name"] not in page.text


def test_a_sentence_told_beside_the_refusal_is_told_once(client: InspectingClient) -> None:
    making.workshop()
    client.page(ENROL)
    with client.session_transaction() as visit:
        visit["_flashes"] = [("success", "Sagt engang")]
    assert "Sagt engang" in client.post(ENROL, data={**FORM, "csrf_token": "x"}).text
    assert "Sagt engang" not in client.page(ENROL).text

"""The desk's pages about events."""

from __future__ import annotations

from app.core.access import StaffRole
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page

FORM = {
    "kind": "workshop",
    "topic": "foraeldredialog",
    "title_da": "Forældredialog i marts",
    "slug": "foraeldredialog-marts",
    "place": "Støberiet",
    "starts": "2027-03-04T09:00",
    "ends": "2027-03-04T15:00",
    "opens": "2027-01-04T09:00",
    "deadline": "2027-03-01T23:59",
}


def test_an_organiser_makes_and_publishes_an_event(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    client.page("/desk/events/new")
    shown = client.send("/desk/events/new", FORM).location
    assert "Forældredialog i marts" in client.page(shown).text
    client.page("/events/foraeldredialog-marts", status=404)
    client.send("/desk/events/foraeldredialog-marts/publish", {})
    client.page("/events/foraeldredialog-marts")


def test_a_day_that_cannot_be_read_is_told_as_that(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    answer = client.send("/desk/events/new", {**FORM, "starts": "på fredag"}, status=422)
    assert "Begynder – Skriv en dag og et klokkeslæt." in answer.text


def test_an_end_before_the_beginning_is_named_at_the_field(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    answer = client.send("/desk/events/new", {**FORM, "ends": "2027-03-04T08:00"}, status=422)
    page = Page(answer.text)
    assert set(page.errors()) == {"ends"}
    assert page.form("/desk/events/new")["title_da"] == "Forældredialog i marts"


def test_a_deadline_after_the_end_is_named_at_the_field(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {**FORM, "deadline": "2027-03-04T15:01"}
    assert set(Page(client.send("/desk/events/new", form, status=422).text).errors()) == {
        "deadline"
    }


def test_a_change_of_language_keeps_what_was_typed(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    answer = client.send("/desk/events/new", {**FORM, "_language": "en"}, status=422)
    page = Page(answer.text)
    assert page.root.get("lang") == "en"
    assert page.errors() == {}
    assert page.form("/desk/events/new")["title_da"] == "Forældredialog i marts"


def test_a_reviewer_sees_events_and_cannot_make_one(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.REVIEWER)
    client.page("/desk/events/")
    client.send("/desk/events/new", FORM, status=403)

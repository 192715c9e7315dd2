"""An association applies, step by step, with and without mishaps."""

from __future__ import annotations

import pytest

from app.applications.models import Application
from app.applications.queries import asking, reviewing
from app.applications.rules.states import Role
from app.core.access import StaffRole
from app.core.timetravel import at
from tests.applications.making import (
    MAIL,
    NOW,
    STARTS,
    again,
    drafted,
    festival,
    letters,
    organisation,
    released,
    submitted,
)
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient

FORM = "/events/international-dag/apply/association"
OFFER = {"sign": "Kvinder på Nørrebro", "offer": "Vi viser henna.", "taste": "no"}
PLACE = {"frontage_cm": "300", "power_amp": "10", "water": "no", "wishes": ""}
DAY = {"contact_name": "Amal Yusuf", "contact_phone": "20 12 34 56", "helpers": "5"}


def own() -> Application:
    found = asking.of_email(MAIL)
    assert len(found) == 1
    return again(found[0])


def test_association_applies_from_beginning_to_end(client: InspectingClient) -> None:
    festival()
    organisation()
    sign_in(client, MAIL)
    with at(NOW):
        page = client.page(FORM)
        begun = client.send(
            FORM, {"organisation": page.one("button", name="organisation").get("value")}
        )
        place = client.send(begun.location, OFFER).location
        client.page(place)
        day = client.send(place, PLACE).location
        check = client.send(day, DAY).location
        assert "Vi viser henna." in client.page(check).text
        status = client.send(check, {}).location
        client.page(status)
    kept = own()
    assert (kept.state, kept.power_amp, kept.frontage_cm) == ("submitted", 10, 300)
    assert kept.details["contact_phone"] == "+4520123456"
    assert len(letters("received")) == 1


def test_visitor_without_an_organisation_is_asked_who_they_are(client: InspectingClient) -> None:
    festival()
    sign_in(client, MAIL)
    answer = client.get(FORM)
    assert answer.location == f"/who?kind=association&next={FORM}"


def test_signed_out_visitor_signs_in_first_and_comes_back(client: InspectingClient) -> None:
    festival()
    assert client.get(FORM).location.endswith(f"/sign-in?next={FORM}")


def test_invalid_step_is_kept_and_says_what_is_wrong(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    step = f"{FORM}/{kept.id}/day"
    with at(NOW):
        back = client.send(step, {**DAY, "contact_phone": "abc", "helpers": "mange"}).location
        assert back == f"{step}?check=1"
        assert set(client.page(back).errors()) == {"contact_phone", "helpers"}
    assert own().draft["helpers"] == ["mange"]


def test_what_is_not_chosen_is_asked_for_as_a_choice(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        back = client.send(f"{FORM}/{kept.id}/offer", {}).location
        page = client.page(back)
        assert "Vil I dele mad eller drikke ud gratis? – Vælg et af svarene." in page.text
        assert "Navn på skiltet – Skriv noget her." in page.text
        check = client.page(f"{FORM}/{kept.id}/check").text
        assert "Skal I bruge strøm? – Vælg et af svarene." in check


def test_same_link_on_another_phone_goes_on_where_one_left(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        client.send(f"{FORM}/{kept.id}/offer", OFFER)
        other = client.application.test_client()
        sign_in(other, MAIL)
        assert other.get(FORM).location == f"{FORM}/{kept.id}/place"


def test_one_field_is_saved_by_itself_valid_or_not(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        client.send(f"{FORM}/{kept.id}/day", DAY)
        form = {"_field": "helpers", "helpers": "masser", "state": "accepted"}
        answer = client.send(f"{FORM}/{kept.id}/day/autosave", form, status=200)
    assert answer.json == {"saved": True}
    assert own().draft == {name: [text] for name, text in {**DAY, "helpers": "masser"}.items()}


def test_field_of_no_step_is_ignored(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        client.send(f"{FORM}/{kept.id}/offer", {**OFFER, "state": "accepted", "gas": "yes"})
        client.send(f"{FORM}/{kept.id}/offer/autosave", {"_field": "state", "state": "x"}, 200)
    assert set(own().draft) == set(OFFER)
    assert own().state == "draft"


def test_unfinished_application_is_not_sent_in(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        answer = client.send(f"{FORM}/{kept.id}/check", {}, status=422)
    assert "error-summary" in answer.text
    assert own().state == "draft"
    assert letters() == []


def test_sending_in_twice_is_once(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        for key, answers in (("offer", OFFER), ("place", PLACE), ("day", DAY)):
            client.send(f"{FORM}/{kept.id}/{key}", answers)
        for _time in range(2):
            client.send(f"{FORM}/{kept.id}/check", {})
    assert len(letters()) == 1


def test_changing_language_in_a_step_keeps_what_was_typed(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    step = f"{FORM}/{kept.id}/offer"
    with at(NOW):
        same = client.send(step, {"sign": "Halvt skilt", "_language": "ar"}).location
        assert same == step
        answer = client.get(same)
    assert 'value="Halvt skilt"' in answer.text
    assert 'dir="rtl"' in answer.text


def test_answers_are_changed_after_acceptance(client: InspectingClient) -> None:
    kept = released(submitted(festival(), organisation(), **OFFER))
    sign_in(client, MAIL)
    with at(NOW):
        for key, answers in (
            ("offer", OFFER),
            ("place", {**PLACE, "power_amp": "16"}),
            ("day", DAY),
        ):
            client.page(f"{FORM}/{kept.id}/{key}")
            client.send(f"{FORM}/{kept.id}/{key}", answers)
        client.page(f"{FORM}/{kept.id}/check")
        client.send(f"{FORM}/{kept.id}/check", {})
    now = own()
    assert (now.state, now.power_amp, now.needs_look) == ("accepted", 16, True)


@pytest.mark.parametrize("page", ["offer", "place", "day", "check"])
def test_stranger_finds_no_application(client: InspectingClient, page: str) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, "fremmed@forening.example")
    client.page(f"{FORM}/{kept.id}/{page}", status=404)
    client.send(f"{FORM}/{kept.id}/{page}", OFFER, status=404)
    client.send(f"{FORM}/{kept.id}/offer/autosave", OFFER, status=404)
    client.send(FORM, {"organisation": str(kept.organisation_id)}, status=404)
    assert again(kept).draft is None


def test_application_is_found_at_its_own_event_and_role_only(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    festival("anden-dag")
    sign_in(client, MAIL)
    client.page(f"/events/anden-dag/apply/association/{kept.id}/offer", status=404)
    client.page(f"/events/international-dag/apply/act/{kept.id}/act", status=404)
    client.page(f"{FORM}/{kept.id}/nonsense", status=404)


@pytest.mark.parametrize(
    "typed",
    [
        {"sign": "\x00\x01", "offer": "\x0b\u202e"},
        {"frontage_cm": "99999999999999999999", "power_amp": "NaN"},
        {"helpers": "1e309"},
        {"sign": "x" * 400_000},
    ],
)
def test_strange_input_never_breaks_the_page(client: InspectingClient, typed: dict) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(NOW):
        for key in ("offer", "place", "day"):
            answer = client.post(f"{FORM}/{kept.id}/{key}", data=typed)
            assert answer.status_code in (303, 400, 413, 422)
            client.page(f"{FORM}/{kept.id}/{key}?check=1")
        client.send(f"{FORM}/{kept.id}/check", {}, status=422)


def test_nothing_is_saved_once_the_event_has_begun(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in(client, MAIL)
    with at(STARTS):
        client.send(f"{FORM}/{kept.id}/offer", OFFER, status=409)


def test_organiser_fills_in_on_behalf(client: InspectingClient) -> None:
    kept = drafted(festival(), organisation())
    sign_in_staff(client, StaffRole.ORGANISER)
    with at(NOW):
        for key, answers in (("offer", OFFER), ("place", PLACE), ("day", DAY)):
            client.send(f"{FORM}/{kept.id}/{key}", answers)
        client.send(f"{FORM}/{kept.id}/check", {})
    assert own().state == "submitted"
    case = reviewing.case(kept.id, Role.ASSOCIATION_STALL, None)
    assert case.entries[-1].facts["on_behalf"] is True

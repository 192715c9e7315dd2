"""The pages of organisations as visitors and staff meet them."""

from __future__ import annotations

import pytest

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.organisations import queries, services
from app.organisations.rules import Contact
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient, Page, text_of

MAIL = "amal@forening.example"
PROFILE = {
    "name": "Kvinder på Nørrebro",
    "activity_da": "Vi mødes hver uge.",
    "district": "noerrebro",
    "languages": ["da", "so"],
    "target_groups": ["women"],
    "members": "40",
    "cvr": "13585628",
    "website": "forening.example",
    "public_mail": "Kontakt@Forening.example",
    "public_phone": "20 12 34 56",
}
NEW = {"kind": "association", "name": "Kvinder på Nørrebro", "person_name": "Amal Yusuf"}


def founded(email: str = MAIL) -> int:
    with unit_of_work():
        return services.register("association", "Kvinder på Nørrebro", Contact(email, "Amal")).id


def test_new_visitor_tells_who_they_are_and_fills_in_the_profile(client: InspectingClient) -> None:
    sign_in(client, MAIL)
    client.page("/who")
    assert client.send("/who?next=/events/x/apply", NEW).location == "/events/x/apply"
    profile = f"/my/organisations/{queries.of_email(MAIL)[0].id}?next=/events/x/apply"
    db.session.rollback()
    client.page(profile)
    consent = client.send(profile, PROFILE).location
    page = client.page(consent)
    assert "public_phone" in [one.get("value") for one in page.all("input", name="catalogue")]
    client.send(consent, {"catalogue": ["cvr"]}, status=422)
    ticks = {"catalogue": ["name", "district"], "atlas": ["name"]}
    assert client.send(consent, ticks).location == "/events/x/apply"
    made = queries.of_email(MAIL)[0]
    assert made.public_mail == "kontakt@forening.example"
    assert made.public_phone == "+4520123456"
    assert made.website == "https://forening.example"
    assert queries.consents(made.id) == {
        ("name", "catalogue"),
        ("district", "catalogue"),
        ("name", "atlas"),
    }


def test_who_you_are_asks_for_everything_it_needs(client: InspectingClient) -> None:
    sign_in(client, MAIL)
    answer = client.send("/who", {"kind": "king", "name": "", "person_name": "1"}, status=422)
    assert "error-summary" in answer.text
    assert queries.of_email(MAIL) == []


def test_name_that_is_here_already_is_refused_with_a_way_out(client: InspectingClient) -> None:
    founded("anden@forening.example")
    sign_in(client, MAIL)
    assert "Kvinder på Nørrebro" in client.send("/who", NEW, status=409).text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("cvr", "12345678"),
        ("website", "javascript:alert(1)"),
        ("public_mail", "ikke en adresse"),
        ("public_phone", "abc"),
        ("members", "mange"),
        ("members", "-1"),
        ("district", "malmoe"),
        ("languages", ["klingon"]),
        ("activity_da", "x" * 1001),
        ("activity_da", "Mit CPR er 010190-1234"),
        ("name", "\x00"),
    ],
)
def test_wrong_fact_gets_its_message_and_nothing_is_kept(
    client: InspectingClient, field: str, wrong: object
) -> None:
    number = founded()
    sign_in(client, MAIL)
    answer = client.send(f"/my/organisations/{number}", {**PROFILE, field: wrong}, status=422)
    assert "form-error-message" in answer.text
    assert queries.organisation(number).district is None


def test_extra_form_fields_are_ignored(client: InspectingClient) -> None:
    number = founded()
    sign_in(client, MAIL)
    client.send(f"/my/organisations/{number}", {**PROFILE, "kind": "partner", "id": "7"})
    assert queries.organisation(number).kind == "association"


@pytest.mark.parametrize("page", ["", "/consent", "/people", "/overview"])
def test_stranger_finds_no_organisation(client: InspectingClient, page: str) -> None:
    number = founded()
    sign_in(client, "fremmed@forening.example")
    client.page(f"/my/organisations/{number}{page}", status=404)


def test_language_switch_keeps_what_was_typed(client: InspectingClient) -> None:
    sign_in(client, MAIL)
    answer = client.send("/who", {**NEW, "name": "Halv", "_language": "ar"}, status=422)
    assert 'value="Halv"' in answer.text
    assert 'dir="rtl"' in answer.text
    assert queries.of_email(MAIL) == []


def test_contact_persons_are_added_and_removed(client: InspectingClient) -> None:
    number = founded()
    sign_in(client, MAIL)
    people = f"/my/organisations/{number}/people"
    client.send(people, {"person_name": "Nadia", "email": "ny@forening.example"})
    assert "ny@forening.example" in client.page(people).text
    first = queries.representatives(number)[0].id
    assert client.send(f"{people}/{first}/end", {}).location == "/my"
    client.page(people, status=404)


def test_claim_is_decided_at_the_desk(client: InspectingClient) -> None:
    number = founded()
    sign_in(client, "ny@forening.example")
    client.page("/who/claim")
    sent = client.send("/who/claim", {"known_as": "Kvinder på Nørrebro", "person_name": "Nadia"})
    assert "Kvinder på Nørrebro" in client.page(sent.location).text
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "Nadia" in client.page("/desk/organisations/").text
    claim = queries.open_claims()[0].id
    db.session.rollback()
    client.send(f"/desk/organisations/claims/{claim}", {"answer": "yes"})
    assert queries.represents("ny@forening.example", number)


def test_reviewer_reads_organisations_and_decides_no_claim(client: InspectingClient) -> None:
    number = founded()
    sign_in_staff(client, StaffRole.REVIEWER)
    client.page(f"/desk/organisations/{number}")
    client.send("/desk/organisations/claims/1", {"answer": "yes"}, status=403)


def test_staff_write_in_an_organisation_and_its_profile(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    client.page("/desk/organisations/new")
    given = {"kind": "association", "name": "Ny forening", "person_name": "Ali", "email": MAIL}
    profile = client.send("/desk/organisations/new", {**given, "tell": "y"}).location
    client.send(profile, {**PROFILE, "name": "Ny forening"})
    assert queries.of_email(MAIL)[0].district == "noerrebro"


def test_a_doubted_phone_number_is_asked_about_once_and_stays(client: InspectingClient) -> None:
    sign_in(client, MAIL)
    profile = client.send("/who", NEW).location
    client.page(profile)
    doubted = {**PROFILE, "public_phone": "12 32 46 33"}
    asked = Page(client.send(profile, doubted, status=422).text)
    assert set(asked.errors()) == {"public_phone"}
    shown, hidden = asked.all("input", name="public_phone")
    assert (shown.get("value"), hidden.get("type")) == ("12 32 46 33", "hidden")
    sure = {**doubted, "public_phone": ["12 32 46 33", hidden.get("value")]}
    client.send(profile, sure)
    assert queries.of_email(MAIL)[0].public_phone == "+4512324633"
    again = [field.get("value") for field in client.page(profile).all("input", name="public_phone")]
    client.send(profile, {**PROFILE, "public_phone": again})


def test_organisations_stand_in_the_danish_order(client: InspectingClient) -> None:
    names = ["Łódź Klub", "Lyd", "Zenith", "Ærø Sang", "Øst", "Aalborg Dans", "Århus Kor"]
    with unit_of_work():
        for name in reversed(names):
            services.register("association", name)
    sign_in_staff(client, StaffRole.REVIEWER)
    for address, order in (("", names), ("?sort=-name", names[::-1])):
        page = client.page(f"/desk/organisations/{address}")
        heads = [text_of(one) for one in page.all("th", scope="row")]
        assert heads == order


def test_organisations_leave_as_a_file_with_their_contact(client: InspectingClient) -> None:
    with unit_of_work():
        services.register("association", "Kulturhuset", Contact(MAIL, "Amina"))
    address = "/desk/organisations/?search=kultur&kind=association&file=csv"
    sign_in_staff(client, StaffRole.REVIEWER)
    assert client.get(address).mimetype == "text/html"
    sign_in_staff(client, StaffRole.ORGANISER)
    text = client.get(address).text
    assert "Kulturhuset" in text and MAIL in text


def test_list_is_searched_by_its_address(client: InspectingClient) -> None:
    founded()
    sign_in_staff(client, StaffRole.REVIEWER)
    for typed in ("kvinder", "norrebro kvinder", "noerrebro", "på kvinde"):
        found = client.page(f"/desk/organisations/?search={typed}&kind=association")
        assert "Kvinder på Nørrebro" in found.text
    assert "Kvinder på" not in client.page("/desk/organisations/?kind=restaurant").text


@pytest.mark.parametrize("page", ["organisations", "applications"])
def test_search_of_any_length_finds_by_its_beginning(client: InspectingClient, page: str) -> None:
    founded()
    sign_in_staff(client, StaffRole.ORGANISER)
    client.page(f"/desk/{page}/?search={'a' * 60_000}")

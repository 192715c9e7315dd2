"""A restaurant's way from form to stall, and the map for visitors."""

from __future__ import annotations

import pytest

from app.applications.queries import asking
from app.applications.rules.states import Role, State
from app.applications.services import telling, writing
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations import services as organisations
from app.organisations.rules import Actor, Contact
from app.vendors.queries import plan
from app.vendors.rules.states import StallState
from tests.factories import sign_in
from tests.vendors.making import accepted, festival, held, stalls

OWNER = "a@cafe.example"
FORM = "/events/international-dag/apply/food"
ANSWERS = {
    "menu": {"sign": "Café Damaskus", "cuisine": "middle_east", "menu": "Falafel 45 kr."},
    "place": {"frontage_cm": "300", "wheelchair": "no", "wishes": ""},
    "power": {"power_amp": "16", "phases": "1"},
    "kitchen": {"water": "yes", "gas": "no"},
    "papers": {"registered_until": "2027-12-31", "insured_until": ""},
    "day": {"contact_name": "Amal Haddad", "contact_phone": "21324354", "servings": "400"},
}


@pytest.fixture
def event(app) -> Event:
    return festival()


@pytest.fixture
def owner(client):
    return sign_in(client, OWNER)


def restaurant() -> int:
    profile = {"activity": {"da": "Syrisk mad"}, "district": "noerrebro"}
    with unit_of_work():
        made = organisations.found("restaurant", "Café Damaskus", Contact(OWNER, "Amal"), profile)
        return made.id


def begun(event: Event) -> int:
    organisation = restaurant()
    with unit_of_work():
        return writing.begin(Actor(OWNER), event.id, organisation, Role.FOOD_STALL).id


def test_restaurant_applies_step_by_step(owner, event):
    owner.send(FORM, {"organisation": str(restaurant())})
    application = asking.of_email(OWNER)[0].id
    for step, answers in ANSWERS.items():
        owner.page(f"{FORM}/{application}/{step}")
        owner.send(f"{FORM}/{application}/{step}", answers)
    page = owner.page(f"{FORM}/{application}/check")
    assert "Falafel" in page.text
    owner.send(f"{FORM}/{application}/check", {})
    db.session.rollback()
    db.session.expire_all()
    kept = asking.application(application)
    assert kept.state == State.SUBMITTED
    assert (kept.power_amp, kept.phases, kept.water, kept.frontage_cm) == (16, 1, True, 300)
    assert kept.details["registered_until"] == "2027-12-31"


def test_half_a_form_is_kept_but_not_sent_in(owner, event):
    application = begun(event)
    owner.send(f"{FORM}/{application}/menu", {"sign": "Café", "cuisine": "", "menu": ""})
    assert owner.page(f"{FORM}/{application}/menu?check=1").errors()
    owner.send(f"{FORM}/{application}/check", {}, status=422)
    db.session.rollback()
    db.session.expire_all()
    assert asking.application(application).state == State.DRAFT


def test_one_field_saves_itself(owner, event):
    application = begun(event)
    owner.send(f"{FORM}/{application}/menu/autosave", {"_field": "sign", "sign": "Caf"}, status=200)
    db.session.rollback()
    db.session.expire_all()
    assert asking.application(application).written["sign"] == ["Caf"]


def test_page_for_a_stranger_without_restaurant_asks_who_they_are(owner, event):
    answer = owner.get(FORM)
    assert answer.status_code == 303
    assert "restaurant" in answer.location


def test_own_stall_shows_number_power_and_the_street(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    assert "I har ikke et stade endnu" in owner.page(f"/my/applications/{cafe.id}/stall").text
    held(stalls(event)[0], cafe)
    text = owner.page(f"/my/applications/{cafe.id}/stall").text
    assert "Der er reserveret 16 A til jer" in text
    assert "Madgaden" in text


def test_withdrawing_frees_the_stall(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event)[0], cafe)
    owner.send(f"/my/applications/{cafe.id}/give-up-stall", {})
    db.session.rollback()
    db.session.expire_all()
    assert plan.plan_of(event.id).stalls[0].state is StallState.FREE


@pytest.mark.parametrize(
    "address", ["/my/applications/{id}/stall", f"{FORM}/{{id}}/menu", f"{FORM}/{{id}}/check"]
)
def test_stranger_finds_nothing_of_somebody_elses(client, event, address):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    sign_in(client, "b@other.example").page(address.format(id=cafe.id), status=404)


def test_stranger_cannot_give_up_somebody_elses_stall(client, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event)[0], cafe)
    stranger = sign_in(client, "b@other.example")
    stranger.send(f"/my/applications/{cafe.id}/give-up-stall", {}, status=404)
    assert plan.plan_of(event.id).stalls[0].state is StallState.HELD


def test_form_of_one_role_is_not_found_under_another(owner, event):
    association = accepted(event, "Somalisk Forening", kind="association", email=OWNER)
    owner.page(f"{FORM}/{association.id}/menu", status=404)


def test_visitors_map_names_only_confirmed_ones_who_agreed(client, event):
    rows = stalls(event)
    shown, silent = (accepted(event, name, email=OWNER) for name in ("Vises", "Tier"))
    pending = accepted(event, "Venter", email=OWNER)
    with unit_of_work():
        for one in (shown, pending):
            organisations.save_consents(Actor(OWNER), one.organisation_id, {("name", "catalogue")})
        for one in (shown, silent):
            telling.confirm(Actor(OWNER), one.id)
    for row, one in zip(rows, (shown, silent, pending), strict=False):
        held(row, one)
    text = client.page("/events/international-dag/plan").text
    assert "Vises" in text
    assert "Tier" not in text
    assert "Venter" not in text


def test_visitors_map_tells_nothing_of_power_or_blocked_stalls(client, event):
    stalls(event, 2, blocked_because="Brandvej")
    body = client.get("/events/international-dag/plan").get_data(as_text=True)
    assert "Brandvej" not in body
    assert "16 A" not in body


def test_map_that_is_not_ready_says_so(client, event):
    assert "ikke klar endnu" in client.page("/events/international-dag/plan").text


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_map_is_valid_in_every_language(client, event, language):
    stalls(event, 40)
    client.page(f"/events/international-dag/plan?language={language}")


def test_one_of_several_restaurants_is_chosen_first(owner, event):
    restaurant()
    with unit_of_work():
        organisations.found("restaurant", "Ørestad Grill", Contact(OWNER, "Amal"))
    page = owner.page(FORM)
    assert "Café Damaskus" in page.text
    assert "Ørestad Grill" in page.text


def test_form_begun_before_goes_on_where_it_was_left(owner, event):
    application = begun(event)
    assert owner.get(FORM).location.endswith(f"{FORM}/{application}/menu")


def test_form_sent_in_leads_to_its_status(owner, event):
    restaurant_id = accepted(event, "Café Damaskus", email=OWNER).organisation_id
    answer = owner.send(FORM, {"organisation": str(restaurant_id)})
    assert "/my/applications/" in answer.location


def test_edit_after_acceptance_keeps_the_stall_and_reserves_the_new_power(owner, event):
    cafe = accepted(event, "Café Damaskus", email=OWNER)
    held(stalls(event)[0], cafe)
    for step, answers in {**ANSWERS, "power": {"power_amp": "32", "phases": "1"}}.items():
        owner.send(f"{FORM}/{cafe.id}/{step}", answers)
    owner.send(f"{FORM}/{cafe.id}/check", {})
    db.session.rollback()
    db.session.expire_all()
    assert plan.plan_of(event.id).cabinets[0].load.used == (32,)
    assert asking.application(cafe.id).state == State.ACCEPTED

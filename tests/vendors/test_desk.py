"""The team's site plan in a browser, as each duty."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.applications.queries import asking
from app.applications.rules.answers import Needs
from app.applications.rules.states import State
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.vendors.queries.plan import plan_of
from app.vendors.rules.specs import StallSpec
from app.vendors.rules.states import StallState
from app.vendors.services import reserving, reshaping
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient, Page
from tests.vendors.making import accepted, festival, held, plan, stalls

PLAN_STATEMENTS = 10
PLAN = "/desk/vendors/international-dag/plan"


@pytest.fixture
def event(app) -> Event:
    return festival()


@pytest.fixture
def desk(client):
    return sign_in_staff(client, StaffRole.ORGANISER)


def state_of(event: Event, code: str) -> StallState:
    db.session.rollback()
    db.session.expire_all()
    return next(one for one in plan_of(event.id).stalls if one.code == code).state


def sent(client: InspectingClient, address: str, form: dict[str, str], status: int) -> Page:
    return Page(client.send(address, form, status=status).get_data(as_text=True))


def panel_of(row) -> str:
    return f"{PLAN}?stall={row.id}"


def test_stall_is_given_from_its_panel(desk, event):
    row, cafe = stalls(event)[0], accepted(event, "Café Damaskus")
    page = desk.page(panel_of(row))
    assert "Café Damaskus" in page.text
    desk.send(panel_of(row), {"application": str(cafe.id)})
    assert state_of(event, "1") is StallState.HELD
    assert "Café Damaskus" in desk.page(panel_of(row)).text


def test_reason_against_a_stall_stands_beside_the_applicant(desk, event):
    row = stalls(event)[0]
    accepted(event, "Ørestad Grill", Needs(power_amp=32))
    assert "Stadet giver 16 A, og der skal bruges 32 A." in desk.page(panel_of(row)).text


def test_bars_of_stall_and_cabinet_know_what_each_applicant_would_take(desk, event):
    row = stalls(event, power_amp=32)[0]
    grill = accepted(event, "Ørestad Grill", Needs(power_amp=20, phases=3, water=True))
    quiet = accepted(event, "Café Damaskus")
    group = desk.page(panel_of(row)).one("div", data_phases="1")
    assert json.loads(group.get("data-needs")) == {
        str(grill.id): [20, 3, True],
        str(quiet.id): [32, 1, False],
    }
    bars = [one for one in group.iter("div") if one.get("data-feeds")]
    told = [(one.get("data-feeds"), one.get("data-used"), one.get("data-limit")) for one in bars]
    assert told == [("plug", "0", "32"), ("phase", "0", "63"), ("tap", "0", "2")]


def test_choosing_nobody_is_told_at_the_field(desk, event):
    row = stalls(event)[0]
    accepted(event, "Café Damaskus")
    assert sent(desk, panel_of(row), {"amp": "-3"}, 422).errors()
    assert state_of(event, "1") is StallState.FREE


def test_overload_is_refused_with_the_sentence(desk, event):
    rows = stalls(event, power_amp=58)
    held(rows[0], accepted(event, "Stor", Needs(power_amp=58)))
    small = accepted(event, "Lille", Needs(power_amp=10))
    form = {"application": str(small.id), "amp": "16"}
    page = sent(desk, panel_of(rows[1]), form, 409)
    assert "Skab B: 58 af 63 A er brugt, du beder om 16." in page.text
    assert page.form()["amp"] == "16"
    assert state_of(event, "2") is StallState.FREE


def test_team_may_reserve_another_power_than_asked_for(desk, event):
    row, cafe = stalls(event)[0], accepted(event, "Café Damaskus")
    desk.send(panel_of(row), {"application": str(cafe.id), "amp": "10"})
    db.session.rollback()
    db.session.expire_all()
    assert plan_of(event.id).cabinets[0].load.used == (10,)


def test_stall_is_confirmed_and_taken_back(desk, event):
    row = stalls(event)[0]
    kept = held(row, accepted(event, "Café Damaskus"))
    desk.send(f"/desk/vendors/holdings/{kept}/confirm", {})
    assert state_of(event, "1") is StallState.CONFIRMED
    desk.send(f"/desk/vendors/holdings/{kept}/release", {})
    assert state_of(event, "1") is StallState.FREE


def test_holder_moves_to_a_vacant_stall_and_swaps_with_another(desk, event):
    rows = stalls(event)
    first = held(rows[0], accepted(event, "Café Damaskus"))
    held(rows[1], accepted(event, "Ørestad Grill"))
    page = desk.page(f"/desk/vendors/holdings/{first}/relocate")
    assert "byt med Ørestad Grill" in page.text
    desk.send(f"/desk/vendors/holdings/{first}/relocate", {"stall": str(rows[1].id)})
    site = plan_of(event.id)
    assert site.stalls[0].holders[0].organisation == "Ørestad Grill"
    again = site.stalls[0].holders[0].holding_id
    desk.send(f"/desk/vendors/holdings/{again}/relocate", {"stall": str(rows[2].id)})
    assert state_of(event, "1") is StallState.FREE
    assert state_of(event, "3") is StallState.HELD


def test_relocating_to_a_stall_that_is_not_there_is_told_at_the_field(desk, event):
    kept = held(stalls(event)[0], accepted(event, "Café Damaskus"))
    address = f"/desk/vendors/holdings/{kept}/relocate"
    assert sent(desk, address, {"stall": "999999"}, 422).errors()


def test_stall_is_blocked_with_a_reason_and_opened_again(desk, event):
    row = stalls(event)[0]
    address = f"/desk/vendors/stalls/{row.id}/block"
    assert "Spær stade 1" in desk.page(address).heading
    assert sent(desk, address, {"reason": ""}, 422).errors()
    desk.send(address, {"reason": "Brandvej"})
    assert state_of(event, "1") is StallState.BLOCKED
    assert "Brandvej" in desk.page(panel_of(row)).text
    desk.send(f"/desk/vendors/stalls/{row.id}/unblock", {})
    assert state_of(event, "1") is StallState.FREE


def test_changed_need_is_shown_and_reserved_with_a_button(desk, event):
    row = stalls(event, power_amp=20)[0]
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=10))
    kept = held(row, cafe)
    with unit_of_work():
        asking.application(cafe.id).power_amp = 20
    assert "beder nu om noget andet" in desk.page(panel_of(row)).text
    desk.send(f"/desk/vendors/holdings/{kept}/adjust", {})
    db.session.rollback()
    db.session.expire_all()
    assert plan_of(event.id).cabinets[0].load.used == (20,)


def test_electricians_list_has_each_cabinet_and_holder(desk, event):
    rows = plan(event, [StallSpec("1", cabinet="B"), StallSpec("2", cabinet="C", phases=3)])
    held(rows[0], accepted(event, "Café Damaskus"))
    page = desk.page("/desk/vendors/international-dag/electrician")
    assert "Skab B" in page.text
    assert "Café Damaskus" in page.text
    assert "L1–L3" in page.text


def test_page_of_an_application_names_the_stalls_that_fit(desk, event):
    rows = stalls(event)
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=32))
    page = desk.page(f"/desk/vendors/applications/{cafe.id}")
    assert "Stadet giver 16 A" in page.text
    with unit_of_work():
        reserving.reserve_stall(event.id, rows[0].id, cafe.id, amp=16)
    placed = desk.page(f"/desk/vendors/applications/{cafe.id}").text
    assert "Stade 1, 16 A – Stadet giver 16 A, og der skal bruges 32 A." in placed


def test_cancelling_an_application_frees_its_stall(desk, event):
    cafe = accepted(event, "Café Damaskus")
    held(stalls(event)[0], cafe)
    address = f"/desk/vendors/applications/{cafe.id}/cancel"
    desk.page(address)
    assert sent(desk, address, {"reason": ""}, 422).errors()
    desk.send(address, {"reason": "Fødevarekontrollen"})
    assert state_of(event, "1") is StallState.FREE
    assert asking.application(cafe.id).state == State.CANCELLED


def test_festival_without_a_plan_says_what_comes_next(desk, event):
    assert PLAN in desk.page("/desk/vendors/").links()
    assert "ingen pladsplan endnu" in desk.page(PLAN).text
    assert "ingen strømskabe" in desk.page("/desk/vendors/international-dag/electrician").text


def test_desk_without_festivals_says_what_comes_next(client, app):
    page = sign_in_staff(client, StaffRole.ORGANISER).page("/desk/vendors/")
    assert "ingen festival endnu" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/desk/vendors/",
        PLAN,
        "/desk/vendors/international-dag/electrician",
        "/desk/vendors/stalls/1/block",
        "/desk/vendors/holdings/1/relocate",
        "/desk/vendors/applications/1/cancel",
    ],
)
@pytest.mark.parametrize(
    "role", [StaffRole.REVIEWER, StaffRole.DOOR, StaffRole.ANALYST, StaffRole.PARTNER]
)
def test_other_duties_do_not_open_the_plan(client, event, address, role):
    sign_in_staff(client, role).page(address, status=403)


def test_applicant_does_not_open_the_desk(client, event):
    sign_in(client, "a@cafe.example").page(PLAN, status=403)


def test_plan_page_takes_the_same_statements_for_one_and_three_hundred_stalls(
    desk, event, statements
):
    for count, slug in ((1, "lille"), (300, "stor")):
        one = festival(slug)
        row = stalls(one, count)[0]
        held(row, accepted(one, f"Café {count}", Needs(power_amp=0)))
        with statements() as seen:
            desk.page(f"/desk/vendors/{slug}/plan?stall={row.id}")
        assert len(seen) == PLAN_STATEMENTS, str(seen)


def test_stall_of_another_festival_opens_no_panel(desk, event):
    foreign = stalls(festival("anden"))[0]
    stalls(event)
    assert "Vælg et stade" in desk.page(f"{PLAN}?stall={foreign.id}").text
    assert "Vælg et stade" in desk.page(f"{PLAN}?stall=x").text


def test_shared_stall_shows_both_holders(desk, event):
    row = plan(event, [StallSpec("1", 20, "B", parts=2)])[0]
    for name in ("Somalisk Forening", "Tyrkisk Forening"):
        held(row, accepted(event, name, kind="association"))
    text = desk.page(panel_of(row)).text
    assert "Somalisk Forening" in text
    assert "Tyrkisk Forening" in text


def test_plan_leads_to_each_applicants_own_page(desk, event):
    row = stalls(event)[0]
    waiting = accepted(event, "Somalisk Forening", kind="association")
    address = f"/desk/associations/applications/{waiting.id}"
    assert address in desk.page(PLAN).links()
    held(row, waiting)
    assert address in desk.page(panel_of(row)).links()
    desk.page(address)


def test_plan_with_a_wide_stall_shows_its_width_the_danish_way(desk, event):
    row = plan(event, [StallSpec("1", frontage_cm=450, gas=True, wheelchair=True)])[0]
    with unit_of_work():
        reshaping.share(row.id, 2)
    assert "4,5 m" in desk.page(panel_of(row)).text


def letters(email: str) -> list[Letter]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Letter).where(Letter.kind == "vendors/stall", Letter.email == email)
        )
    )


def test_applicant_is_told_of_the_stall_in_their_language(desk, event):
    row, cafe = stalls(event)[0], accepted(event, "Café Damaskus", email="a@cafe.example")
    desk.send(panel_of(row), {"application": str(cafe.id)})
    letter = letters("a@cafe.example")[0]
    assert letter.subject == "Jeres stade til International Dag: nummer 1"
    assert f"/my/applications/{cafe.id}/stall" in letter.text


def test_both_are_told_when_two_swap(desk, event):
    rows = stalls(event)
    names = ("a@cafe.example", "b@grill.example")
    first, _second = (
        held(row, accepted(event, email, email=email))
        for row, email in zip(rows, names, strict=False)
    )
    desk.send(f"/desk/vendors/holdings/{first}/relocate", {"stall": str(rows[1].id)})
    assert "nummer 2" in letters(names[0])[0].subject
    assert "nummer 1" in letters(names[1])[0].subject


def powers(event: Event, code: str = "1") -> list[int]:
    db.session.rollback()
    db.session.expire_all()
    found = next(one for one in plan_of(event.id).stalls if one.code == code)
    return [part.power_amp for part in found.parts]


def test_two_share_a_stall_each_with_its_part_of_the_power(desk, event):
    row = stalls(event)[0]
    address = f"/desk/vendors/stalls/{row.id}/share"
    assert desk.page(address).form()["first"] == "8"
    desk.send(address, {"first": "10", "second": "6"})
    assert powers(event) == [10, 6]
    first = accepted(event, "Somalisk Forening", Needs(power_amp=10), kind="association")
    second = accepted(event, "Tyrkisk Forening", Needs(power_amp=6), kind="association")
    desk.send(panel_of(row), {"application": str(first.id)})
    desk.send(panel_of(row), {"application": str(second.id)})
    text = desk.page(panel_of(row)).text
    assert "Del 1, 10 A: Somalisk Forening" in text
    assert "Del 2, 6 A: Tyrkisk Forening" in text


def test_whoever_stands_there_keeps_the_first_part_when_another_moves_in(desk, event):
    row = stalls(event)[0]
    held(row, accepted(event, "Somalisk Forening", Needs(power_amp=10), kind="association"))
    address = f"/desk/vendors/stalls/{row.id}/share"
    refused = sent(desk, address, {"first": "8", "second": "8"}, status=409)
    assert "Somalisk Forening har reserveret 10 A på del 1" in refused.text
    desk.send(address, {"first": "10", "second": "6"})
    assert "Del 2, 6 A: ledig" in desk.page(panel_of(row)).text


@pytest.mark.parametrize(
    "wrong", [("10", "7"), ("-1", "6"), ("", "6"), ("ti", "6"), ("10", "9999999999")]
)
def test_parts_cannot_have_more_than_the_stall_has(desk, event, wrong):
    row = stalls(event)[0]
    form = dict(zip(("first", "second"), wrong, strict=True))
    page = sent(desk, f"/desk/vendors/stalls/{row.id}/share", form, status=422)
    assert page.errors()
    assert powers(event) == [16]


def test_a_shared_stall_is_made_whole_once_the_second_part_is_free(desk, event):
    row = stalls(event)[0]
    desk.send(f"/desk/vendors/stalls/{row.id}/share", {"first": "8", "second": "8"})
    for name in ("Somalisk Forening", "Tyrkisk Forening"):
        last = held(row, accepted(event, name, Needs(power_amp=6), kind="association"))
    assert "Lad én have det alene" not in desk.page(panel_of(row)).text
    desk.send(f"/desk/vendors/stalls/{row.id}/whole", {}, status=409)
    desk.send(f"/desk/vendors/holdings/{last}/release", {})
    desk.send(f"/desk/vendors/stalls/{row.id}/whole", {})
    assert powers(event) == [16]


def test_changed_need_that_does_not_fit_is_shown_with_the_reasons_instead_of_a_button(desk, event):
    row = stalls(event)[0]
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=10))
    kept = held(row, cafe)
    with unit_of_work():
        asking.application(cafe.id).power_amp = 32
    page = desk.page(panel_of(row))
    assert page.text.count("Stadet giver 16 A, og der skal bruges 32 A.") == 2
    assert "Flyt til et andet stade" in page.text
    assert "Reservér det" not in page.text
    page = sent(desk, f"/desk/vendors/holdings/{kept}/adjust", {}, 409)
    assert "Stade 1 giver 16 A, du beder om 32 A." in page.text
    assert plan_of(event.id).cabinets[0].load.used == (10,)


def test_reasons_against_a_second_stall_are_shown_for_whoever_has_one(desk, event):
    rows = plan(event, [StallSpec("1", 32, "B"), StallSpec("2", 16, "B"), StallSpec("3", 32, "B")])
    held(rows[0], accepted(event, "Ørestad Grill", Needs(power_amp=32)))
    described = desk.page(panel_of(rows[1])).text
    assert "har stade 1, og dette passer ikke: Stadet giver 16 A" in described
    assert "Skab B har 31 A tilbage, og der skal bruges 32 A." in desk.page(panel_of(rows[2])).text


def test_reasons_against_moving_or_swapping_stand_at_each_stall(desk, event):
    rows = plan(event, [StallSpec("1", 32, "B"), StallSpec("2", 16, "B"), StallSpec("3", 32, "B")])
    big = held(rows[0], accepted(event, "Ørestad Grill", Needs(power_amp=32)))
    held(rows[1], accepted(event, "Café Damaskus", Needs(power_amp=10)))
    address = f"/desk/vendors/holdings/{big}/relocate"
    text = desk.page(address).text
    assert "2 – byt med Café Damaskus. Passer ikke: Stadet giver 16 A" in text
    assert "3 – ledigt. Passer" not in text
    refused = sent(desk, address, {"stall": str(rows[1].id)}, 409)
    assert "Stade 2 giver 16 A, du beder om 32 A." in refused.text
    assert refused.form()["stall"] == str(rows[1].id)
    assert plan_of(event.id).stalls[0].holders[0].holding_id == big

"""A team makes its plan with forms alone, from an empty festival."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.applications.rules.answers import Needs
from app.core import audit
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.siteplan.queries import things
from app.siteplan.refusals import FeederGone
from app.siteplan.rules.kinds import Kind
from app.siteplan.rules.rows import RowOfStalls
from app.siteplan.services import editing, rowing
from app.vendors.models import Cabinet, Holding, Stall, StallShare
from app.vendors.rules.specs import StallSpec
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.vendors.making import accepted, festival, held, plan, stalls

EDIT = "/desk/siteplan/international-dag"
STATEMENTS = 20


@pytest.fixture
def event(app) -> Event:
    return festival()


@pytest.fixture
def desk(client) -> InspectingClient:
    return sign_in_staff(client, StaffRole.ORGANISER)


def sent(desk: InspectingClient, address: str, status: int = 303, **words: str) -> Page:
    """The page's own form, filled in with these words."""
    whole = {**filled(desk, address), **words}
    db.session.rollback()
    page = Page(desk.send(f"{EDIT}/{address}", whole, status=status).get_data(as_text=True))
    db.session.rollback()
    db.session.expire_all()
    return page


def filled(desk: InspectingClient, address: str) -> dict:
    """The form of a page as it stands there."""
    return desk.page(f"{EDIT}/{address}").form(f"{EDIT}/{address}")


def all_of(event: Event, kind: Kind) -> list:
    return list(things.things(event.id, kind))


def test_a_plan_is_made_from_nothing(desk, event):
    assert "Planen er tom" in desk.page(EDIT).text
    sent(desk, "zones/new", code="A", name_da="Madgaden", call="Bo 20 20 20 20")
    sent(desk, "cabinets/new", code="B", amp="63", plugs="12", x="-1,5", y="−3")
    sent(desk, "taps/new", code="V1", hoses="4")
    ids = {
        kind.subject + "_id": str(all_of(event, kind)[0].id)
        for kind in (Kind.ZONE, Kind.CABINET, Kind.TAP)
    }
    row = {"count": "12", "code": "A01", "frontage_cm": "3", "between_cm": "1", "power_amp": "16"}
    sent(desk, "row", **row, **ids)
    sent(desk, "landmarks/new", kind="first_aid", width="4", height="2,5")
    made = all_of(event, Kind.STALL)
    assert [stall.code for stall in made][::11] == ["A01", "A12"]
    assert {second.x - first.x for first, second in pairwise(made)} == {400}
    assert [stall.phase for stall in made[:4]] == [1, 2, 3, 1]
    cabinet = all_of(event, Kind.CABINET)[0]
    assert (cabinet.x, cabinet.y, cabinet.plugs) == (-150, -300, 12)
    assert all_of(event, Kind.LANDMARK)[0].name["da"] == "Førstehjælp"
    page = desk.page(EDIT)
    assert "A12" in page.text and "Madgaden" in page.text
    assert "A01" in desk.page("/desk/vendors/international-dag/plan").text
    assert [one.verb for one in audit.of("stall", made[0].id)] == ["added"]


def test_the_next_stall_begins_like_the_last_and_beside_it(desk, event):
    last = stalls(event, 2)[-1]
    form = filled(desk, "stalls/new")
    assert (form["code"], form["cabinet_id"]) == ("3", str(last.cabinet_id))


def test_more_plugs_than_the_cabinet_has_are_refused_and_nothing_of_the_row_is_kept(desk, event):
    sent(desk, "cabinets/new", code="B", amp="63", plugs="3")
    cabinet = all_of(event, Kind.CABINET)[0]
    row = {"count": "4", "code": "1", "cabinet_id": str(cabinet.id)}
    page = sent(desk, "row", 409, **row)
    assert "Skab B har 3 stik" in page.text
    assert not all_of(event, Kind.STALL)


def test_what_cannot_be_is_said_at_its_field(desk, event):
    stalls(event, 1)
    page = sent(desk, "stalls/new", 422, code="", frontage_cm="bred", power_amp="-3")
    assert set(page.errors()) == {"code", "frontage_cm", "power_amp"}
    page = sent(desk, "stalls/new", 409, code="1")
    assert "code" in page.errors()


def test_amperes_that_are_given_away_cannot_be_taken_from_a_cabinet(desk, event):
    rows = stalls(event, 3)
    for row, name in zip(rows, ("Café", "Grill", "Bageri"), strict=True):
        held(row, accepted(event, name, Needs(power_amp=16)))
    address = f"cabinets/{rows[0].cabinet_id}"
    page = sent(desk, address, 409, amp="40")
    assert "Skab B giver 48 A til dem, der står der, og ville have 40 A" in page.text
    sent(desk, address, amp="48")
    assert db.session.get_one(Cabinet, rows[0].cabinet_id).amp == 48


def test_a_stall_keeps_what_its_holder_needs(desk, event):
    stall = plan(event, [StallSpec("1", 16, "C", phases=3, tap="V1")])[0]
    held(stall, accepted(event, "Café", Needs(power_amp=16, phases=3, water=True)))
    address = f"stalls/{stall.id}"
    assert "Café" in sent(desk, address, 409, power_amp="10").text
    assert "tre faser" in sent(desk, address, 409, phases="1").text
    assert "vand" in sent(desk, address, 409, tap_id="").text
    sent(desk, address, power_amp="25")
    share = db.session.scalars(select(StallShare).where(StallShare.stall_id == stall.id)).one()
    assert share.power_amp == 25


def test_a_phase_follows_to_whoever_stands_there(desk, event):
    rows = plan(event, [StallSpec("1", 32, "C"), StallSpec("2", 16, "C", phase=2)])
    first, second = (
        held(row, accepted(event, name, Needs(power_amp=amp)))
        for row, name, amp in ((rows[0], "Café", 20), (rows[1], "Grill", 16))
    )
    page = sent(desk, f"stalls/{rows[1].id}", 409, phase="1")
    assert "Skab C giver 36 A på fase L1" in page.text
    sent(desk, f"stalls/{rows[1].id}", phase="3")
    assert [db.session.get_one(Holding, one).phase for one in (first, second)] == [1, 3]


def test_only_what_nothing_hangs_on_is_taken_off(desk, event):
    rows = stalls(event, 2)
    cabinet, zone = rows[0].cabinet_id, rows[0].zone_id
    refused = desk.send(f"{EDIT}/cabinets/{cabinet}/remove", {}, status=409).get_data(as_text=True)
    assert "2 stader bruger det: 1, 2" in refused
    desk.send(f"{EDIT}/zones/{zone}/remove", {}, status=409)
    held(rows[0], accepted(event, "Café"))
    told = desk.send(f"{EDIT}/stalls/{rows[0].id}/remove", {}, status=409).get_data(as_text=True)
    assert "Spær det i stedet" in told
    gone = rows[1].id
    desk.send(f"{EDIT}/stalls/{gone}/remove", {})
    db.session.rollback()
    assert [one.code for one in all_of(event, Kind.STALL)] == ["1"]
    assert [one.verb for one in audit.of("stall_removed", gone)] == ["removed"]


def test_two_editors_see_each_other(desk, event):
    row = stalls(event, 1)[0]
    address = f"{EDIT}/stalls/{row.id}"
    older = desk.page(address).form(address)
    desk.send(address, {**desk.page(address).form(address), "gas": "y", "power_amp": "20"})
    told = Page(desk.send(address, {**older, "power_amp": "10"}, 409).get_data(as_text=True))
    assert set(told.errors()) == {"power_amp"}
    desk.send(address, {**older, "wheelchair": "y"})
    db.session.rollback()
    db.session.expire_all()
    now = db.session.get_one(Stall, row.id)
    assert (now.gas, now.wheelchair, now.power_amp) == (True, True, 20)


def test_stalls_are_numbered_anew_in_one_go(desk, event):
    rows = stalls(event, 3)
    ticked = [str(row.id) for row in rows]
    whole = {**filled(desk, "renumber"), "code": "2", "stalls": ticked}
    desk.send(f"{EDIT}/renumber", whole)
    db.session.rollback()
    db.session.expire_all()
    assert [one.code for one in all_of(event, Kind.STALL)] == ["2", "3", "4"]
    only = {**whole, "stalls": ticked[:1], "code": "4"}
    assert "4" in desk.send(f"{EDIT}/renumber", only, 409).get_data(as_text=True)


def test_stalls_are_copied_to_the_other_side(desk, event):
    rows = stalls(event, 2)
    ticked = [str(row.id) for row in rows]
    whole = {**filled(desk, "copy-row"), "code": "B1", "stalls": ticked}
    desk.send(f"{EDIT}/copy-row", {**whole, "x": "0", "y": "12,5"})
    db.session.rollback()
    made = all_of(event, Kind.STALL)[2:]
    assert [(one.code, one.x, one.y - 1250) for one in made] == [
        (code, row.x, row.y) for code, row in zip(("B1", "B2"), rows, strict=True)
    ]


def test_neighbours_are_joined_and_split_again(desk, event):
    rows = stalls(event, 3)
    first, third = rows[0], rows[2]
    before = (third.x, third.frontage_cm)
    sent(desk, f"stalls/{first.id}/merge", other=str(third.id))
    wide = db.session.get_one(Stall, first.id)
    assert (wide.frontage_cm, third.blocked_because) == (660, "→ 1")
    form = filled(desk, f"stalls/{first.id}/split")
    assert form["code"] == "3"
    sent(desk, f"stalls/{first.id}/split", first_cm="3,6")
    assert before == (360, 300)
    assert (third.x, third.frontage_cm, third.blocked_because) == (360, 300, "")
    assert "halv meter" in sent(desk, f"stalls/{first.id}/split", 409, first_cm="3,4").text


def test_what_is_on_another_plan_is_not_found(desk, event):
    other = stalls(festival("en-anden-dag"), 1)[0]
    mine = stalls(event, 1)[0]
    desk.page(f"{EDIT}/stalls/{other.id}", status=404)
    for address in (f"stalls/{other.id}", f"stalls/{other.id}/remove", f"stalls/{other.id}/split"):
        desk.send(f"{EDIT}/{address}", {}, status=404)
    with pytest.raises(FeederGone), unit_of_work():
        feeder = {"cabinet_id": other.cabinet_id}
        editing.change(event.id, Kind.STALL, mine.id, feeder)


def test_stalls_on_one_another_are_told(desk, event):
    rows = stalls(event, 3)
    with unit_of_work():
        editing.change(event.id, Kind.STALL, rows[2].id, {"x": rows[0].x + 100})
    assert "står oven i hinanden: 1 + 3" in desk.page(EDIT).text


def test_the_page_asks_the_same_of_the_database_however_many_stalls(desk, event, statements):
    stalls(event, 2)
    desk.page(EDIT)
    with statements() as few:
        desk.page(EDIT)
    with unit_of_work():
        row = RowOfStalls(60, 0, 5000, 300, 300, 100)
        rowing.add_row(event.id, "Q1", row, {"facing": "south", "power_amp": 0, "phases": 1})
    with statements() as many:
        desk.page(EDIT)
    assert len(many) == len(few) <= STATEMENTS


def test_a_thing_is_moved_behind_the_page_and_only_from_where_it_was_seen(desk, event, statements):
    row = stalls(event, 1)[0]
    address = f"{EDIT}/stalls/{row.id}/place"
    seen = {"seen_x": str(row.x), "seen_y": str(row.y)}
    with statements() as moving:
        told = desk.post(address, data={"x": "450", "y": "-700", **seen})
    assert (told.status_code, told.json) == (200, {"x": 450, "y": -700})
    assert len(moving) <= STATEMENTS
    again = desk.post(address, data={"x": "450", "y": "-700", **seen})
    assert again.status_code == 200
    late = desk.post(address, data={"x": "0", "y": "0", **seen})
    assert (late.status_code, late.json["x"]) == (409, 450)
    assert "En anden har flyttet det imens" in late.json["sentence"]
    assert desk.post(address, data={"x": "far"}).status_code == 422
    other = stalls(festival("en-anden-dag"), 1)[0]
    moved = desk.post(f"{EDIT}/stalls/{other.id}/place", data={"x": "0", "y": "0", **seen})
    assert moved.status_code == 404
    db.session.rollback()
    assert [one.verb for one in audit.of("stall", row.id)] == ["placed"]


def test_the_plan_is_printed_to_scale(desk, event):
    stalls(event, 12)
    text = desk.get(f"{EDIT}/print").get_data(as_text=True)
    drawn = re.search(r'viewBox="0 0 ([\d.]+) [\d.]+"\s+width="([\d.]+)mm"', text)
    scale = re.search(r"1:(\d+)", text)
    assert drawn and scale
    metres, millimetres = float(drawn[1]) / 24, float(drawn[2])
    assert millimetres * float(scale[1]) == pytest.approx(metres * 1000)

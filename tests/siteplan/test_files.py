"""A plan leaves as a file and comes back: looked at, told by row, kept whole or not at all."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from app.applications.rules.answers import Needs
from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.siteplan.queries import things
from app.siteplan.rules.kinds import Kind
from app.siteplan.services import editing
from app.vendors.models import Cabinet
from app.vendors.queries.plan import plan_of
from app.vendors.services import reshaping
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page, text_of
from tests.vendors.making import accepted, festival, held, stalls

EDIT = "/desk/siteplan/international-dag"
OTHER = "/desk/siteplan/naeste-aar"


@pytest.fixture
def event(app) -> Event:
    return festival()


@pytest.fixture
def desk(client) -> InspectingClient:
    return sign_in_staff(client, StaffRole.ORGANISER)


def read(desk, text: str, status: int = 200, do: str = "look", address: str = EDIT) -> Page:
    answer = desk.send(f"{address}/import", {"text": text, "do": do}, status)
    db.session.rollback()
    db.session.expire_all()
    return Page(answer.get_data(as_text=True))


def told(event: Event) -> list[tuple]:
    """Everything on the plan, without the numbers of rows."""
    plan = plan_of(event.id)
    return [
        *((s.code, s.spot, s.zone, s.cabinet, s.tap, s.power_amp, s.gas) for s in plan.stalls),
        *((c.code, c.x, c.y, c.load.limit, len(c.load.used)) for c in plan.cabinets),
        *((t.code, t.x, t.y, t.flow.limit) for t in plan.taps),
        *((zone.code, zone.name, zone.call) for zone in plan.zones),
        *((mark.kind, mark.name, mark.rect) for mark in plan.landmarks),
    ]


def exported(desk) -> str:
    return desk.get(f"{EDIT}/plan.csv").get_data().decode("utf-8-sig")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_plan_goes_into_another_festival_by_its_file(desk, event, language):
    rows = stalls(event, 3)
    with unit_of_work():
        editing.change(event.id, Kind.STALL, rows[0].id, {"frontage_cm": 450, "gas": True})
        editing.change(event.id, Kind.ZONE, rows[0].zone_id, {"call": "+45 20 20 20 20"})
    other = festival("naeste-aar")
    desk.page(f"{EDIT}?language={language}")
    text = exported(desk)
    read(desk, text, 200, address=OTHER)
    assert things.is_empty(other.id)
    read(desk, text, 303, "keep", OTHER)
    assert told(other) == told(event)
    desk.page(f"{EDIT}?language=da")
    page = read(desk, exported(desk), 200)
    assert "Nyt: 0." in page.text and "Ændret: 0." in page.text


def test_what_one_types_by_hand_is_read(desk, event):
    text = "Hvad er det;Nummer eller kode;Ampere;Strømskab\nStade;A1;16;B\nStrømskab;B;63;\n"
    page = read(desk, text)
    assert "Nyt: 2." in page.text
    read(desk, text, 303, "keep")
    assert [one.code for one in things.things(event.id, Kind.STALL)] == ["A1"]
    file = {"file": (io.BytesIO(b"type\tcode\tpower\nstall\tA1\t10\n"), "plan.csv")}
    whole = {**file, "do": "keep", "text": ""}
    assert desk.send(f"{EDIT}/import", whole).status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert things.things(event.id, Kind.STALL)[0].power_amp == 10


def test_each_row_that_is_wrong_is_told_by_its_number_and_nothing_is_kept(desk, event):
    text = (
        "type;code;power;phases;cabinet;width;hoses\n"
        "stall;A1;16;1;;3;\n"
        "stall;A2;mange;1;;3;\n"
        "stall;A1;16;1;;3;\n"
        "stall;A3;16;2;;3;\n"
        "stall;A4;16;1;Q;3;\n"
        "hus;A5;;;;;\n"
        "tap;V1;;;;;\n"
        "stall;A6;16;1;;0,1;\n"
        "stall;;16;1;;3;\n"
    )
    page = read(desk, text, 422, "keep")
    shown = page.one("div", id="file-faults")
    sentences = text_of(shown)
    for number in (3, 4, 5, 6, 7, 8, 9, 10):
        assert f"Række {number}:" in sentences
    assert "Række 2:" not in sentences
    assert "“A1” står også i række 2" in sentences
    assert things.is_empty(event.id)


def test_a_file_cannot_take_from_those_who_stand_there(desk, event):
    rows = stalls(event, 2)
    for row, name in zip(rows, ("Café", "Grill"), strict=True):
        held(row, accepted(event, name, Needs(power_amp=16)))
    page = read(desk, "type;code;power\nstall;2;16\ncabinet;B;20\n", 422, "keep")
    assert "Række 3: Skab B giver 32 A" in page.text
    assert db.session.get_one(Cabinet, rows[0].cabinet_id).amp == 63
    page = read(desk, "type;code;blocked\nstall;2;Vejarbejde\n", 422, "keep")
    assert "Række 2: Stade 2 er i brug" in page.text


@pytest.mark.parametrize("text", ["", "hej med dig", "\x00\x01", ";;;;\n" * 5])
def test_what_is_no_table_is_refused(desk, event, text):
    assert read(desk, text, 422, "keep").errors()
    assert things.is_empty(event.id)


def test_last_years_plan_is_copied_without_who_stood_there(desk, event):
    rows = stalls(event, 3)
    arrives = event.starts_at - timedelta(hours=3)
    with unit_of_work():
        reshaping.share(rows[0].id, 2)
        editing.change(event.id, Kind.ZONE, rows[0].zone_id, {"arrives_at": arrives})
    held(rows[0], accepted(event, "Café", Needs(power_amp=8)))
    other = festival("naeste-aar")
    with unit_of_work():
        later = db.session.get_one(Event, other.id)
        later.ends_at = later.ends_at + timedelta(days=1)
        later.starts_at = later.starts_at + timedelta(days=1)
    whole = {**desk.page(f"{OTHER}/copy").form(f"{OTHER}/copy"), "source": str(event.id)}
    desk.send(f"{OTHER}/copy", whole)
    db.session.rollback()
    db.session.expire_all()
    assert [one[:2] for one in told(other)] == [one[:2] for one in told(event)]
    plan = plan_of(other.id)
    assert [len(stall.parts) for stall in plan.stalls] == [2, 1, 1]
    assert not [stall.holders for stall in plan.stalls if stall.holders]
    assert plan.zones[0].arrives_at == clock.shifted(arrives, event.starts_at, later.starts_at)
    again = desk.send(f"{OTHER}/copy", {"source": str(event.id)}, 409).get_data(as_text=True)
    assert "har allerede en plan" in again

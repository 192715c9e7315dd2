"""Loads, fits, states and places: decisions that could be explained on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications.rules.states import Role
from app.vendors import drawing
from app.vendors.refusals import TapOverloaded, overloaded
from app.vendors.rules import layout, loads, scenery, states
from app.vendors.rules.fitting import Need, StallOffer
from app.vendors.rules.geometry import OVERHANG, Direction, path, sheet
from app.vendors.rules.layout import Facing, Rect, Spot
from app.vendors.rules.loads import Draw, Flow, Load, Supply
from app.vendors.rules.siteplan import (
    Holder,
    PlannedCabinet,
    PlannedStall,
    PlannedZone,
    SitePlan,
    StallPart,
)
from app.vendors.rules.specs import LandmarkKind
from app.vendors.rules.states import HoldingState, StallState
from app.vendors.wording import against, metres

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
STEP = 300 + layout.GAP
B = Supply("B", 63)
C = Supply("C", 32, phases=3)


def test_overloaded_cabinet_is_told_with_the_figures():
    overload = loads.overload(B, [Draw(32), Draw(16), Draw(10)], Draw(16))
    assert overload
    assert str(overloaded(overload)) == "Cabinet B: 58 of 63 A used, you ask for 16."


def test_cabinet_carries_to_the_last_ampere():
    assert loads.overload(B, [Draw(47)], Draw(16)) is None
    assert loads.overload(B, [Draw(48)], Draw(16)) is not None


def test_nothing_asked_is_never_refused():
    assert loads.overload(B, [Draw(80)], Draw(0)) is None


def test_each_phase_is_summed_for_itself():
    draws = [Draw(16, phase=1), Draw(16, phase=1), Draw(16, phase=2), Draw(10, phases=3)]
    assert loads.cabinet_load(C, draws).used == (42, 26, 10)


def test_refusal_of_three_phases_names_the_fullest():
    overload = loads.overload(C, [Draw(20, phase=2)], Draw(16, phases=3))
    assert overload
    assert str(overloaded(overload)) == "Cabinet C, phase L2: 20 of 32 A used, you ask for 16."


def test_one_phase_is_free_while_another_is_full():
    assert loads.overload(C, [Draw(32, phase=2)], Draw(16, phase=3)) is None


def test_three_phases_at_a_cabinet_of_one_load_it_once():
    assert loads.cabinet_load(B, [Draw(16, phases=3)]).used == (16,)


def test_phase_beyond_the_cabinet_is_its_last():
    assert loads.phases_of(Draw(16, phase=3), B) == (1,)


@given(st.lists(st.builds(Draw, st.integers(0, 40), st.sampled_from([1, 3]), st.integers(1, 3))))
def test_what_is_given_one_by_one_never_exceeds_the_cabinet(asked):
    taken: list[Draw] = []
    for draw in asked:
        if loads.overload(C, taken, draw) is None:
            taken.append(draw)
    assert not loads.cabinet_load(C, taken).is_over


def test_tap_has_room_for_so_many_hoses():
    assert not Flow(1, 2).is_full
    assert Flow(2, 2).is_full
    assert (
        str(TapOverloaded(tap="V1", used=2, limit=2))
        == "Tap V1: 2 of 2 hoses joined, there is room for no more."
    )


def test_application_that_does_not_say_takes_what_its_part_gives():
    assert loads.power_asked(None, 16) == 16
    assert loads.power_asked(10, 16) == 10
    assert loads.power_asked(0, 16) == 0


def test_shared_stall_divides_its_power_without_losing_an_ampere():
    assert loads.parts_of(25, 2) == (13, 12)
    assert loads.parts_of(16, 1) == (16,)


@pytest.mark.parametrize(
    ("used", "limit", "percent"), [(0, 63, 0), (58, 63, 92), (70, 63, 100), (0, 0, 0), (1, 0, 100)]
)
def test_bar_of_a_load_ends_at_a_hundred(used, limit, percent):
    assert loads.share_in_percent(used, limit) == percent


def test_overload_is_seen_on_load_and_flow():
    assert Load((10, 40, 0), 32).is_over
    assert Load((10, 20, 0), 32).free == 12
    assert Flow(3, 2).is_over
    assert not Flow(2, 2).is_over


def test_stall_that_has_everything_fits():
    offer = StallOffer(
        power_amp=32, phases=3, has_tap=True, gas=True, frontage_cm=600, wheelchair=True
    )
    need = Need(32, 3, water=True, gas=True, frontage_cm=600, wheelchair=True)
    assert against(need, offer) == ()


def test_stall_that_lacks_everything_says_so_in_sentences():
    offer = StallOffer(
        power_amp=16, blocked_because="Vejarbejde.", cabinet="B", load=Load((58,), 63)
    )
    need = Need(32, 3, water=True, gas=True, frontage_cm=450, wheelchair=True)
    assert against(need, offer) == (
        "The stall is blocked: Vejarbejde.",
        "The stall gives 16 A, 32 A is needed.",
        "The stall has one phase, three are needed.",
        "Cabinet B has 5 A left, 32 A is needed.",
        "There is no water at the stall.",
        "Gas is not allowed at the stall.",
        "The stall is 3 m wide, 4,5 m is needed.",
        "The stall cannot be reached by wheelchair.",
    )


def test_application_that_does_not_say_fits_where_its_stalls_power_is_left():
    assert against(Need(), StallOffer(power_amp=16, cabinet="B", load=Load((47,), 63))) == ()
    assert against(Need(), StallOffer(power_amp=16, cabinet="B", load=Load((48,), 63)))


@pytest.mark.parametrize(
    ("length", "text"), [(300, "3"), (250, "2,5"), (325, "3,25"), (305, "3,05")]
)
def test_metres_are_written_the_danish_way(length, text):
    assert metres(length) == text


def test_hold_is_over_in_the_second_it_ends():
    assert states.has_run_out(HoldingState.HELD, NOW, NOW)
    assert not states.has_run_out(HoldingState.HELD, NOW + timedelta(seconds=1), NOW)
    assert not states.has_run_out(HoldingState.CONFIRMED, None, NOW)
    assert not states.has_run_out(HoldingState.HELD, None, NOW)


def test_hold_lasts_two_weeks_unless_somebody_says():
    assert states.held_until(HoldingState.HELD, NOW, None) == NOW + timedelta(days=14)
    assert states.held_until(HoldingState.HELD, NOW, NOW) == NOW
    assert states.held_until(HoldingState.CONFIRMED, NOW, NOW) is None


def test_confirmed_application_gets_a_confirmed_stall():
    assert states.opening_state(application_is_confirmed=True) is HoldingState.CONFIRMED
    assert states.opening_state(application_is_confirmed=False) is HoldingState.HELD


@pytest.mark.parametrize(
    ("blocked", "shares", "live", "shown"),
    [
        (False, 1, [], StallState.FREE),
        (False, 2, [HoldingState.HELD], StallState.SHARED),
        (False, 2, [HoldingState.HELD, HoldingState.CONFIRMED], StallState.HELD),
        (False, 1, [HoldingState.CONFIRMED], StallState.CONFIRMED),
        (True, 1, [HoldingState.CONFIRMED], StallState.BLOCKED),
    ],
)
def test_stall_shows_the_least_certain_of_its_holdings(blocked, shares, live, shown):
    assert states.stall_state(blocked, shares, live) is shown


def test_odd_stalls_stand_opposite_even_ones():
    placed = layout.spots([300] * 5)
    assert [spot.facing for spot in placed] == [Facing.SOUTH, Facing.NORTH] * 2 + [Facing.SOUTH]
    assert [spot.rect.x for spot in placed] == [0, 0, STEP, STEP, 2 * STEP]


@given(st.lists(st.integers(200, 900), max_size=100))
def test_stalls_never_stand_on_each_other(frontages):
    rects = [spot.rect for spot in layout.spots(frontages)]
    for number, rect in enumerate(rects):
        assert not any(rect.touches(other) for other in rects[number + 1 :])


def test_streets_of_a_large_festival_do_not_touch():
    rects = [spot.rect for spot in layout.spots([300] * 300)]
    names = {kind: {"da": "Gaden"} for kind in LandmarkKind}
    streets = [one for one in scenery.scenery(layout.spots([300] * 300), names)]
    paved = [Rect(s.x, s.y, s.width, s.height) for s in streets if s.kind is LandmarkKind.STREET]
    assert len(paved) == 10
    assert not any(rect.touches(street) for rect in rects for street in paved)


def test_cabinet_stands_behind_its_stalls_and_a_tap_beside_it():
    placed = layout.spots([300] * 4)
    cabinet = layout.point_for(placed[::2], [])
    tap = layout.point_for(placed[::2], [cabinet])
    assert cabinet[1] == placed[0].rect.y - layout.BEHIND
    assert tap == (cabinet[0] + layout.BEHIND, cabinet[1])
    assert layout.point_for([], []) != cabinet
    assert layout.point_for(placed[1::2], [])[1] > placed[1].rect.bottom


def test_neighbours_stand_side_by_side_in_one_row():
    placed = layout.spots([300] * 6)
    row = [(str(number), spot.rect) for number, spot in enumerate(placed, start=1)]
    assert layout.neighbours(row) == (("1", "3"), ("3", "5"), ("2", "4"), ("4", "6"))


def test_plan_without_stalls_has_no_scenery():
    assert scenery.scenery((), {}) == ()
    assert layout.around((), 100) == Rect(0, 0, 200, 200)


def test_drawing_down_is_the_drawing_across_turned():
    spot = Spot(Rect(0, 400, 300, 300), Facing.NORTH)
    across, down = (sheet([spot.rect], direction) for direction in Direction)
    assert (across.width, across.height) == (down.height, down.width)
    assert across.booth(spot, (27, 14)).box.x == down.booth(spot, (27, 14)).box.y
    assert across.view_box.startswith("0 0 ")


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("facing", list(Facing))
def test_labels_of_a_stall_stand_on_its_roof(direction, facing):
    booth = sheet([Rect(0, 0, 300, 300)], direction).booth(
        Spot(Rect(0, 0, 300, 300), facing), (27, 14, 14)
    )
    box = booth.box
    for point in (booth.number, *booth.marks):
        assert box.x <= point.x <= box.x + box.width
        assert box.y <= point.y <= box.y + box.height
    assert abs(booth.sign.x - box.centre.x) <= box.width / 2 + OVERHANG + 0.01
    assert abs(booth.sign.y - box.centre.y) <= box.height / 2 + OVERHANG + 0.01
    assert booth.awning.startswith("M")
    assert len(booth.marks) == 3


def test_line_through_points_is_an_svg_path():
    drawn = sheet([Rect(0, 0, 100, 100)], Direction.ACROSS)
    assert path([drawn.point(0, 0), drawn.point(100, 0)]).startswith("M")


def planned(**given: object) -> PlannedStall:
    values: dict[str, object] = {
        "id": 1,
        "code": "1",
        "spot": Spot(Rect(0, 0, 300, 300), Facing.SOUTH),
        "zone": None,
        "cabinet": "B",
        "tap": None,
        "power_amp": 16,
        "phases": 1,
        "phase": 1,
        "gas": False,
        "wheelchair": False,
        "blocked_because": "",
        "parts": (StallPart(1, 16),),
    }
    return PlannedStall(**{**values, **given})  # type: ignore[arg-type]


def holder_asking(need: Need) -> Holder:
    cafe = Role.FOOD_STALL
    return Holder(7, 3, 5, "Café", HoldingState.HELD, NOW, Draw(16), False, need, cafe)


def test_plan_answers_about_its_stalls():
    holder = Holder(
        7,
        3,
        5,
        "Café",
        HoldingState.HELD,
        NOW,
        Draw(16),
        False,
        Need(power_amp=20),
        Role.FOOD_STALL,
    )
    taken = planned(id=2, code="2", parts=(StallPart(1, 16, holder),))
    site = SitePlan(1, (planned(), taken), (), (), (), ())
    assert site.stall(2) is taken
    assert site.stall(9) is None
    assert site.of(3) == (taken,)
    assert site.standing() == (("2", "Café"),)
    assert site.count(StallState.FREE) == 1
    assert site.fed_by("B") == site.stalls
    assert site.load_of(taken) is None
    assert site.zone(None) is None
    assert planned().is_open
    assert not taken.is_open
    assert planned().offer(None).power_amp == 16
    assert taken.offer(None).power_amp == 16


def test_need_that_grew_after_the_placing_is_seen():
    before = Holder(
        7,
        3,
        5,
        "Café",
        HoldingState.HELD,
        NOW,
        Draw(16),
        False,
        Need(power_amp=16),
        Role.FOOD_STALL,
    )
    after = Holder(
        7,
        3,
        5,
        "Café",
        HoldingState.HELD,
        NOW,
        Draw(16),
        False,
        Need(power_amp=20),
        Role.FOOD_STALL,
    )
    silent = Holder(
        7, 3, 5, "Café", HoldingState.HELD, NOW, Draw(16), False, Need(), Role.FOOD_STALL
    )
    assert not before.asks_otherwise
    assert after.asks_otherwise
    assert not silent.asks_otherwise


def test_cabinet_that_serves_both_sides_stands_where_fewer_things_are():
    placed = layout.spots([300] * 6)
    first = layout.point_for(placed, [])
    second = layout.point_for(placed, [first])
    assert first[1] != second[1]


def test_zone_on_both_sides_of_the_street_has_one_colour_and_rows_of_its_own():
    placed = layout.spots([300] * 4)
    zones = (PlannedZone("a", {"da": "A"}, None, ""), PlannedZone("b", {"da": "B"}, None, ""))
    rows = tuple(
        planned(id=n, code=str(n), spot=spot, zone="ab"[n // 2]) for n, spot in enumerate(placed)
    )
    drawn = drawing.draw(SitePlan(1, rows, (), (), zones, ()), Direction.DOWN)
    assert sorted(zone.tone for zone in drawn.zones) == [0, 0, 1, 1]
    assert {zone.turn for zone in drawn.zones} == {-90, 90}
    assert not drawn.of_kind("stage")


def test_wires_run_only_to_stalls_in_the_cabinets_own_yard():
    placed = layout.spots([300] * 4)
    rows = tuple(planned(id=n, code=str(n), spot=spot) for n, spot in enumerate(placed))
    cabinet = PlannedCabinet(1, "B", *layout.behind(placed[0]), Load((0,), 63))
    drawn = drawing.draw(SitePlan(1, rows, (cabinet,), (), (), ()), Direction.ACROSS)
    assert len(drawn.wires) == 2
    assert cabinet.percent == (0,)

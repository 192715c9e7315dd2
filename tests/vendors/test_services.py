"""Giving, keeping and ending stalls, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role, State
from app.applications.services import deciding, telling, writing
from app.core import clock
from app.core.database import db
from app.core.refusals import NotFound
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.organisations import services as organisations
from app.organisations.rules import Actor
from app.vendors import jobs
from app.vendors.models import Holding, Stall, StallShare
from app.vendors.queries import holdings
from app.vendors.queries.plan import plan_of
from app.vendors.refusals import (
    CabinetOverloaded,
    CodeExists,
    CodeUnknown,
    HoldingEnded,
    NotAccepted,
    NotNeighbours,
    PhaseOverloaded,
    StallBlocked,
    StallInUse,
    StallTaken,
    TapOverloaded,
)
from app.vendors.rules import layout
from app.vendors.rules.specs import LandmarkKind, PlanSpec, StallSpec
from app.vendors.rules.states import HoldingState, StallState
from app.vendors.services import adjusting, ending, laying, reserving, reshaping
from tests.vendors.making import accepted, festival, held, plan, said, stalls

pytestmark = pytest.mark.usefixtures("app")


def holding(holding_id: int) -> Holding:
    db.session.expire_all()
    return db.session.get_one(Holding, holding_id)


def live() -> int:
    states = (HoldingState.HELD, HoldingState.CONFIRMED)
    return db.session.scalar(select(func.count(Holding.id)).where(Holding.state.in_(states))) or 0


def test_accepted_applicant_holds_a_stall_until_the_deadline():
    event = festival()
    stall, cafe = stalls(event)[0], accepted(event, "Café Damaskus")
    kept = holding(held(stall, cafe))
    assert kept.state == HoldingState.HELD
    assert kept.held_until is not None
    assert kept.power_amp == 16


def test_stall_is_confirmed_at_once_for_a_confirmed_application():
    event = festival()
    stall, cafe = stalls(event)[0], accepted(event, "Café Damaskus", email="a@cafe.example")
    with unit_of_work():
        telling.confirm(Actor("a@cafe.example"), cafe.id)
    kept = holding(held(stall, cafe))
    assert (kept.state, kept.held_until) == (HoldingState.CONFIRMED, None)


def test_second_holder_of_a_stall_is_refused_with_the_first_ones_name(app):
    event = festival()
    stall = stalls(event)[0]
    first, second = accepted(event, "Café Damaskus"), accepted(event, "Ørestad Grill")
    held(stall, first)
    with pytest.raises(StallTaken) as refused:
        held(stall, second)
    assert said(app, refused.value) == "Stall 1 is taken by Café Damaskus."
    assert live() == 1


def test_cabinet_overload_is_refused_with_the_figures_and_leaves_nothing(app):
    event = festival()
    rows = stalls(event, 5, power_amp=32)
    for number, amp in enumerate((32, 16, 10)):
        held(rows[number], accepted(event, f"Nr. {number}", Needs(power_amp=amp)))
    with pytest.raises(CabinetOverloaded) as refused:
        held(rows[3], accepted(event, "Nr. 4", Needs(power_amp=16)))
    assert said(app, refused.value) == "Cabinet B: 58 of 63 A used, you ask for 16."
    assert live() == 3


def test_phases_of_a_cabinet_are_filled_one_by_one():
    event = festival()
    rows = plan(event, [StallSpec(str(n), 32, "C", phase=1 + n % 2) for n in (1, 2, 3)])
    held(rows[0], accepted(event, "Nr. 1"))
    held(rows[1], accepted(event, "Nr. 2"))
    with pytest.raises(PhaseOverloaded):
        held(rows[2], accepted(event, "Nr. 3"))


def test_tap_without_room_is_refused():
    event = festival()
    rows = stalls(event)
    for number in (0, 1):
        held(rows[number], accepted(event, f"Nr. {number}", Needs(power_amp=0, water=True)))
    with pytest.raises(TapOverloaded):
        held(rows[2], accepted(event, "Nr. 2", Needs(power_amp=0, water=True)))
    held(rows[2], accepted(event, "Nr. 3", Needs(power_amp=0)))


def test_only_an_accepted_application_gets_a_stall():
    event = festival()
    cafe = accepted(event, "Café Damaskus")
    with unit_of_work():
        ending.cancel(cafe.id, "Aflyst")
    with pytest.raises(NotAccepted):
        held(stalls(event)[0], cafe)


def test_stall_of_another_festival_is_not_found():
    here, there = festival(), festival("i-fjor")
    with pytest.raises(NotFound):
        held(stalls(there)[0], accepted(here, "Café Damaskus"))


def test_blocked_stall_is_refused_with_its_reason(app):
    event = festival()
    stall = stalls(event)[0]
    with unit_of_work():
        reshaping.block(stall.id, "Vejarbejde.")
    with pytest.raises(StallBlocked) as refused:
        held(stall, accepted(event, "Café Damaskus"))
    assert said(app, refused.value) == "Stall 1 is blocked: Vejarbejde."
    with unit_of_work():
        reshaping.unblock(stall.id)
    held(stall, accepted(event, "Ørestad Grill"))


def test_held_stall_cannot_be_blocked():
    event = festival()
    stall = stalls(event)[0]
    held(stall, accepted(event, "Café Damaskus"))
    with pytest.raises(StallInUse), unit_of_work():
        reshaping.block(stall.id, "Vejarbejde")


def test_released_stall_is_free_for_the_next_and_history_stays():
    event = festival()
    stall = stalls(event)[0]
    first = held(stall, accepted(event, "Café Damaskus"))
    with unit_of_work():
        reserving.release(first)
    with unit_of_work():
        reserving.release(first)
    held(stall, accepted(event, "Ørestad Grill"))
    assert holding(first).state == HoldingState.ENDED
    assert db.session.scalar(select(func.count(Holding.id))) == 2


def test_hold_that_has_run_out_gives_way_to_the_next():
    event = festival()
    stall = stalls(event)[0]
    first = held(stall, accepted(event, "Café Damaskus"))
    second = accepted(event, "Ørestad Grill")
    with at(clock.now() + timedelta(days=15)):
        held(stall, second)
    assert holding(first).ended_because == "expired"


def test_hold_that_has_run_out_cannot_be_confirmed():
    event = festival()
    kept = held(stalls(event)[0], accepted(event, "Café Damaskus"))
    with at(clock.now() + timedelta(days=15)), pytest.raises(HoldingEnded), unit_of_work():
        reserving.confirm(kept)


def test_round_frees_stalls_whose_hold_has_run_out():
    event = festival()
    kept = held(stalls(event)[0], accepted(event, "Café Damaskus"))
    later = clock.now() + timedelta(days=15)
    with at(later):
        assert jobs.free_stalls(later) == 1
        assert jobs.free_stalls(later) == 0
    assert holding(kept).state == HoldingState.ENDED


def test_round_frees_the_stall_of_an_application_that_ended_elsewhere():
    event = festival()
    association = accepted(event, "Somalisk Forening", kind="association")
    kept = held(stalls(event)[0], association)
    with unit_of_work():
        deciding.cancel(association.id, "Aflyst")
    assert jobs.free_stalls(clock.now()) == 1
    assert holding(kept).ended_because == "given_up"


def test_round_confirms_the_stall_with_its_application():
    event = festival()
    cafe = accepted(event, "Café Damaskus", email="a@cafe.example")
    kept = held(stalls(event)[0], cafe)
    with unit_of_work():
        telling.confirm(Actor("a@cafe.example"), cafe.id)
    later = clock.now() + timedelta(days=15)
    with at(later):
        assert jobs.free_stalls(later) == 0
        assert jobs.confirm_holdings(later) == 1
        assert jobs.confirm_holdings(later) == 0
    assert holding(kept).state == HoldingState.CONFIRMED


def test_withdrawal_ends_the_holding():
    event = festival()
    cafe = accepted(event, "Café Damaskus", email="a@cafe.example")
    kept = held(stalls(event)[0], cafe)
    with unit_of_work():
        ending.withdraw(Actor("a@cafe.example"), cafe.id)
    assert holding(kept).state == HoldingState.ENDED
    assert asking.application(cafe.id).state == State.WITHDRAWN


def test_stranger_cannot_withdraw_somebody_elses_stall():
    event = festival()
    cafe = accepted(event, "Café Damaskus", email="a@cafe.example")
    kept = held(stalls(event)[0], cafe)
    with pytest.raises(NotFound), unit_of_work():
        ending.withdraw(Actor("b@cafe.example"), cafe.id)
    assert holding(kept).state == HoldingState.HELD


def test_place_that_nobody_confirmed_takes_the_stall_with_it():
    event = festival()
    cafe = accepted(event, "Café Damaskus")
    kept = held(stalls(event)[0], cafe)
    with unit_of_work():
        db.session.get_one(Application, cafe.id).confirm_by = clock.now()
    later = clock.now() + timedelta(seconds=1)
    assert jobs.lapse_unconfirmed(later) == 1
    assert jobs.lapse_unconfirmed(later) == 0
    assert holding(kept).state == HoldingState.ENDED


def test_move_ends_one_holding_and_makes_one():
    event = festival()
    rows = stalls(event)
    first = held(rows[0], accepted(event, "Café Damaskus"))
    with unit_of_work():
        second = reserving.move(first, rows[1].id)
    assert holding(first).ended_because == "moved"
    assert holdings.seat(second.id).stall_code == "2"


def test_move_to_a_taken_stall_changes_nothing():
    event = festival()
    rows = stalls(event)
    first = held(rows[0], accepted(event, "Café Damaskus"))
    held(rows[1], accepted(event, "Ørestad Grill"))
    with pytest.raises(StallTaken), unit_of_work():
        reserving.move(first, rows[1].id)
    assert holding(first).state == HoldingState.HELD


def test_two_confirmed_vendors_swap_and_history_stays():
    event = festival()
    rows = stalls(event)
    names = ("Café Damaskus", "Ørestad Grill")
    apps = [accepted(event, name, email=f"{n}@x.example") for n, name in enumerate(names)]
    for number, one in enumerate(apps):
        with unit_of_work():
            telling.confirm(Actor(f"{number}@x.example"), one.id)
    first, second = held(rows[0], apps[0]), held(rows[1], apps[1])
    with unit_of_work():
        reserving.swap(first, second)
    site = plan_of(event.id)
    assert [stall.holders[0].organisation for stall in site.stalls[:2]] == list(reversed(names))
    assert site.count(StallState.CONFIRMED) == 2
    assert db.session.scalar(select(func.count(Holding.id))) == 4


def test_swap_that_would_overload_a_cabinet_changes_nothing():
    event = festival()
    rows = plan(event, [StallSpec("1", 40, "B"), StallSpec("2", 40, "C"), StallSpec("3", 16, "C")])
    first = held(rows[0], accepted(event, "Stor", Needs(power_amp=40)))
    second = held(rows[1], accepted(event, "Lille", Needs(power_amp=10)))
    with pytest.raises(PhaseOverloaded), unit_of_work():
        reserving.swap(first, second)
    assert holding(first).state == holding(second).state == HoldingState.HELD


def test_holding_cannot_be_swapped_with_itself_or_after_its_end():
    event = festival()
    rows = stalls(event)
    first = held(rows[0], accepted(event, "Café Damaskus"))
    second = held(rows[1], accepted(event, "Ørestad Grill"))
    with pytest.raises(NotFound), unit_of_work():
        reserving.swap(first, first)
    with unit_of_work():
        reserving.release(second)
    with pytest.raises(HoldingEnded), unit_of_work():
        reserving.swap(first, second)
    assert holding(first).state == HoldingState.HELD


def test_shared_stall_has_two_holders_and_one_may_withdraw():
    event = festival()
    rows = plan(event, [StallSpec("1", 25, "B", parts=2)])
    first = held(rows[0], accepted(event, "Somalisk Forening", kind="association"))
    assert plan_of(event.id).stalls[0].state is StallState.SHARED
    second = held(rows[0], accepted(event, "Tyrkisk Forening", kind="association"))
    assert [holding(one).power_amp for one in (first, second)] == [13, 12]
    with pytest.raises(StallTaken):
        held(rows[0], accepted(event, "Pakistansk Forening", kind="association"))
    with unit_of_work():
        reserving.release(first)
    assert holding(second).state == HoldingState.HELD
    assert plan_of(event.id).stalls[0].state is StallState.SHARED


def test_free_stall_is_shared_and_made_whole_again():
    event = festival()
    stall = stalls(event)[0]
    with unit_of_work():
        reshaping.share(stall.id, 2)
    assert [part.power_amp for part in plan_of(event.id).stalls[0].parts] == [8, 8]
    with unit_of_work():
        reshaping.share(stall.id, 1)
    assert [part.power_amp for part in plan_of(event.id).stalls[0].parts] == [16]


def test_neighbours_merge_into_one_wide_stall():
    event = festival()
    rows = stalls(event, 5)
    cafe = accepted(event, "Café Damaskus")
    held(rows[0], cafe)
    second = held(rows[2], cafe)
    with unit_of_work():
        reshaping.merge(rows[0].id, rows[2].id)
    assert db.session.get_one(Stall, rows[0].id).frontage_cm == 600 + layout.GAP
    assert holding(second).ended_because == "merged"
    with pytest.raises(StallBlocked):
        held(rows[2], accepted(event, "Ørestad Grill"))


def test_stalls_apart_or_held_by_others_do_not_merge():
    event = festival()
    rows = stalls(event, 5)
    with pytest.raises(NotNeighbours), unit_of_work():
        reshaping.merge(rows[0].id, rows[4].id)
    with pytest.raises(NotFound), unit_of_work():
        reshaping.merge(rows[0].id, rows[0].id)
    held(rows[2], accepted(event, "Ørestad Grill"))
    with pytest.raises(StallInUse), unit_of_work():
        reshaping.merge(rows[0].id, rows[2].id)


def test_double_stall_is_one_application_with_two_holdings():
    event = festival()
    rows = stalls(event, power_amp=20)
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=20))
    assert {held(rows[0], cafe), held(rows[2], cafe)}
    assert [stall.code for stall in plan_of(event.id).of(cafe.id)] == ["1", "3"]
    assert plan_of(event.id).cabinets[0].load.used == (40,)


def edit(application: Application, needs: Needs) -> None:
    actor = Actor("a@cafe.example")
    with unit_of_work():
        writing.save_draft(actor, application.id, {"power_amp": [str(needs.power_amp)]})
    with unit_of_work():
        ending.submit(actor, application.id, {"power_amp": needs.power_amp}, needs)


def test_edit_after_acceptance_is_weighed_against_the_load_plan_again():
    event = festival()
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=16), email="a@cafe.example")
    kept = held(stalls(event, power_amp=40)[0], cafe)
    edit(cafe, Needs(power_amp=40))
    assert holding(kept).power_amp == 40


def test_edit_that_does_not_fit_keeps_the_place_and_shows_on_the_plan():
    event = festival()
    rows = stalls(event, power_amp=40)
    cafe = accepted(event, "Café Damaskus", Needs(power_amp=16), email="a@cafe.example")
    kept = held(rows[0], cafe)
    held(rows[1], accepted(event, "Ørestad Grill", Needs(power_amp=40)))
    edit(cafe, Needs(power_amp=32))
    assert holding(kept).power_amp == 16
    assert plan_of(event.id).stalls[0].holders[0].asks_otherwise
    with pytest.raises(CabinetOverloaded), unit_of_work():
        adjusting.adjust(kept)


def test_plan_is_laid_out_from_codes_alone():
    event = festival()
    with unit_of_work():
        laying.lay_out(event.id, PlanSpec([StallSpec(str(n)) for n in range(1, 25)]))
    site = plan_of(event.id)
    assert len(site.stalls) == 24
    assert len({(stall.spot.rect.x, stall.spot.rect.y) for stall in site.stalls}) == 24
    assert {landmark.kind for landmark in site.landmarks} >= {
        LandmarkKind.STREET,
        LandmarkKind.STAGE,
    }
    assert db.session.scalar(select(func.count(StallShare.id))) == 24


def test_plan_with_a_wrong_or_doubled_code_is_refused():
    event = festival()
    with pytest.raises(CodeUnknown), unit_of_work():
        laying.lay_out(event.id, PlanSpec([StallSpec("1", cabinet="Z")]))
    with pytest.raises(CodeExists), unit_of_work():
        laying.lay_out(event.id, PlanSpec([StallSpec("1"), StallSpec("1")]))


def test_plan_takes_the_same_statements_for_one_and_for_three_hundred_stalls(statements):
    for count, slug in ((1, "lille"), (300, "stor")):
        event = festival(slug)
        stalls(event, count)
        db.session.expunge_all()
        with statements() as seen:
            assert len(plan_of(event.id).stalls) == count
        assert len(seen) == 7


def test_what_is_not_there_is_not_found():
    event = festival()
    for missing in (
        lambda: reserving.release(999),
        lambda: reserving.confirm(999),
        lambda: reshaping.block(999, "Vejarbejde"),
        lambda: holdings.stall(999),
        lambda: holdings.stall_by_code(event.id, "99"),
        lambda: reserving.reserve_stall(event.id, 999, accepted(event, "Café Damaskus").id),
    ):
        with pytest.raises(NotFound), unit_of_work():
            missing()


def test_act_gets_no_stall():
    event = festival()
    with unit_of_work():
        band = organisations.register("artist_group", "Trioen")
        act = writing.grant_place(event.id, band.id, Role.ACT)
    with pytest.raises(NotFound):
        held(stalls(event)[0], act)


def test_move_to_another_festival_is_refused():
    here, there = festival(), festival("anden")
    kept = held(stalls(here)[0], accepted(here, "Café Damaskus"))
    foreign = stalls(there)[0]
    with pytest.raises(NotFound), unit_of_work():
        reserving.move(kept, foreign.id)
    assert holding(kept).state == HoldingState.HELD

"""What whoever stands on a plan is beyond once the plan is changed, with the figures."""

from __future__ import annotations

from dataclasses import replace

from app.vendors.rules.fitting import Misfit
from app.vendors.rules.loads import Draw, Supply
from app.vendors.rules.standing import Beyond, Taken, beyond, newly

CAFE = Taken(
    holding_id=1,
    stall="A1",
    draw=Draw(10, phases=1, phase=2),
    water=True,
    part_amp=16,
    plug_amp=16,
    phases=3,
    blocked_because="",
    supply=Supply("B", 20, 3),
    tap="V1",
    hoses=2,
)
TEA = replace(CAFE, holding_id=2, stall="A2")


def test_who_has_what_the_plan_gives_is_beyond_nothing() -> None:
    assert beyond([CAFE, TEA]) == []


def test_a_stall_without_cabinet_has_no_load_to_be_beyond() -> None:
    without = replace(CAFE, supply=None, tap=None, water=False)
    assert beyond([without, TEA]) == []


def test_less_power_for_a_part_is_told_with_both_figures() -> None:
    assert beyond([replace(CAFE, part_amp=6)]) == [Beyond(1, "A1", Misfit.POWER, 10, 6)]


def test_a_plug_is_told_with_all_that_stand_at_it() -> None:
    first, second = replace(CAFE, plug_amp=16), replace(TEA, stall="A1")
    assert beyond([first, second]) == [
        Beyond(number, "A1", Misfit.PLUG, 20, 16) for number in (1, 2)
    ]


def test_a_cabinet_is_told_with_its_fullest_phase() -> None:
    small = Supply("B", 16, 3)
    both = [replace(one, supply=small) for one in (CAFE, TEA)]
    told = beyond(both)
    assert {(one.misfit, one.used, one.limit, one.feeder, one.phase) for one in told} == {
        (Misfit.CABINET, 20, 16, "B", 2)
    }


def test_a_tap_is_told_with_all_its_hoses() -> None:
    both = [replace(one, hoses=1) for one in (CAFE, TEA)]
    assert [(one.misfit, one.used, one.limit, one.feeder) for one in beyond(both)] == [
        (Misfit.TAP, 2, 1, "V1")
    ] * 2


def test_what_was_beyond_before_is_new_only_when_it_grew() -> None:
    before = beyond([replace(CAFE, part_amp=6)])
    assert newly(before, before) is None
    after = beyond([replace(CAFE, part_amp=4)])
    assert newly(before, after) == after[0]
    assert newly([], before) == before[0]

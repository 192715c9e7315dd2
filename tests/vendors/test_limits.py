"""Nobody gets more than part, plug, phases, cabinet and tap give, in whatever order."""

from __future__ import annotations

import inspect
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.answers import Needs
from app.applications.services import writing
from app.core.database import db
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.organisations.rules import Actor
from app.siteplan.queries import things
from app.siteplan.rules.kinds import Kind
from app.siteplan.rules.rows import RowOfStalls
from app.siteplan.services import editing, rowing
from app.vendors.models import Cabinet, Holding, Stall, StallShare, Tap
from app.vendors.queries import holdings
from app.vendors.queries.candidates import fits
from app.vendors.queries.plan import plan_of
from app.vendors.refusals import (
    PartsTogetherTooLarge,
    PhasesMissing,
    PlugShared,
    PlugTooSmall,
    ShareTooSmall,
    StallTaken,
    WaterMissing,
)
from app.vendors.rules.specs import CabinetSpec, PlanSpec, StallSpec, TapSpec
from app.vendors.services import (
    adjusting,
    choosing,
    ending,
    giving,
    laying,
    reserving,
    reshaping,
)
from tests.vendors.making import accepted, festival, held, plan, said, stalls

pytestmark = pytest.mark.usefixtures("app")

# Narrow everywhere, so that short sequences come to each limit.
ROWS = [
    StallSpec("1", 16, "B", tap="V"),
    StallSpec("2", 32, "B", tap="V", parts=2),
    StallSpec("3", 16, "C", phases=3, phase=2, tap="V"),
    StallSpec("4", 25, "C", phases=3, phase=3, parts=2),
    StallSpec("5", 16, "B", phases=3),
    StallSpec("6", 16, "C", blocked_because="Vejarbejde"),
]
FEEDERS = [CabinetSpec("B", 24), CabinetSpec("C", 20, phases=3)], [TapSpec("V", hoses=1)]
BEGIN_WITH = [
    Needs(power_amp=8, water=True),
    Needs(power_amp=12, phases=3),
    Needs(),
    Needs(power_amp=0, water=True),
]
STALLS, APPLICANTS = len(ROWS), len(BEGIN_WITH)
number = count(1)
# What takes nothing from a plug, so that no sequence needs it.
HARMLESS = {
    "reserving": {"end", "end_stale", "draw_of", "hose_for", "live_holding", "unended"},
    "reshaping": set(),
    "adjusting": {"adjust_all"},
    "ending": {"cancel", "lapse", "give_up", "give_up_all"},
    "giving": {"give", "relocate"},
    "choosing": {"close_choosing", "open_choosing"},
    "editing": {"add", "held_plan", "put", "rewrite", "thing_to_change"},
    "rowing": set(),
}


def needs(event: Event, name: str, kind: str = "restaurant", **asked: object) -> Application:
    return accepted(event, name, Needs(**asked), kind=kind)  # type: ignore[arg-type]


def test_plug_gives_no_more_than_it_has(app):
    event = festival()
    stall = stalls(event)[0]
    with pytest.raises(PlugTooSmall) as refused:
        held(stall, needs(event, "Stor", power_amp=40))
    assert said(app, refused.value) == (
        "Stall 1 gives 16 A, you ask for 40 A. Choose a stall with more power, or reserve less."
    )


def test_team_cannot_reserve_more_than_the_plug_has_either():
    event = festival()
    stall, cafe = stalls(event)[0], needs(event, "Café", power_amp=10)
    with pytest.raises(PlugTooSmall), unit_of_work():
        reserving.reserve_stall(event.id, stall.id, cafe.id, amp=17)


def test_two_who_share_get_each_no_more_than_its_part(app):
    event = festival()
    stall = plan(event, [StallSpec("1", 16, "B", parts=2)])[0]
    for name in ("Somalisk Forening", "Tyrkisk Forening"):
        with pytest.raises(ShareTooSmall) as refused:
            held(stall, needs(event, name, "association", power_amp=16))
    assert "this part gives 8 A. You ask for 16 A." in said(app, refused.value)
    held(stall, needs(event, "Kurdisk Forening", "association", power_amp=8))


def test_the_part_that_carries_what_is_asked_is_given():
    event = festival()
    stall = stalls(event)[0]
    with unit_of_work():
        reshaping.share(stall.id, 2, (6, 10))
    kept = held(stall, needs(event, "Café", power_amp=10))
    assert holdings.seat(kept).share_amp == 10
    held(stall, needs(event, "Kiosk", power_amp=6))


def test_parts_are_refused_that_have_more_than_the_stall():
    event = festival()
    stall = stalls(event)[0]
    with pytest.raises(PartsTogetherTooLarge), unit_of_work():
        reshaping.share(stall.id, 2, (10, 7))


def test_what_was_given_before_the_plug_was_guarded_leaves_no_room_for_another():
    """Rows of an older version: the part is free, its power is gone."""
    event = festival()
    stall = plan(event, [StallSpec("1", 16, "B", parts=2)])[0]
    kept = held(stall, needs(event, "Stor", power_amp=8))
    with unit_of_work():
        db.session.get_one(Holding, kept).power_amp = 16
    with pytest.raises(PlugShared):
        held(stall, needs(event, "Lille", power_amp=8))
    fit = fits(plan_of(event.id))[kept]
    assert not fit.within_limits
    assert fit.against


def test_five_pins_do_not_fit_a_plug_with_three():
    event = festival()
    rows = plan(event, [StallSpec("1", 16, "C"), StallSpec("2", 16, "B", phases=3)])
    cafe = needs(event, "Café", power_amp=10, phases=3)
    for row in rows:  # the second's cabinet has one phase alone
        with pytest.raises(PhasesMissing):
            held(row, cafe)


def test_hose_is_refused_where_there_is_no_tap_unless_the_neighbour_stall_has_it():
    event = festival()
    rows = plan(event, [StallSpec("1", 16, "B", tap="V1"), StallSpec("2", 16, "B")])
    cafe = needs(event, "Café", power_amp=10, water=True)
    with pytest.raises(WaterMissing):
        held(rows[1], cafe)
    first, second = held(rows[0], cafe), held(rows[1], cafe)
    assert not fits(plan_of(event.id))[second].against
    with unit_of_work():
        reserving.release(first)
    assert fits(plan_of(event.id))[second].against


def test_need_that_grows_beyond_the_plug_keeps_the_place_and_is_shown():
    event = festival()
    stall = stalls(event)[0]
    cafe = accepted(event, "Café", Needs(power_amp=10), email="a@cafe.example")
    kept = held(stall, cafe)
    grown(cafe.id, "a@cafe.example", Needs(power_amp=40))
    assert db.session.get_one(Holding, kept).power_amp == 10
    fit = fits(plan_of(event.id))[kept]
    assert not fit.within_limits
    with pytest.raises(PlugTooSmall), unit_of_work():
        adjusting.adjust(kept)


def test_need_that_shrinks_is_followed_even_where_too_much_was_given():
    event = festival()
    stall = stalls(event)[0]
    cafe = accepted(event, "Café", Needs(power_amp=10), email="a@cafe.example")
    kept = held(stall, cafe)
    with unit_of_work():
        db.session.get_one(Holding, kept).power_amp = 40
    grown(cafe.id, "a@cafe.example", Needs(power_amp=20))
    assert db.session.get_one(Holding, kept).power_amp == 20


def test_each_phase_has_its_own_room_in_the_reasons_too():
    event = festival()
    rows = plan(event, [StallSpec("1", 32, "C", phase=1), StallSpec("2", 32, "C", phase=2)])
    held(rows[0], needs(event, "Stor", power_amp=32))
    kept = held(rows[1], needs(event, "Lille", power_amp=32))
    assert all(not fit.against for fit in fits(plan_of(event.id)).values())
    assert kept


def test_stall_with_a_generator_of_its_own_is_weighed_by_its_plug_alone():
    event = festival()
    stall = plan(event, [StallSpec("1", 16)])[0]
    kept = held(stall, needs(event, "Café", power_amp=16))
    assert fits(plan_of(event.id))[kept].within_limits
    with unit_of_work():
        reshaping.share(stall.id, 2, (16, 0))
    with pytest.raises(ShareTooSmall):
        held(stall, needs(event, "Kiosk", power_amp=1))


def test_two_halves_of_a_full_plug_may_be_swapped():
    event = festival()
    stall = plan(event, [StallSpec("1", 25, "B", parts=2)])[0]
    first, second = (held(stall, needs(event, name, power_amp=12)) for name in ("Øst", "Vest"))
    with unit_of_work():
        reserving.swap(first, second)
    with pytest.raises(StallTaken):
        held(stall, needs(event, "Syd", power_amp=1))


def grown(application_id: int, email: str, asked: Needs) -> None:
    actor = Actor(email)
    with unit_of_work():
        writing.save_draft(actor, application_id, {"power_amp": [str(asked.power_amp)]})
        ending.submit(actor, application_id, {"power_amp": asked.power_amp}, asked)


class Square(RuleBasedStateMachine):
    """A square on which anything is done in any order; what is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.event = festival(f"torv-{next(number)}")
        with unit_of_work():
            laying.lay_out(self.event.id, PlanSpec(ROWS, *FEEDERS))
            choosing.open_choosing(self.event.id, 3, self.event.starts_at)
        self.stalls = [holdings.stall_by_code(self.event.id, row.code).id for row in ROWS]
        self.mails = [f"{one}@{self.event.slug}.example" for one in range(APPLICANTS)]
        self.applicants = [
            accepted(self.event, mail, asked, email=mail).id
            for mail, asked in zip(self.mails, BEGIN_WITH, strict=True)
        ]

    def live(self) -> list[int]:
        return [one.id for stall in self.stalls for one in holdings.live_at(stall)]

    def tried(self, verb: Callable[..., object], *args: Any, **options: Any) -> None:
        with suppress(Refusal), unit_of_work():
            verb(*args, **options)

    def tried_on(self, which: int, verb: Callable[..., object], *args: Any) -> None:
        for holding_id in self.live()[which : which + 1]:
            self.tried(verb, holding_id, *args)

    @rule(stall=st.integers(0, STALLS - 1), applicant=st.integers(0, APPLICANTS - 1))
    def reserve_stall(self, stall: int, applicant: int) -> None:
        ids = self.event.id, self.stalls[stall], self.applicants[applicant]
        self.tried(reserving.reserve_stall, *ids)

    @rule(
        stall=st.integers(0, STALLS - 1),
        applicant=st.integers(0, APPLICANTS - 1),
        amp=st.sampled_from([0, 8, 16, 17, 32]),
    )
    def reserve_another_power(self, stall: int, applicant: int, amp: int) -> None:
        ids = self.event.id, self.stalls[stall], self.applicants[applicant]
        self.tried(reserving.reserve_stall, *ids, amp=amp)

    @rule(stalls=st.permutations(range(STALLS)))
    def reserve_all(self, stalls: list[int]) -> None:
        for stall, applicant in zip(stalls, self.applicants, strict=False):
            ids = self.event.id, self.stalls[stall], applicant
            self.tried(reserving.reserve_stall, *ids)

    @rule(stall=st.integers(0, STALLS - 1), applicant=st.integers(0, APPLICANTS - 1))
    def choose(self, stall: int, applicant: int) -> None:
        actor = Actor(self.mails[applicant])
        self.tried(choosing.choose, actor, self.applicants[applicant], self.stalls[stall])

    @rule(which=st.integers(0, 9), applicant=st.integers(0, APPLICANTS - 1))
    def give_back(self, which: int, applicant: int) -> None:
        for holding_id in self.live()[which : which + 1]:
            actor = Actor(self.mails[applicant])
            self.tried(choosing.give_back, actor, self.applicants[applicant], holding_id)

    @rule(which=st.integers(0, 9))
    def release(self, which: int) -> None:
        self.tried_on(which, reserving.release)

    @rule(which=st.integers(0, 9))
    def seat_again(self, which: int) -> None:
        ended = select(Holding.id).join(StallShare).where(StallShare.stall_id.in_(self.stalls))
        ended = ended.where(Holding.state == "ended").order_by(Holding.id.desc())
        for holding_id in db.session.scalars(ended.offset(which).limit(1)).all():
            self.tried(reserving.seat_again, holding_id)

    @rule(which=st.integers(0, 9))
    def confirm(self, which: int) -> None:
        self.tried_on(which, reserving.confirm)

    @rule(which=st.integers(0, 9), stall=st.integers(0, STALLS - 1))
    def move(self, which: int, stall: int) -> None:
        self.tried_on(which, reserving.move, self.stalls[stall])

    @rule(which=st.integers(0, 9), other=st.integers(0, 9))
    def swap(self, which: int, other: int) -> None:
        live = self.live()
        if max(which, other) < len(live):
            self.tried(reserving.swap, live[which], live[other])

    @rule(
        applicant=st.integers(0, APPLICANTS - 1),
        amp=st.sampled_from([None, 0, 8, 16, 25, 40]),
        phases=st.sampled_from([1, 3]),
        water=st.booleans(),
    )
    def submit(self, applicant: int, amp: int | None, phases: int, water: bool) -> None:
        asked = Needs(power_amp=amp, phases=phases, water=water)
        ids = self.applicants[applicant], self.mails[applicant]
        self.tried(grown, *ids, asked)

    @rule(which=st.integers(0, 9))
    def adjust(self, which: int) -> None:
        self.tried_on(which, adjusting.adjust)

    @rule(
        stall=st.integers(0, STALLS - 1),
        powers=st.sampled_from([None, (8, 8), (16, 16), (10, 6), (40, 40), (25, 0)]),
        parts=st.integers(1, 2),
    )
    def share(self, stall: int, powers: tuple[int, int] | None, parts: int) -> None:
        self.tried(reshaping.share, self.stalls[stall], parts, powers)

    @rule(stall=st.integers(0, STALLS - 1), other=st.integers(0, STALLS - 1))
    def merge(self, stall: int, other: int) -> None:
        self.tried(reshaping.merge, self.stalls[stall], self.stalls[other])

    @rule(stall=st.integers(0, STALLS - 1))
    def block(self, stall: int) -> None:
        self.tried(reshaping.block, self.stalls[stall], "Vejarbejde")

    @rule(stall=st.integers(0, STALLS - 1))
    def unblock(self, stall: int) -> None:
        self.tried(reshaping.unblock, self.stalls[stall])

    @rule(applicant=st.integers(0, APPLICANTS - 1))
    def withdraw(self, applicant: int) -> None:
        actor, application_id = Actor(self.mails[applicant]), self.applicants[applicant]
        self.tried(ending.withdraw, actor, application_id)

    @rule(
        stall=st.integers(0, STALLS - 1),
        facts=st.fixed_dictionaries(
            {},
            optional={
                "power_amp": st.sampled_from([0, 8, 16, 32]),
                "phases": st.sampled_from([1, 3]),
                "phase": st.sampled_from([1, 2, 3]),
                "cabinet_id": st.sampled_from([None, 0, 1]),
                "tap_id": st.sampled_from([None, 0]),
            },
        ),
    )
    def change(self, stall: int, facts: dict[str, int | None]) -> None:
        for column, kind in (("cabinet_id", Kind.CABINET), ("tap_id", Kind.TAP)):
            if facts.get(column) is not None:
                facts[column] = things.things(self.event.id, kind)[facts[column] or 0].id
        self.tried(editing.change, self.event.id, Kind.STALL, self.stalls[stall], facts)

    @rule(
        kind=st.sampled_from([Kind.CABINET, Kind.TAP]),
        amp=st.integers(0, 40),
        phases=st.sampled_from([1, 3]),
    )
    def change_feeder(self, kind: Kind, amp: int, phases: int) -> None:
        facts = {"amp": amp, "phases": phases} if kind is Kind.CABINET else {"hoses": amp % 3}
        feeder = things.things(self.event.id, kind)[0]
        self.tried(editing.change, self.event.id, kind, feeder.id, facts)

    @rule(stall=st.integers(0, STALLS - 1), x=st.integers(-500, 500))
    def move_on_the_plan(self, stall: int, x: int) -> None:
        row = things.thing(self.event.id, Kind.STALL, self.stalls[stall])
        self.tried(editing.move, self.event.id, Kind.STALL, row.id, (x, row.y), (row.x, row.y))

    @rule(kind=st.sampled_from(list(Kind)))
    def remove(self, kind: Kind) -> None:
        for row in things.things(self.event.id, kind)[STALLS if kind is Kind.STALL else 0 :][:1]:
            self.tried(editing.remove, self.event.id, kind, row.id)

    @rule(stall=st.integers(0, STALLS - 1))
    def split(self, stall: int) -> None:
        code = f"N{next(number)}"
        self.tried(rowing.split, self.event.id, self.stalls[stall], 100, code)

    @rule(stalls=st.permutations(range(STALLS)))
    def renumber(self, stalls: list[int]) -> None:
        ids = [self.stalls[stall] for stall in stalls]
        self.tried(rowing.renumber, self.event.id, ids, f"R{next(number)}-1")

    @rule(stall=st.integers(0, STALLS - 1))
    def copy_row(self, stall: int) -> None:
        code = f"K{next(number)}-1"
        self.tried(rowing.copy_row, self.event.id, [self.stalls[stall]], code, (0, 900))

    @rule()
    def add_row(self) -> None:
        row = RowOfStalls(2, 0, 3000, 300, 300, 100)
        supply = {"facing": "south", "power_amp": 16, "phases": 1}
        self.tried(rowing.add_row, self.event.id, f"A{next(number)}-1", row, supply)

    @invariant()
    def no_limit_is_passed(self) -> None:
        db.session.rollback()
        db.session.expire_all()
        assert not passed(self.event.id)


def passed(event_id: int) -> list[str]:
    """Every limit that the rows go beyond, counted from the rows alone."""
    rows = db.session.execute(
        select(Holding, StallShare, Stall, Cabinet, Tap)
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .outerjoin(Cabinet, Stall.cabinet_id == Cabinet.id)
        .outerjoin(Tap, Stall.tap_id == Tap.id)
        .where(Stall.event_id == event_id, Holding.state != "ended")
    ).all()
    wrong: list[str] = []
    plugs: Counter[Stall] = Counter()
    phases: Counter[tuple[Cabinet, int]] = Counter()
    hoses: Counter[Tap] = Counter()
    parts: defaultdict[int, int] = defaultdict(int)
    for holding, share, stall, cabinet, tap in rows:
        parts[share.id] += 1
        plugs[stall] += holding.power_amp
        five_pins = holding.phases == 3 and holding.power_amp > 0
        wrong += [f"part of {stall.code}"] * (holding.power_amp > share.power_amp)
        wrong += [f"{stall.code} retired or blocked"] * (
            share.retired or stall.blocked_because != ""
        )
        wrong += [f"phases of {stall.code}"] * (five_pins and stall.phases < 3)
        wrong += [f"water of {stall.code}"] * (holding.water and tap is None)
        if cabinet:
            wrong += [f"phases of {cabinet.code}"] * (five_pins and cabinet.phases < 3)
            for phase in (1, 2, 3)[: cabinet.phases] if holding.phases == 3 else (holding.phase,):
                phases[cabinet, phase] += holding.power_amp
        if tap:
            hoses[tap] += holding.water
    wrong += [f"plug of {one.code}" for one, amp in plugs.items() if amp > one.power_amp]
    wrong += [f"{one.code} L{phase}" for (one, phase), amp in phases.items() if amp > one.amp]
    wrong += [f"tap {one.code}" for one, used in hoses.items() if used > one.hoses]
    wrong += [f"part {one} twice" for one, holders in parts.items() if holders > 1]
    return wrong


def test_no_sequence_of_verbs_passes_a_limit(database: str):
    run_state_machine_as_test(
        Square,
        settings=settings(
            # The verbs are the same on both; PostgreSQL's commits take five times as long.
            max_examples=30 if database == "sqlite" else 5,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )


@pytest.mark.parametrize(
    "module", [reserving, reshaping, adjusting, ending, giving, choosing, editing, rowing]
)
def test_every_verb_of_the_plan_is_among_the_sequences(module: ModuleType):
    """A new verb is added to the machine, or named above with those that take nothing."""
    verbs = {
        name
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_")
    }
    tried = {name for name in verbs if hasattr(Square, name)}
    assert verbs - tried == HARMLESS[module.__name__.rpartition(".")[2]]

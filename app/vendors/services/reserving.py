"""Who stands where: give, confirm, take back, move, swap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE, STALL_ROLES, State
from app.core import audit, clock
from app.core.database import db, insert_once
from app.core.refusals import NotFound
from app.vendors.models import Holding, Stall, StallShare
from app.vendors.queries import holdings
from app.vendors.refusals import (
    ApplicationUnknown,
    HoldingEnded,
    NotAccepted,
    StallTaken,
)
from app.vendors.rules import states
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.loads import Draw, power_asked
from app.vendors.rules.states import HoldingState
from app.vendors.services.guarding import refuse_misfit
from app.vendors.services.locking import Locked, lock, lock_stalls


@dataclass(frozen=True)
class Wanted:
    """What a new holding reserves, and how long."""

    draw: Draw
    water: bool
    state: HoldingState
    held_until: datetime | None


def reserve_stall(
    event_id: int,
    stall_id: int,
    application_id: int,
    *,
    until: datetime | None = None,
    amp: int | None = None,
) -> Holding:
    """Give a free part of the stall to an accepted application.

    It is held until the application is confirmed, at most `until`. `amp` reserves another
    power than the application asks for. Raises StallTaken, NotAccepted or the refusal of the
    limit that would be passed, each with its figures.
    """
    application = _accepted(event_id, application_id)
    locked = lock_stalls([stall_id])
    stall = locked.stalls[stall_id]
    if stall.event_id != event_id:
        raise NotFound
    end_stale(event_id)
    return _seat(locked, stall, application, until=until or application.confirm_by, amp=amp)


def confirm(holding_id: int) -> Holding:
    """The holding stands from now on; a hold that has run out is refused, unless the
    application was confirmed in time."""
    application = lock(Application, [holdings.seat(holding_id).application_id]).popitem()[1]
    holding = unended(holding_id, in_time=application.state == State.CONFIRMED)
    if holding.state == HoldingState.HELD:
        holding.state, holding.held_until = HoldingState.CONFIRMED, None
        holding.confirmed_at = clock.now()
        audit.record("holding", holding.id, SitePlanVerb.CONFIRMED)
    return holding


def release(holding_id: int, because: str = "released") -> Holding:
    """Take the stall back; releasing what has ended already changes nothing."""
    lock(Application, [holdings.seat(holding_id).application_id])
    holding = db.session.get_one(Holding, holding_id, populate_existing=True)
    if holding.state != HoldingState.ENDED:
        end(holding, because)
    return holding


def move(holding_id: int, stall_id: int) -> Holding:
    """Another stall for the same applicant: ends one holding and makes one."""
    holding = live_holding(holding_id)
    seat = holdings.seat(holding.id)
    locked = lock_stalls([seat.stall_id, stall_id])
    stall = locked.stalls[stall_id]
    if stall.event_id != seat.event_id:
        raise NotFound
    end(holding, "moved")
    return _take_over(locked, stall, holding)


def swap(first_id: int, second_id: int) -> tuple[Holding, Holding]:
    """Two applicants change stalls: ends two holdings and makes two, or changes nothing."""
    seats = {one: holdings.seat(one) for one in (first_id, second_id)}
    if len(seats) < 2 or seats[first_id].event_id != seats[second_id].event_id:
        raise NotFound
    lock(Application, [seat.application_id for seat in seats.values()])
    locked = lock_stalls([seat.stall_id for seat in seats.values()])
    first, second = unended(first_id), unended(second_id)
    for holding in (first, second):
        end(holding, "swapped")
    return (
        _take_over(locked, locked.stalls[seats[second_id].stall_id], first, second.share_id),
        _take_over(locked, locked.stalls[seats[first_id].stall_id], second, first.share_id),
    )


def seat_again(holding_id: int) -> Holding:
    """The same part of the same stall once more, for one whose holding was ended by mistake.

    Refused where somebody else stands there by now, or where it has become too small.
    """
    seat = holdings.seat(holding_id)
    lock(Application, [seat.application_id])
    locked = lock_stalls([seat.stall_id])
    ended = db.session.get_one(Holding, holding_id, populate_existing=True)
    return _take_over(locked, locked.stalls[seat.stall_id], ended, ended.share_id)


def end(holding: Holding, because: str) -> None:
    """End a live holding whose row the caller has locked; its row stays as history."""
    holding.state, holding.ended_at = HoldingState.ENDED, clock.now()
    holding.ended_because = because
    audit.record("holding", holding.id, SitePlanVerb.ENDED, because=because)
    db.session.flush()


def end_stale(event_id: int) -> int:
    """End holds that have run out and holdings whose application has no place any more."""
    ended = holdings.stale(clock.now(), event_id)
    for holding, has_place in ended:
        end(holding, "expired" if has_place else "given_up")
    return len(ended)


def _accepted(event_id: int, application_id: int) -> Application:
    application = lock(Application, [application_id], ApplicationUnknown)[application_id]
    if application.event_id != event_id or application.role not in STALL_ROLES:
        raise ApplicationUnknown
    if application.state not in HAS_PLACE:
        raise NotAccepted
    return application


def _seat(
    locked: Locked,
    stall: Stall,
    application: Application,
    *,
    until: datetime | None,
    amp: int | None,
) -> Holding:
    asked = application.power_amp if amp is None else amp
    share = holdings.share_to_give(stall.id, asked)
    state = states.opening_state(
        application_is_confirmed=application.state == State.CONFIRMED,
    )
    now = clock.now()
    late = until is not None and until <= now
    wanted = Wanted(
        draw=draw_of(application, stall, share.power_amp, amp),
        water=hose_for(application, stall),
        state=state,
        held_until=states.held_until(state, now, None if late else until),
    )
    return _insert(locked, stall, share, application.id, wanted)


def _take_over(
    locked: Locked, stall: Stall, holding: Holding, share_id: int | None = None
) -> Holding:
    """Seat the applicant of a holding just ended at another stall, in the same state."""
    application = db.session.get_one(Application, holding.application_id)
    reserved = None if application.power_amp is None else holding.power_amp
    share = (
        holdings.share_to_give(stall.id, reserved)
        if share_id is None
        else db.session.get_one(StallShare, share_id)
    )
    wanted = Wanted(
        draw=draw_of(application, stall, share.power_amp, reserved),
        water=hose_for(application, stall),
        state=HoldingState.CONFIRMED if holding.confirmed_at else HoldingState.HELD,
        held_until=holding.held_until,
    )
    return _insert(locked, stall, share, application.id, wanted)


def _insert(
    locked: Locked, stall: Stall, share: StallShare, application_id: int, wanted: Wanted
) -> Holding:
    """The row first, under the index that keeps a part to one holder; then what it asks for."""
    now = clock.now()
    made = insert_once(
        Holding,
        share_id=share.id,
        application_id=application_id,
        state=wanted.state.value,
        held_until=wanted.held_until,
        power_amp=wanted.draw.amp,
        phases=wanted.draw.phases,
        phase=wanted.draw.phase,
        water=wanted.water,
        created_at=now,
        confirmed_at=now if wanted.state is HoldingState.CONFIRMED else None,
    )
    holding = holdings.live_holding(share.id)
    if not made:
        raise StallTaken(stall=stall.code, holder=holdings.holder_name(holding.id))
    refuse_misfit(locked, stall, share.id, wanted.draw, water=wanted.water, but=holding.id)
    audit.record(
        "holding",
        holding.id,
        SitePlanVerb(wanted.state.value),
        stall=stall.id,
        application=application_id,
    )
    return holding


def hose_for(application: Application, stall: Stall, but: int = 0) -> bool:
    """Whether a hose is joined for this stall; of a double stall, one with a tap does for both."""
    if not application.water or stall.tap_id is not None:
        return application.water
    return not holdings.has_hose(application.id, but)


def draw_of(application: Application, stall: Stall, share_amp: int, amp: int | None) -> Draw:
    wanted = amp if amp is not None else power_asked(application.power_amp, share_amp)
    return Draw(wanted, max(application.phases, 1), stall.phase)


def live_holding(holding_id: int) -> Holding:
    """The holding, after its application: whoever ends that takes the same lock first."""
    lock(Application, [holdings.seat(holding_id).application_id])
    return unended(holding_id)


def unended(holding_id: int, *, in_time: bool = False) -> Holding:
    holding = db.session.get_one(Holding, holding_id, populate_existing=True)
    state = HoldingState(holding.state)
    late = not in_time and states.has_run_out(state, holding.held_until, clock.now())
    if state is HoldingState.ENDED or late:
        raise HoldingEnded
    return holding

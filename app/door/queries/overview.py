"""The lead's page as one picture: tickets, people without tickets, phones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.crowd.queries import tallies
from app.crowd.queries.tallies import Counted
from app.crowd.rules.estimates import Passages
from app.crowd.rules.quarters import Chart, begins, chart, last_day, quarter_of
from app.devices.models import Device
from app.devices.queries.devices import devices
from app.devices.rules.doors import ListedSession, session_at
from app.devices.rules.moments import milliseconds
from app.devices.rules.readiness import Lack, PhoneReport, lacks
from app.door.queries.live import Arrivals, Watched, arrivals, watched
from app.events.models import Session


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """A device with what it lacks to be ready."""

    device: Device
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """One quarter of an hour: who came in, by gate in the order of the view's gates."""

    begins: datetime
    by_gate: tuple[int, ...]

    @property
    def people(self) -> int:
        """At all gates."""
        return sum(self.by_gate)


@dataclass(frozen=True, slots=True)
class View:
    """All that the live page shows."""

    watched: Watched
    arrived: int
    by_gate: dict[str, int]
    rows: tuple[QuarterRow, ...]
    chart: Chart | None
    counted: Counted | None
    crowd_chart: Chart | None
    phones: tuple[PhoneCard, ...]

    @property
    def inside(self) -> int:
        """Ticket holders inside."""
        return self.arrived - self.watched.gone

    @property
    def missing(self) -> int:
        """Who is expected and has not come."""
        return self.watched.expected - self.arrived


def view(slug: str, session_id: int, now: datetime) -> View:
    """The picture of one session, 0 for all; raises NotFound. Four statements."""
    watching = watched(slug, session_id or None)
    event_id = watching.event.id
    came = arrivals(event_id, session_id or None)
    counted = tallies.counted_within(event_id, watching.limit)
    own = _phones(devices(event_id), watching.list_version, now)
    gates = dict.fromkeys(sorted({card.device.gate for card in own}), 0)
    for arrived in came:
        gates[arrived.gate] = gates.get(arrived.gate, 0) + arrived.people
    by_quarter = _by_quarter(came, now)
    return View(
        watched=watching,
        arrived=sum(gates.values()),
        by_gate=gates,
        rows=_rows(came, tuple(gates), by_quarter),
        chart=chart(by_quarter),
        counted=counted,
        crowd_chart=chart(_entered(counted)),
        phones=own,
    )


def phones(event_id: int, version: int, now: datetime) -> tuple[PhoneCard, ...]:
    """The phones of an event with what each lacks; `version` is the newest list's."""
    return _phones(devices(event_id), version, now)


def crowd_rows(counted: Counted | None) -> list[tuple[datetime, Passages, int]]:
    """Each quarter of the latest day: when, who passed, and how many were inside at its end."""
    if counted is None:
        return []
    inside, rows = 0, []
    shown = _entered(counted)
    for quarter in sorted(counted.by_quarter | shown):
        passed = counted.by_quarter.get(quarter, Passages())
        inside += passed.entered - passed.left
        if quarter in shown:
            rows.append((begins(quarter), passed, max(0, inside)))
    return rows


def session_now(sessions: Sequence[Session], now: datetime) -> int:
    """The session that is on or nearest, where there are several; else 0 for all."""
    if len(sessions) < 2:
        return 0
    listed = [
        ListedSession(session.id, milliseconds(session.starts_at), milliseconds(session.ends_at))
        for session in sessions
    ]
    return session_at(milliseconds(now), tuple(listed))


def _phones(listed: Sequence[Device], version: int, now: datetime) -> tuple[PhoneCard, ...]:
    return tuple(PhoneCard(phone, lacks(_report(phone), version, now)) for phone in listed)


def _report(phone: Device) -> PhoneReport:
    return PhoneReport(
        paired=phone.is_paired,
        seen_at=phone.seen_at,
        list_version=phone.list_version,
        camera=phone.camera,
        tested_at=phone.tested_at,
        offset_ms=phone.offset_ms,
        unsent=phone.unsent,
    )


def _by_quarter(came: Sequence[Arrivals], now: datetime) -> dict[int, int]:
    numbers: dict[int, int] = defaultdict(int)
    for arrived in came:
        numbers[arrived.quarter] += arrived.people
    return last_day(numbers, quarter_of(now))


def _rows(
    came: Sequence[Arrivals], gates: tuple[str, ...], shown: dict[int, int]
) -> tuple[QuarterRow, ...]:
    people = {(arrived.quarter, arrived.gate): arrived.people for arrived in came}
    return tuple(
        QuarterRow(begins(quarter), tuple(people.get((quarter, gate), 0) for gate in gates))
        for quarter in sorted(shown)
    )


def _entered(counted: Counted | None) -> dict[int, int]:
    if counted is None:
        return {}
    return last_day({quarter: passed.entered for quarter, passed in counted.by_quarter.items()})

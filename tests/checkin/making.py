"""A workshop with tickets and devices, and scans as phones send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.checkin.services import recording
from app.checkin.services.answers import worded
from app.checkin.services.scanners import Scanner
from app.core import clock
from app.core.unit_of_work import unit_of_work
from app.devices.queries.devices import device_by_token
from app.devices.services import devices
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.workshops.services import enrolling, planning
from app.workshops.services.drafting import Wish

NOON = datetime(2026, 3, 28, 11, tzinfo=UTC)


@dataclass
class Made:
    """One event ready for its guests."""

    event: Event
    codes: list[str] = field(default_factory=list)
    shorts: list[str] = field(default_factory=list)
    enrolments: list[int] = field(default_factory=list)
    tickets: list[int] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def scanner(self, gate: str) -> Scanner:
        """The device at a gate, as the guard would hand it on."""
        device = device_by_token(self.tokens[gate])
        assert device is not None
        return Scanner.of_device(device)


def workshop(
    slug: str = "dialog",
    names: tuple[str, ...] = ("Amina Yusuf", "Bo Lund", "Çelik Öz"),
    *,
    gates: tuple[str, ...] = ("A", "B", "C"),
    capacity: int = 100,
    seats: int = 1,
    sessions: tuple[tuple[datetime, datetime], ...] = (),
) -> Made:
    """A published workshop that these people enrolled in, with a device at each gate."""
    now = clock.now()
    with unit_of_work():
        plan = events.Plan(
            slug=slug,
            kind=EventKind.COURSE if sessions else EventKind.WORKSHOP,
            title={"da": "Forældredialog", "en": "Dialogue with parents"},
            starts_at=now,
            ends_at=now + timedelta(hours=6),
            sessions=sessions,
        )
        event = events.create(plan)
        later = now + timedelta(days=60)
        events.open_window(event, Purpose.ENROLMENTS, now - timedelta(days=1), later)
        events.publish(event)
        planning.open_workshop(event, capacity)
        made = Made(event)
        for name in names:
            mail = f"{name.split()[0].lower()}@mail.example"
            place = enrolling.enrol(slug, Wish(name, mail, seats=seats), letters=False).place
            made.codes.append(place.ticket.code)
            made.shorts.append(place.ticket.short_code)
            made.tickets.append(place.ticket.id)
            made.enrolments.append(place.enrolment.id)
        for gate in gates:
            _, token = devices.add_device(event.id, gate)
            made.tokens[gate] = str(token)
    return made


def at(clock_time: str, day: str = "2026-03-28") -> str:
    """An RFC 3339 time in Copenhagen's winter."""
    return f"{day}T{clock_time}:00+01:00"


def scan(id: str, code: str, kind: str = "entry", **changes: Any) -> dict[str, Any]:
    """A scan made online."""
    plain = {"id": id, "code": code, "kind": kind, "gate": "A", "at": at("12:00"), "seq": 1}
    return {**plain, "offline": False, **changes}


def offline(id: str, code: str, time: str, kind: str = "entry", **changes: Any) -> dict[str, Any]:
    """A scan decided on the phone, at this time of the day."""
    return scan(id, code, kind, at=at(time), offline=True, **changes)


def deliver(made: Made, gate: str, *scans: dict[str, Any]) -> list[dict[str, Any]]:
    """Send scans from the device at a gate; the answers as the contract words them."""
    scanner = made.scanner(gate)
    with unit_of_work():
        results = recording.record(scanner, list(scans), clock.now())
        return [worded(result) for result in results]


def verdicts(answers: list[dict[str, Any]]) -> list[str]:
    """The verdicts alone."""
    return [answer["verdict"] for answer in answers]

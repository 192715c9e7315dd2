"""What is measured: an enrolment, a public page and a search, and what each may cost."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.workshops.models import Enrolment, Workshop
from app.workshops.rules.places import EnrolmentState
from bench.host import SECRET, Place, cpu_seconds, database_cpu_seconds
from bench.load import Outcome, Work, message, run
from config import Settings
from tests.statements import statements_in

GATES = ("A", "B", "C", "D")
WARM_UP_SECONDS = 1.0
DOOR, OPEN, SCARCE = "door", "open", "scarce"
SCARCE_SEATS = 200
ENDLESS = float("inf")


@dataclass(frozen=True)
class Floors:
    """What must at least be reached."""

    ratio: float = 0.0
    per_second: float = 0.0
    median_ms: float = ENDLESS
    statements: float = ENDLESS


@dataclass(frozen=True)
class Scenario:
    """One kind of request and its floors."""

    name: str
    work: Work
    expected: frozenset[int] = frozenset({200})
    floors: Floors = field(default_factory=Floors)
    clients: tuple[int, ...] = ()
    # Seconds it takes at least to tell anything: where an answer itself takes long.
    longer: float = 0.0
    # Seconds of rest before it, where what was measured just before would be measured with it.
    rest: float = 0.0


@dataclass(frozen=True)
class Result:
    """What one measurement gave; times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float
    unexpected: dict[int, int]


@dataclass(frozen=True)
class Told:
    """The world's ids and secrets."""

    codes: list[str]
    devices: list[str]
    token: str
    cookie: str

    @staticmethod
    def world(size: int) -> dict[str, Any]:
        """A seed file with that many tickets at one door."""
        return {
            "events": [
                {"slug": DOOR, "enrolments": size, "gates": list(GATES)},
                {"slug": OPEN, "capacity": 1_000_000},
                {"slug": SCARCE, "capacity": SCARCE_SEATS},
            ],
            "api_tokens": [{"name": "bench", "scopes": ["enrol", "scan", "holdings", "read"]}],
        }

    @property
    def size(self) -> int:
        """How many tickets there are."""
        return len(self.codes)

    @classmethod
    def of(cls, where: Place, seed: dict[str, Any]) -> Told:
        """The world as `seed` printed it, and a member of staff who is signed in."""
        with application(where) as app:
            with unit_of_work():
                people.add_staff("bench@desk.example", StaffRole.ADMIN, name="Bench")
                signed_in = people.sign_in("bench@desk.example")
            serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
            cookie = f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'sid': signed_in})}"
        event = seed["events"][DOOR]
        return cls(
            codes=[ticket["code"] for ticket in event["tickets"]],
            devices=[event["devices"][gate] for gate in GATES],
            token=seed["api_tokens"]["bench"],
            cookie=cookie,
        )

    def overbooked(self, where: Place) -> int:
        """Confirmed places beyond any workshop's capacity."""
        confirmed = func.count(Enrolment.id)
        having = (
            select(confirmed - Workshop.capacity)
            .select_from(Enrolment)
            .join(Workshop, Workshop.event_id == Enrolment.event_id)
            .where(Enrolment.state == EnrolmentState.CONFIRMED)
            .group_by(Enrolment.event_id, Workshop.capacity)
        )
        with application(where):
            return max([0, *(int(beyond) for beyond in db.session.scalars(having))])


def scenarios(address: str, told: Told) -> list[Scenario]:
    """All measurements of Torvet, in order."""
    enrol, created = Floors(0.08, statements=12), frozenset({201})
    page, search = Floors(per_second=300), Floors(median_ms=10)
    return [
        Scenario("enrol", Work(address, _enrolments(told, OPEN)), created, enrol),
        Scenario("enrol, few places", Work(address, _enrolments(told, SCARCE)), created),
        Scenario("event page", Work(address, _page(f"/events/{OPEN}")), floors=page),
        Scenario("name search", Work(address, _searches(told)), floors=search, clients=(1,)),
    ]


def thin(address: str) -> Scenario:
    """The yardstick."""
    request = message("POST", "/thin", {})
    return Scenario("thin handler", Work(address, lambda _client, _turn: request))


def measured(
    scenario: Scenario, where: Place, server: psutil.Process, clients: int, seconds: float
) -> Result:
    """Warm up, then let the clients work."""
    run(scenario.work, clients, WARM_UP_SECONDS)
    before = cpu_seconds(server) + database_cpu_seconds(where)
    outcome = run(scenario.work, clients, seconds)
    used = cpu_seconds(server) + database_cpu_seconds(where) - before
    return summed(outcome, used, scenario.expected)


def statements(where: Place, measured: Sequence[Scenario]) -> dict[str, int]:
    """The SQL statements of one request of each kind, BEGIN and COMMIT not counted."""
    counted = {}
    with application(where) as app:
        client = app.test_client(use_cookies=False)
        for scenario in measured:
            for _warm in range(2):
                head, _, body = scenario.work.request(0, next(_turns)).partition(b"\r\n\r\n")
                method, path, *_rest = head.split(b"\r\n")[0].decode().split()
                headers = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
                with statements_in() as seen:
                    client.open(path, method=method, headers=headers, data=body)
            counted[scenario.name] = len(seen)
    return counted


@contextmanager
def application(where: Place) -> Iterator[Flask]:
    """The application in this process, on the same database."""
    settings = Settings(
        data_dir=Path(where.folder),
        database_url=where.url,
        secret_key=SECRET,
        mail_url="file:///dev/null",
    )
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


_turns = itertools.count(1_000_000)


def _enrolments(told: Told, slug: str) -> Callable[[int, int], bytes]:
    run_id = itertools.count()

    def request(client: int, turn: int) -> bytes:
        name = f"{uuid.uuid4().hex[:12]}-{next(run_id)}"
        body = {"name": f"Person {name}", "mail": f"{name}@bench.example"}
        return api("POST", f"/api/v1/events/{slug}/enrolments", told.token, body)

    return request


def _page(path: str) -> Callable[[int, int], bytes]:
    request = message("GET", path, headers={"Accept-Language": "da"})
    return lambda _client, _turn: request


def _searches(told: Told) -> Callable[[int, int], bytes]:
    def request(_client: int, turn: int) -> bytes:
        path = f"/desk/workshops/{DOOR}?search={turn * 37 % told.size:06d}"
        return message("GET", path, headers={"Cookie": told.cookie})

    return request


def api(method: str, path: str, token: str, body: object) -> bytes:
    """A machine's call."""
    return message(method, path, body, {"Authorization": f"Bearer {token}"})


def summed(outcome: Outcome, used: float, expected: frozenset[int] = frozenset({200})) -> Result:
    """The figures of a run that used so many seconds of processor time."""
    return Result(
        per_second=outcome.per_second,
        p50=outcome.percentile(50),
        p95=outcome.percentile(95),
        p99=outcome.percentile(99),
        cpu_ms=1000 * used / max(1, len(outcome.times)),
        unexpected={code: n for code, n in outcome.statuses.items() if code not in expected},
    )

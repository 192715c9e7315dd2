"""What is measured of the door: scans, batches of scans, the list, the names and the counts."""

from __future__ import annotations

import gzip
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import select

from app.checkin.queries.board import OVERLAP_MS
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import leaving
from bench.host import Place
from bench.load import Work, message
from bench.report import Line
from bench.scenarios import DOOR, GATES, Floors, Result, Scenario, Told, api, application

BATCH = 1_000
# Phones: of two, both may have met the same of the server's two processes.
DELIVERERS = 4
CHANGES = 50
QUIET_SECONDS = 1 + OVERLAP_MS / 1000
# Scans a second of pretix at 1, 8 and 32 clients: two such cores, PostgreSQL, 20,000 tickets.
PRETIX_SCANS = {1: 19, 8: 23, 32: 26}


def door_scenarios(address: str, told: Told) -> list[Scenario]:
    """The door's own measurements, in order."""
    # With fewer tickets each is scanned dozens of times, which no door does.
    fast = 8_000 / BATCH if told.size >= 20_000 else 0.0
    one, many = Floors(0.35, statements=5), Floors(per_second=fast)
    search = Floors(median_ms=5 if told.size <= 20_000 else 8)
    counts = Floors(median_ms=3)
    return [
        Scenario("scan", Work(address, _scans(told)), floors=one, clients=(1, 8, 32)),
        Scenario("people by name", Work(address, _names(told)), floors=search, clients=(1,)),
        # Each look goes back over the scans of the last seconds: those above were thousands.
        Scenario(
            "counts", Work(address, _counts(told)), floors=counts, clients=(1,), rest=QUIET_SECONDS
        ),
        Scenario(
            "batch of 1,000",
            Work(address, _batches(told)),
            floors=many,
            clients=(DELIVERERS,),
            longer=5.0,
        ),
        # Tens of thousands of scans in the last seconds, more than any door sees in a year.
        Scenario("counts after the rush", Work(address, _counts(told)), clients=(1,)),
    ]


def _scans(told: Told) -> Callable[[int, int], bytes]:
    """Ticket after ticket, each client its own, each scan new."""

    def request(client: int, turn: int) -> bytes:
        return api("POST", "/api/v1/checkin/scans", *_sent(told, client, [(client * 601, turn)]))

    return request


def lists(address: str, where: Place, told: Told) -> Iterator[Line]:
    """The whole list for a phone, and what is sent after fifty changes."""
    seconds, sent, version = _list(address, told, "")
    floors = (2.0, 3.0) if told.size == 20_000 else (None, None)
    yield Line(where.database, "list, whole, seconds", value=seconds, at_most=floors[0])
    yield Line(where.database, "list, whole, MB", value=sent / 1e6, at_most=floors[1])
    with application(where), unit_of_work():
        some = select(Enrolment.id).where(Enrolment.state == EnrolmentState.CONFIRMED)
        for number in db.session.scalars(some.order_by(Enrolment.id).limit(CHANGES)).all():
            leaving.cancel(number, letters=False)
    best = min(_list(address, told, f"?since={version}")[0] for _ in range(5))
    yield Line(where.database, "list, 50 changes, seconds", value=best, at_most=0.05)


def beside_pretix(database: str, clients: int, result: Result) -> Line:
    """How many times as many scans as pretix does."""
    times = result.per_second / PRETIX_SCANS[clients]
    return Line(database, f"scan, times pretix, {clients} clients", value=times)


def _list(address: str, told: Told, query: str) -> tuple[float, int, int]:
    headers = {"Authorization": f"Bearer {told.devices[0]}", "Accept-Encoding": "gzip"}
    asked = urllib.request.Request(f"{address}/api/v1/checkin/roster{query}", headers=headers)  # noqa: S310
    begun = time.perf_counter()
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 our own
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    took = time.perf_counter() - begun
    whole = gzip.decompress(body) if packed else body
    version = whole[: whole.index(b",", whole.index(b'"version"'))].rpartition(b":")[2]
    return took, len(body), int(version)


def _batches(told: Told) -> Callable[[int, int], bytes]:
    """Ticket after ticket goes out; once all have, they come in again, and so on.

    Entries after entries would be a thousand conflicts in a batch, which no door has.
    """

    def request(client: int, turn: int) -> bytes:
        first = (turn * DELIVERERS + client) * BATCH
        several = [(first, number) for number in range(BATCH)]
        kind = "entry" if first // told.size % 2 else "exit"
        sent = _sent(told, client, several, kind=kind, offline=True)
        return api("POST", "/api/v1/checkin/scans", *sent)

    return request


def _names(told: Told) -> Callable[[int, int], bytes]:
    def request(_client: int, turn: int) -> bytes:
        path = f"/api/v1/checkin/people?q={turn * 37 % told.size:06d}"
        return message("GET", path, headers={"Authorization": f"Bearer {told.devices[0]}"})

    return request


def _counts(told: Told) -> Callable[[int, int], bytes]:
    path, headers = f"/api/v1/events/{DOOR}/counts", {"Authorization": f"Bearer {told.token}"}
    asked = message("GET", path, headers=headers)
    return lambda _client, _turn: asked


def _sent(
    told: Told,
    client: int,
    several: list[tuple[int, int]],
    *,
    kind: str = "entry",
    offline: bool = False,
) -> tuple[str, dict[str, object]]:
    """The token of the client's device and what it sends."""
    gate, now = client % len(GATES), datetime.now(UTC).isoformat(timespec="milliseconds")
    same = {"kind": kind, "offline": offline, "gate": GATES[gate], "at": now}
    items = [
        {
            **same,
            "id": uuid.uuid4().hex,
            "code": told.codes[(first + turn) % told.size],
            "seq": turn,
        }
        for first, turn in several
    ]
    return told.devices[gate], {"scans": items}

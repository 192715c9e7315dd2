"""Scans in, answers and counts out."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, jsonify, request
from pydantic import BaseModel, Field

from app.checkin.queries.counts import counts as counts_of
from app.checkin.services import recording
from app.checkin.services.answers import worded
from app.checkin.services.scanners import Scanner
from app.core import clock
from app.core.access import DEVICE, Identity, Scope, identity, open_to
from app.core.logs import keeps_own_log
from app.core.openapi import NotJson, answered, operation
from app.core.refusals import Forbidden, Invalid
from app.core.texts import _l
from app.devices.services import stamps
from app.door.api.blueprint import pages
from app.events.queries import event_id_by_slug

MOST_SCANS = 1000
MOST_DIGITS = 4000


class ScanBatch(BaseModel):
    """1 to 1,000 items; what is not a scan is kept in quarantine.

    `{id, code, kind, gate, at, seq, offline, shown?, admits?, clock?, annuls?}`: an entry with a
    group's ticket may say how many it `admits`, from 1; without it all come in who had not yet.
    """

    scans: list[Any] = Field(min_length=1, max_length=MOST_SCANS)


class First(BaseModel):
    """When and where the ticket came in first."""

    at: str
    gate: str
    device: str | None = None


class ScanAnswer(BaseModel):
    """The answer to one scan, under its id.

    Of a group of `seats` so many `came` by now, and `admits` of them with this scan.
    """

    id: str
    stored: bool
    verdict: str
    reason: str | None = None
    override: str | None = None
    name: str | None = None
    notes: str | None = None
    seats: int | None = None
    came: int | None = None
    admits: int | None = None
    first: First | None = None
    skewed: bool | None = None
    place: int | None = None


class ScanAnswers(BaseModel):
    """A stamp of this contact, and an answer to each item in order."""

    stamp: str
    results: list[ScanAnswer]


class CountsAnswer(BaseModel):
    """People expected, arrived and inside; pairs of scans in conflict.

    Everyone who came is expected, and so is who has a place.
    """

    expected: int
    arrived: int
    inside: int
    conflicts: int
    by_gate: dict[str, int]


class BatchUnreadable(Invalid):
    """Nothing of the body can be kept."""

    sentence = _l("Send JSON with a list “scans” of 1 to 1,000 items.")


@pages.post("/checkin/scans")
@open_to(DEVICE, Scope("scan"))
@operation(ScanAnswers, body=ScanBatch, parsed=False)
@keeps_own_log
def scans() -> Response:
    """Record scans of tickets; each is answered by itself."""
    batch = _batch()
    scanner = _scanner(identity())
    now = clock.now()
    results = recording.count_and_record(scanner, batch, now)
    return jsonify(stamp=stamps.stamp(now), results=[worded(result) for result in results])


@pages.get("/events/<slug>/counts")
@open_to(DEVICE, Scope("read"))
@operation(CountsAnswer, errors=(404,))
def counts(slug: str) -> Response:
    """How many are expected, have arrived and are inside."""
    event_id = event_id_by_slug(slug)
    device = identity().device
    if device is not None and (device.revoked or device.event_id != event_id):
        raise Forbidden
    counts = counts_of(event_id)
    return answered(
        CountsAnswer(
            expected=counts.expected,
            arrived=counts.arrived,
            inside=counts.inside,
            conflicts=counts.conflicts,
            by_gate=counts.by_gate,
        )
    )


def _scanner(caller: Identity) -> Scanner:
    if caller.device is not None:
        return Scanner.of_device(caller.device)
    return Scanner(f"token:{caller.token_id}")


def _batch() -> list[Any]:
    if request.mimetype != "application/json":
        raise NotJson
    try:
        body = _read(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BatchUnreadable from error
    batch = body.get("scans") if isinstance(body, dict) else None
    if not isinstance(batch, list) or not 1 <= len(batch) <= MOST_SCANS:
        raise BatchUnreadable
    return batch


def _read(content: bytes) -> Any:
    """JSON; a number of more digits than Python reads stays text and so no scan: its own item's."""
    try:
        return json.loads(content)
    except ValueError:
        return json.loads(content, parse_int=_whole_or_text)


def _whole_or_text(digits: str) -> int | str:
    return int(digits) if len(digits) < MOST_DIGITS else digits

"""What phones take along for work without network: the list of tickets, and others' scans."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from pydantic import BaseModel

from app.checkin.refusals import SinceUnreadable
from app.checkin.services import roster as roster_services
from app.core import clock
from app.core.access import DEVICE, Scope, identity, open_to
from app.core.openapi import operation
from app.devices.services import callers
from app.door.api.blueprint import pages

HIGHEST = 2**63 - 1
# The contents are random to a compressor; only the base64 around them gives way.
EFFORT = 1
WORTH_COMPRESSING = 2000


class ListEntry(BaseModel):
    """A ticket under a key that only its code leads to; the box opens with the code alone."""

    key: str
    state: str
    box: str
    kind: str | None = None
    seats: int | None = None
    short: str | None = None


class ListedEvent(BaseModel):
    """Times in milliseconds since 1970; at `wipe_at` the phone forgets the list."""

    id: str
    title: str
    starts: int
    ends: int
    wipe_at: int


class RosterAnswer(BaseModel):
    """The list at a version; `since` is null where this is all of it.

    `unhashed` tickets have a typed code that cannot be looked up on a phone yet.
    """

    version: int
    since: int | None
    event: ListedEvent
    public_key: str
    seal_key: str
    doors: dict[str, Any]
    revoked: list[str]
    entries: list[ListEntry]
    unhashed: int


class MoveAnswer(BaseModel):
    """One scan as another phone must know it."""

    key: str
    id: str
    device: str
    gate: str
    kind: str
    time: int
    green: bool
    annuls: str | None
    session: str


class MovesAnswer(BaseModel):
    """What came after a cursor; ask again at once while there is more."""

    cursor: int
    more: bool
    moves: list[MoveAnswer]


@pages.get("/checkin/roster")
@open_to(DEVICE, Scope("scan"))
@operation(RosterAnswer, errors=(404,), query={"since": "integer", "event": "string"})
def roster() -> Response:
    """The list for work without network, whole or what changed on it since a version."""
    event_id = callers.event_of(identity(), request.args.get("event"))
    return _compact(roster_services.roster(event_id, _since(), clock.now()))


@pages.get("/checkin/moves")
@open_to(DEVICE)
@operation(MovesAnswer, query={"since": "integer"})
def moves() -> Response:
    """What the event's phones scanned after a cursor."""
    device = callers.phone(identity())
    return _compact(roster_services.moves(device.event_id, _since() or 0, clock.now()))


def _since() -> int | None:
    text = request.args.get("since")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= HIGHEST):
        raise SinceUnreadable
    return int(text)


def _compact(content: Mapping[str, object]) -> Response:
    """The answer, compressed where the caller allows it.

    Nothing in these bodies is secret from who asks, and no token of theirs stands beside text
    that a stranger wrote: their length gives nothing away.
    """
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(body, mimetype="application/json")
    answer.vary.add("Accept-Encoding")
    if len(body) > WORTH_COMPRESSING and request.accept_encodings.quality("gzip") > 0:
        answer.set_data(gzip.compress(body, EFFORT))
        answer.content_encoding = "gzip"
    return answer

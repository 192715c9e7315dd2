"""What a phone tells every few seconds: how it is, and how many people it counted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from app.checkin.rules.intake import LARGEST_OFFSET
from app.core import clock
from app.core.access import DEVICE, Scope, identity, open_to
from app.core.openapi import Body, answered, operation
from app.crowd.rules.estimates import Passages
from app.crowd.services.tallies import Counter, count
from app.devices.rules.doors import LONGEST_GATE
from app.devices.rules.moments import YEARS
from app.devices.services import callers
from app.door.api.blueprint import pages
from app.door.services import heartbeat
from app.door.services.heartbeat import HeartbeatReport

MOST = 10**9
HIGHEST = 2**63 - 1
# Shown to staff, so without control characters.
PLAIN = r"^[^\x00-\x1f\x7f]*$"


def _of_our_time(moment: datetime) -> datetime:
    """At the ends of the calendar a moment exists in its own zone alone."""
    if moment.year not in YEARS:
        raise ValueError
    return moment


OurTime = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
Number = Annotated[int, Field(ge=0, le=MOST)]
Gate = Annotated[str, Field(max_length=LONGEST_GATE, pattern=PLAIN)]


class CrowdAnswer(BaseModel):
    """People inside: counted, at least, at most; `alarm` near the limit, from `alarm_at` on.

    `of` says whom that looks at: those `counted` without tickets, those with `tickets`, or `both`.
    """

    inside: int
    low: int
    high: int
    limit: int | None = None
    alarm: bool
    of: str
    alarm_at: int | None = None


class PulseBody(Body):
    """What a phone knows of itself; null for what it does not."""

    unsent: Number
    version: Annotated[int, Field(ge=0, le=HIGHEST)] | None = None
    listed_at: OurTime | None = None
    camera: bool | None = None
    tested_at: OurTime | None = None
    offset_ms: Annotated[int, Field(ge=-LARGEST_OFFSET, le=LARGEST_OFFSET)] | None = None


class PulseAnswer(BaseModel):
    """How things stand for this phone."""

    stamp: str
    version: int
    gate: str
    rights: list[str]
    names: bool
    names_until: str | None = None
    crowd: CrowdAnswer | None = None


class TallyBody(Body):
    """The totals of one counter since it began; `event` for machines that serve all events."""

    device: Annotated[str, Field(min_length=1, max_length=40, pattern=PLAIN)]
    gate: Gate
    entered: Annotated[Number, Field(alias="in")]
    left: Annotated[Number, Field(alias="out")]
    at: OurTime | None = None
    event: str | None = None


class TallyAnswer(CrowdAnswer):
    """Where the counter stands now, and the people inside."""

    device: str
    gate: str
    entered: Annotated[int, Field(alias="in")]
    left: Annotated[int, Field(alias="out")]


@pages.post("/checkin/pulse")
@open_to(DEVICE)
@operation(PulseAnswer, body=PulseBody)
def pulse(body: PulseBody) -> Response:
    """Tell how the phone is, hear how things stand."""
    report = HeartbeatReport(**body.model_dump())
    beat = heartbeat.pulse(callers.phone(identity()), report, clock.now())
    return answered(PulseAnswer(**asdict(beat)))


@pages.post("/checkin/tallies")
@open_to(DEVICE, Scope("scan"))
@operation(TallyAnswer, body=TallyBody, errors=(404,))
def tallies(body: TallyBody) -> Response:
    """Head counts at a gate: totals, of which the greatest stands."""
    caller = identity()
    counter = Counter(
        callers.event_of(caller, body.event), callers.counter_of(caller, body.device), body.gate
    )
    total = Passages(body.entered, body.left)
    stands, crowd = count(counter, total, body.at, clock.now())
    merged = {"device": body.device, "gate": body.gate, "in": stands.entered, "out": stands.left}
    return answered(TallyAnswer.model_validate(merged | asdict(crowd)))

"""People by name at the door, for phones that may."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from flask import Response, request
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from app.checkin.rules.intake import LARGEST_OFFSET, LONGEST_CODE, LONGEST_ID
from app.checkin.rules.walk_ins import LONGEST_NAME
from app.checkin.services import names as names_services
from app.checkin.services import undoing, walk_ins
from app.checkin.services.names import search
from app.core import clock
from app.core.access import DEVICE, identity, open_to
from app.core.openapi import Body, answered, operation
from app.devices.rules.moments import YEARS
from app.devices.rules.sealing import LONGEST_SEALED
from app.devices.services import callers
from app.door.api.blueprint import pages
from app.door.api.crowd import Gate
from app.door.api.scans import First


class FoundPerson(BaseModel):
    """Someone with a ticket; `short` is what is scanned for them, `came` how many of them came."""

    name: str
    seats: int
    state: str
    short: str
    notes: str | None = None
    first: First | None = None
    came: int | None = None


class PeopleAnswer(BaseModel):
    """Twenty at most, by name."""

    people: list[FoundPerson]


class NamesAnswer(BaseModel):
    """All names, in a box that the lead's word opens, until it expires."""

    salt: str
    rounds: int
    box: str
    expires: str


@pages.get("/checkin/people")
@open_to(DEVICE)
@operation(PeopleAnswer, query={"q": "string"})
def people() -> Response:
    """Who is called so; a word's beginning is enough."""
    holders = search(callers.phone_with(identity(), "search"), request.args.get("q", ""))
    return answered(PeopleAnswer(people=[FoundPerson.model_validate(holder) for holder in holders]))


@pages.get("/checkin/names")
@open_to(DEVICE)
@operation(NamesAnswer)
def names() -> Response:
    """All names for the search without network, while the lead has unlocked them."""
    return answered(NamesAnswer(**names_services.names(callers.phone(identity(), "search"))))


class AlikeBody(Body):
    """Who stands at the door without a ticket."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    mail: Annotated[str, Field(max_length=LONGEST_CODE)] = ""


class AlikePerson(BaseModel):
    """Somebody on the list: `address` under that very address, else nearly of that name. `name` for
    a phone that may search by name."""

    state: str
    address: bool
    name: str | None = None


class AlikeAnswer(BaseModel):
    """Five at most, those of the address first."""

    people: list[AlikePerson]


@pages.post("/checkin/alike")
@open_to(DEVICE)
@operation(AlikeAnswer, body=AlikeBody)
def alike(body: AlikeBody) -> Response:
    """Who is on the list already and may be the same person as a walk-in; nothing is changed."""
    people = names_services.alike(callers.phone_with(identity(), "admit"), body.name, body.mail)
    return answered(AlikeAnswer(people=[AlikePerson.model_validate(person) for person in people]))


def _thinkable(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError("a time of this century")
    return moment


ScanId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID, pattern=r"^[!-~]+$")]
At = Annotated[AwareDatetime, AfterValidator(_thinkable)]


class ClockBody(Body):
    """The phone's clock beside the server's, and stamps of the contacts before and after."""

    offset_ms: Annotated[int, Field(ge=-LARGEST_OFFSET, le=LARGEST_OFFSET)] | None = None
    before: Annotated[str, Field(max_length=LONGEST_CODE)] | None = None
    after: Annotated[str, Field(max_length=LONGEST_CODE)] | None = None


class UndoneBody(Body):
    """The scan that annuls a walk-in."""

    id: ScanId
    at: At


class WalkInBody(Body):
    """Who came without a ticket, in the open or sealed; `id` makes it happen once.

    With `undone` the same walk-in is taken back.
    """

    id: ScanId
    gate: Gate
    at: At
    offline: bool = False
    clock: ClockBody | None = None
    sealed: Annotated[str, Field(max_length=LONGEST_SEALED)] | None = None
    name: Any = None
    mail: Any = None
    seats: Any = 1
    undone: UndoneBody | None = None


class WalkInAnswer(BaseModel):
    """Let in, taken back, or waiting for the lead and why."""

    id: str
    stored: bool
    verdict: str
    reason: str | None = None
    name: str


@pages.post("/checkin/walkins")
@open_to(DEVICE)
@operation(WalkInAnswer, body=WalkInBody, errors=(404, 409))
def walk_in(body: WalkInBody) -> Response:
    """Enrol, ticket and admit somebody in one go."""
    person = body.model_dump(include={"sealed", "name", "mail", "seats"}, exclude_none=True)
    undone = undoing.Undone(body.undone.id, body.undone.at) if body.undone else None
    bounds = body.clock.model_dump() if body.clock and body.offline else None
    came = walk_ins.WalkIn(body.id, body.gate, body.at, body.offline, person, undone, bounds)
    # What has happened already is taken from any phone.
    device = callers.deliverer(identity()) if body.offline else callers.phone(identity(), "admit")
    return answered(WalkInAnswer(**walk_ins.walk_in(device, came, clock.now())))

"""People by name at the door, for phones that may."""

from __future__ import annotations

from flask import Response, request
from pydantic import BaseModel

from app.checkin import services
from app.checkin.api.blueprint import pages
from app.checkin.api.scans import First
from app.core.access import DEVICE, identity, open_to
from app.core.openapi import answered, operation


class FoundPerson(BaseModel):
    """Someone with a ticket; `short` is what is scanned for them."""

    name: str
    seats: int
    state: str
    short: str
    notes: str | None = None
    first: First | None = None


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
    found = services.search(services.phone(identity(), "search"), request.args.get("q", ""))
    return answered(PeopleAnswer(people=[FoundPerson(**one) for one in found]))


@pages.get("/checkin/names")
@open_to(DEVICE)
@operation(NamesAnswer)
def names() -> Response:
    """All names for the search without network, while the lead has unlocked them."""
    return answered(NamesAnswer(**services.names(services.phone(identity(), "search"))))

"""Enrolling and giving up a place, for machines."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from pydantic import AfterValidator, BaseModel, Field

from app.core.access import Scope, open_to
from app.core.addresses import link_to
from app.core.idempotency import idempotent
from app.core.languages import DEFAULT, LanguageCode
from app.core.openapi import Body, answered, operation
from app.people.rules import readable_email
from app.workshops.refusals import NoSuchPlace
from app.workshops.rules.places import MOST_SEATS, EnrolmentState
from app.workshops.services import enrolling, leaving
from app.workshops.services.drafting import Wish
from app.workshops.services.enrolling import Outcome

pages = Blueprint("workshops_api", __name__, url_prefix="/api/v1")

HIGHEST_ID = 2**63 - 1


def _email(text: str) -> str:
    if readable_email(text) is None:
        raise ValueError("not a mail address")
    return text


def _visible(text: str) -> str:
    shown = any(sign.isprintable() and not sign.isspace() for sign in text)
    if not shown or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise ValueError("text without control characters is needed")
    return text


class NewEnrolment(Body):
    """Who comes, with how many."""

    name: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
    mail: Annotated[str, Field(min_length=3, max_length=254), AfterValidator(_email)]
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] = 1
    language: LanguageCode = DEFAULT


class TicketAnswer(BaseModel):
    """What is scanned."""

    id: str
    code: str
    url: str


class EnrolmentAnswer(BaseModel):
    """The enrolment as it stands; a position only while it waits."""

    id: str
    state: str
    position: int | None = None
    ticket: TicketAnswer


class CancelledAnswer(BaseModel):
    """The place is given up."""

    state: str


@pages.post("/events/<slug>/enrolments")
@open_to(Scope("enrol"))
@operation(EnrolmentAnswer, body=NewEnrolment, status=201, errors=(404, 409))
@idempotent
def enrol(slug: str, body: NewEnrolment) -> Response:
    """Enrol a person; 200 with the existing enrolment where there is one."""
    wish = Wish(body.name, body.mail, body.seats, body.language)
    outcome = enrolling.enrol(slug, wish)
    return answered(_described(outcome), 201 if outcome.created else 200)


@pages.delete("/enrolments/<enrolment_id>")
@open_to(Scope("enrol"))
@operation(CancelledAnswer, errors=(404, 409))
def cancel(enrolment_id: str) -> Response:
    """Give up a place; again is no error. Once somebody came in with it that cannot be done."""
    leaving.cancel(_number(enrolment_id), late=True)
    return answered(CancelledAnswer(state=EnrolmentState.CANCELLED))


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    if not 0 < number <= HIGHEST_ID:
        raise NoSuchPlace
    return number


def _described(outcome: Outcome) -> EnrolmentAnswer:
    place = outcome.place
    return EnrolmentAnswer(
        id=str(place.enrolment.id),
        state=place.enrolment.state,
        position=outcome.position,
        ticket=TicketAnswer(
            id=str(place.ticket.id),
            code=place.ticket.code,
            url=link_to("workshops.ticket", code=place.ticket.code),
        ),
    )

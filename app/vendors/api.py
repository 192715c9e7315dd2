"""Stalls for machines: take one, give one back."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, StringConstraints

from app.core.access import Scope, open_to
from app.core.idempotency import idempotent
from app.core.openapi import Body, answered, operation
from app.events import queries as events
from app.vendors.queries import holdings
from app.vendors.services import reserving

pages = Blueprint("vendors_api", __name__, url_prefix="/api/v1")


class HoldingBody(Body):
    """The stall by its code on the plan, the application by its id."""

    stall: Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\x00-\x1f\x7f]+$")]
    application: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]


class HoldingAnswer(BaseModel):
    """A holding: `held` until its application is confirmed, then `confirmed`; at last `ended`."""

    id: str
    stall: str
    state: str


@pages.post("/events/<slug>/holdings")
@open_to(Scope("holdings"))
@operation(HoldingAnswer, HoldingBody, status=201, errors=(404, 409))
@idempotent
def hold(slug: str, body: HoldingBody) -> Response:
    """Give a stall to an accepted application."""
    event = events.event_by_slug(slug)
    stall = holdings.stall_by_code(event.id, body.stall)
    holding = reserving.reserve_stall(event.id, stall.id, int(body.application))
    answer = HoldingAnswer(id=str(holding.id), stall=stall.code, state=holding.state)
    return answered(answer, 201)


@pages.delete("/holdings/<int:holding_id>")
@open_to(Scope("holdings"))
@operation(HoldingAnswer, errors=(404,))
def release(holding_id: int) -> Response:
    """Give a stall back; once more changes nothing."""
    holding = reserving.release(holding_id)
    stall = holdings.seat(holding.id).stall_code
    return answered(HoldingAnswer(id=str(holding.id), stall=stall, state=holding.state))

"""What roles, states and reasons of an application are called, and how its trail reads."""

from __future__ import annotations

from app.applications.rules.states import Role, State, StateReason
from app.core.texts import _l

ROLES = {
    Role.ASSOCIATION_STALL: _l("Stall for an association"),
    Role.FOOD_STALL: _l("Food stall"),
    Role.ACT: _l("Act on a stage"),
}
STATES = {
    State.DRAFT: _l("Draft"),
    State.SUBMITTED: _l("Sent in"),
    State.ASKED: _l("We have a question"),
    State.ACCEPTED: _l("Accepted"),
    State.CONFIRMED: _l("Confirmed"),
    State.WAITLISTED: _l("On the waiting list"),
    State.DECLINED: _l("Declined"),
    State.WITHDRAWN: _l("Withdrawn"),
    State.CANCELLED: _l("Cancelled"),
}
REASONS = {
    StateReason.LATE: _l("The application came after the deadline."),
    StateReason.FULL: _l("There are more who want to join than there is room for."),
    StateReason.UNCONFIRMED: _l("The place was not confirmed in time and has gone on to the next."),
    StateReason.PASSED_ON: _l("A place has become free for you."),
}
AUDIT_WORDS = {
    "begun": _l("began"),
    "submitted": _l("sent in"),
    "changed": _l("changed answers"),
    "placed": _l("given a place"),
    "scored": _l("scored"),
    "asked": _l("asked"),
    "answered": _l("answered"),
    "prepared": _l("prepared a decision"),
    "released": _l("released the decision"),
    "recalled": _l("took the decision back"),
    "looked_at": _l("looked at the changes"),
    "passed_on": _l("got a place that became free"),
    "confirmed": _l("confirmed"),
    "withdrawn": _l("withdrew"),
    "cancelled": _l("cancelled"),
    "lapsed": _l("did not confirm in time"),
}

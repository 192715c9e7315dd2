"""What roles, states and reasons of an application are called, and how its trail reads."""

from __future__ import annotations

from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.states import Role, State, StateReason
from app.core.texts import _l

ROLES = {
    Role.ASSOCIATION_STALL: _l("Stall for an association"),
    Role.FOOD_STALL: _l("Food stall"),
    Role.ACT: _l("Act on a stage"),
}
OWN_QUESTIONS = {
    Role.ASSOCIATION_STALL: _l("Own questions to associations"),
    Role.FOOD_STALL: _l("Own questions to food stalls"),
    Role.ACT: _l("Own questions to acts"),
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
    StateReason.CALLED_OFF: _l("The event does not take place."),
}
AUDIT_WORDS = {
    ApplicationVerb.BEGUN: _l("began"),
    ApplicationVerb.SUBMITTED: _l("sent in"),
    ApplicationVerb.CHANGED: _l("changed answers"),
    ApplicationVerb.DISCARDED: _l("discarded corrections that were not sent"),
    ApplicationVerb.REMINDED: _l("asked for the corrections to be sent"),
    ApplicationVerb.PLACED: _l("given a place"),
    ApplicationVerb.SCORED: _l("scored"),
    ApplicationVerb.ASKED: _l("asked"),
    ApplicationVerb.ANSWERED: _l("answered"),
    ApplicationVerb.PREPARED: _l("prepared a decision"),
    ApplicationVerb.RELEASED: _l("released the decision"),
    ApplicationVerb.RECALLED: _l("took the decision back"),
    ApplicationVerb.LOOKED_AT: _l("looked at the changes"),
    ApplicationVerb.PASSED_ON: _l("got a place that became free"),
    ApplicationVerb.CONFIRMED: _l("confirmed"),
    ApplicationVerb.WITHDRAWN: _l("withdrew"),
    ApplicationVerb.CANCELLED: _l("cancelled"),
    ApplicationVerb.LAPSED: _l("did not confirm in time"),
    ApplicationVerb.CALLED_OFF: _l("closed, for the event does not take place"),
    ApplicationVerb.REOPENED: _l("opened again, for the event takes place after all"),
}

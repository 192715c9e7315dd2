"""Where an enrolment stands, how its trail reads, and what is wrong with a line of a list."""

from __future__ import annotations

from app.core.texts import _l
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.places import EnrolmentState

OWN_QUESTIONS = _l("Own questions to participants")
STATE_NAMES = {
    EnrolmentState.CONFIRMED: _l("Has a place"),
    EnrolmentState.WAITLISTED: _l("On the waiting list"),
    EnrolmentState.CANCELLED: _l("Place cancelled"),
}

# What the trail notes of an enrolment.
VERB_NAMES = {
    WorkshopVerb.CANCELLED: _l("gave up the place"),
    WorkshopVerb.CANCELLED_BY_TEAM: _l("the team cancelled the place"),
    WorkshopVerb.CHANGED: _l("changed"),
    WorkshopVerb.CHANGED_AFTER_ENTRY: _l("changed although somebody had come in"),
    WorkshopVerb.REISSUED: _l("new ticket"),
    WorkshopVerb.GOALS_SET: _l("goals written"),
    WorkshopVerb.MAIL_CORRECTED: _l("mail address corrected"),
    WorkshopVerb.DOUBLE_CANCELLED: _l("cancelled: the same person had two places"),
    WorkshopVerb.HANDED_OVER: _l("handed over to somebody else"),
    WorkshopVerb.TAKEN_OVER: _l("taken over from somebody else"),
}

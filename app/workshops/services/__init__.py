"""The verbs of workshops: enrol, give up, change, move up, plan."""

from app.workshops.services.changing import Change, change, reissue, resend, set_goals
from app.workshops.services.enrolling import Outcome, Wish, enrol
from app.workshops.services.leaving import cancel, forget
from app.workshops.services.many import Issued, enrol_many
from app.workshops.services.planning import call_off, move_event, open_workshop, set_capacity

__all__ = [
    "Change",
    "Issued",
    "Outcome",
    "Wish",
    "call_off",
    "cancel",
    "change",
    "enrol",
    "enrol_many",
    "forget",
    "move_event",
    "open_workshop",
    "reissue",
    "resend",
    "set_capacity",
    "set_goals",
]

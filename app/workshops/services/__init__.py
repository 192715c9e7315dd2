"""The verbs of workshops: enrol, give up, change, move up, plan, print."""

from app.workshops.services.changing import Change, change, reissue, resend, set_goals
from app.workshops.services.colleagues import Tally, enrol_colleagues, send_again, tally
from app.workshops.services.enrolling import Outcome, Wish, enrol
from app.workshops.services.leaving import cancel, forget
from app.workshops.services.many import Issued, enrol_many
from app.workshops.services.planning import call_off, move_event, open_workshop, set_capacity
from app.workshops.services.printing import (
    Order,
    Turn,
    cancel_printing,
    fail_printing,
    finish_printing,
    note_progress,
    order_printing,
    remove_file,
    repeat_printing,
    take_turn,
)
from app.workshops.services.questions import (
    add_question,
    keep_answers,
    remove_question,
)
from app.workshops.services.walking import walk_in

__all__ = [
    "Change",
    "Issued",
    "Order",
    "Outcome",
    "Tally",
    "Turn",
    "Wish",
    "add_question",
    "call_off",
    "cancel",
    "cancel_printing",
    "change",
    "enrol",
    "enrol_colleagues",
    "enrol_many",
    "fail_printing",
    "finish_printing",
    "forget",
    "keep_answers",
    "move_event",
    "note_progress",
    "open_workshop",
    "order_printing",
    "reissue",
    "remove_file",
    "remove_question",
    "repeat_printing",
    "resend",
    "send_again",
    "set_capacity",
    "set_goals",
    "take_turn",
    "tally",
    "walk_in",
]

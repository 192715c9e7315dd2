"""The verbs of an application.

Every applicant's verb takes an `Actor` and refuses strangers with NotFound. A role's own package
(associations, vendors, stage) checks its form and then calls `submit` with the checked answers and
`rules.needs_from(answers)`. Where something above depends on an application (a stall, a slot), the
role's package wraps `withdraw`, `cancel`, `lapse` and `submit`, and its pages call the wrappers.
"""

from app.applications.services.deciding import (
    ask,
    cancel,
    looked,
    pass_on,
    prepare,
    recall,
    recall_many,
    release,
    score,
)
from app.applications.services.telling import answer, confirm, forget, lapse, withdraw
from app.applications.services.writing import begin, place, save_draft, submit

__all__ = [
    "answer",
    "ask",
    "begin",
    "cancel",
    "confirm",
    "forget",
    "lapse",
    "looked",
    "pass_on",
    "place",
    "prepare",
    "recall",
    "recall_many",
    "release",
    "save_draft",
    "score",
    "submit",
    "withdraw",
]

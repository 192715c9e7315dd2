"""An event's own questions as one more step of a role's form."""

from __future__ import annotations

from app.applications.queries.own_questions import RoleAsks
from app.core.steps import Step
from app.core.texts import _l, language
from app.questions.forms.asking import answers_form

KEY = "questions"


def own_step(own: RoleAsks) -> Step:
    """The step, in the reader's language."""
    return Step(KEY, _l("Our questions"), answers_form(own.worded(language())))

"""What applicants answer and what the team asks, scores and decides."""

from app.applications.forms.answering import AnswerForm
from app.applications.forms.desk_forms import (
    AskForm,
    CancelForm,
    DecisionForm,
    FilterForm,
    OnBehalfForm,
    ScoreForm,
    desk_forms,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "CancelForm",
    "DecisionForm",
    "FilterForm",
    "OnBehalfForm",
    "ScoreForm",
    "desk_forms",
]

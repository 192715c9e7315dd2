"""Why something about a questionnaire cannot be done."""

from __future__ import annotations

from app.core.refusals import NotFound, Refusal
from app.core.texts import _l


class NoSuchQuestions(NotFound):
    """Nobody asks under that key."""


class QuestionsFull(Refusal):
    sentence = _l("There can be at most %(most)s questions. Take one away first.")


class QuestionGone(Refusal):
    sentence = _l("Somebody took this question away meanwhile. Write it anew below.")


class NothingToAsk(Refusal):
    sentence = _l("There is no question left. Ask one before you publish.")


class AnswerKindStays(Refusal):
    field = "kind"
    sentence = _l(
        "%(number)s have answered this question, so it is answered in the same way as before. "
        "Take it away and write a new one."
    )


class StepsStay(Refusal):
    field = "choices"
    sentence = _l("%(number)s have answered on this scale. It keeps as many steps as it has.")


class ConditionLost(Refusal):
    sentence = _l(
        "“%(question)s” waits for an answer that is not asked before it. Move it, or change when "
        "it is asked."
    )

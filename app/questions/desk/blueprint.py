"""The pages of the editor as one, and the set of questions that an address names."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core.languages import DEFAULT, LANGUAGES
from app.questions.refusals import NoSuchQuestions
from app.questions.rules.askers import Asker, QuestionSet

pages = Blueprint("questions_desk", __name__, url_prefix="/desk/questions/<key>")


class AskedSet(NamedTuple):
    """A set of questions with whoever asks them."""

    questions: QuestionSet
    asker: Asker


def asked_under(key: str) -> AskedSet:
    """The set of that key; NotFound where nobody asks under it."""
    askers: tuple[Asker, ...] = current_app.extensions["askers"]
    for asker in askers:
        questions = asker.find(key)
        if questions is not None:
            return AskedSet(questions, asker)
    raise NoSuchQuestions


def to_list(key: str) -> Response:
    """Back to the questions."""
    return redirect(url_for("questions_desk.index", key=key), 303)


def shown_in() -> str:
    """The language of the preview, apart from that of the desk."""
    language = request.args.get("shown_in", "")
    return language if language in LANGUAGES else DEFAULT

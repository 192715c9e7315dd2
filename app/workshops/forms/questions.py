"""A workshop's own questions on the page that enrols or changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request

from app.core.forms import ActionForm, Form
from app.core.texts import language
from app.questions.forms.asking import page_form, show_errors
from app.questions.rules.parsing import read_page
from app.questions.wording import Worded
from app.workshops.queries.questions import OwnQuestions
from app.workshops.rules.questions import GivenAnswers

Sent = Mapping[str, Sequence[str]]


class OwnPart:
    """The part of a page that holds a workshop's own questions; empty where it has none."""

    def __init__(self, own: OwnQuestions | None, sent: Sent | None = None) -> None:
        self.own = own
        self.sent: Sent = request.form.to_dict(flat=False) if sent is None else sent
        self.words: list[Worded] = own.worded(language()) if own else []
        self.answers: GivenAnswers | None = None
        self.form: Form = page_form(self.words, self.sent) if own else ActionForm(formdata=None)

    def accepted(self) -> bool:
        """Read what was sent; where not, a sentence at a field says what is wrong."""
        if self.own is None:
            return True
        page = read_page(self.own.asked, self.sent)
        show_errors(self.form, page.errors)
        self.answers = None if page.errors else GivenAnswers(self.own.version_id, page.answers)
        return self.answers is not None

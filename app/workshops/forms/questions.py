"""A workshop's own questions on the page that enrols or changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request

from app.core.edit_forms import written_elsewhere
from app.core.forms import ActionForm, Form
from app.core.merging import marks, merge
from app.core.steps import shown
from app.core.texts import language
from app.questions.forms.asking import page_form, show_errors
from app.questions.rules.answers import NOT_ASKED
from app.questions.rules.parsing import put, read_page
from app.questions.wording import Worded
from app.workshops.models import Enrolment
from app.workshops.queries.questions import OwnQuestions, sent_before
from app.workshops.rules.questions import GivenAnswers

Sent = Mapping[str, Sequence[str]]
# What the page had seen of the answers, so that an older one overwrites nothing newer.
SEEN = "answers_seen"


class OwnPart:
    """The part of a page that holds a workshop's own questions; empty where it has none."""

    def __init__(self, own: OwnQuestions | None, sent: Sent | None = None) -> None:
        self.own = own
        self.sent: Sent = request.form.to_dict(flat=False) if sent is None else sent
        self.words: list[Worded] = own.worded(language()) if own else []
        self.names = [one.asked.name for one in self.words]
        self.seen = request.form.get(SEEN, "") if sent is None else marks(self.names, sent)
        self.answers: GivenAnswers | None = None
        self.form: Form = page_form(self.words, self.sent) if own else ActionForm(formdata=None)
        # What a page that shows these questions once more is answered with.
        self.status_code = 200

    @classmethod
    def over(cls, own: OwnQuestions | None, enrolment: Enrolment) -> OwnPart:
        """The questions with what was answered."""
        return cls(own, sent_before(enrolment, own) if own else {})

    def accepted(self) -> bool:
        """Read what was sent; where not, a sentence at a field says what is wrong."""
        if self.own is None:
            return True
        asked = put(self.own.asked, self.sent)
        page = read_page(asked, self.sent)
        show_errors(self.form, page.errors)
        left_out = {place: NOT_ASKED for one in self.own.asked for place in one.places}
        answers = {**left_out, **page.answers}
        self.answers = None if page.errors else GivenAnswers(self.own.version_id, answers)
        self.status_code = 422 if page.errors else 200
        return self.answers is not None

    def may_replace(self, enrolment: Enrolment) -> bool:
        """Accepted, and written over no answer that its page had not seen.

        An answer that the page left alone stays as it was given meanwhile; of two that differ the
        other is shown, and sending again keeps one's own.
        """
        if self.own is None:
            return True
        standing = sent_before(enrolment, self.own)
        typed = {name: list(self.sent.get(name, ())) for name in self.names}
        merged = merge(standing, typed, self.seen)
        if merged.clashes:
            return self._clash(merged.clashes, standing)
        left_alone = {
            name: standing.get(name, []) for name in self.names if name not in merged.kept
        }
        self.sent = {**self.sent, **left_alone}
        return self.accepted()

    def _clash(self, names: Sequence[str], standing: Sent) -> bool:
        before = page_form(self.words, standing)
        for name in names:
            self.form[name].errors = [written_elsewhere(shown(before[name]))]
        self.seen, self.status_code = marks(self.names, standing), 409
        return False

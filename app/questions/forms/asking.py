"""A page of questions as a form: one field for each answer, filled with what was sent before."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import (
    DateField,
    Field,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.core.texts import _
from app.questions.rules.parsing import UNPRINTABLE, put, read_page
from app.questions.rules.readers import Unreadable
from app.questions.rules.types import FieldKind
from app.questions.wording import Worded, mistake_text

Sent = Mapping[str, Sequence[str]]


class TickField(SelectMultipleField):
    """Several choices, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def page_form(questions: Sequence[Worded], sent: Sent) -> Form:
    """The form for the questions of one page. What it is sent is read by the rules, not by it."""
    fields = {name: made for question in questions for name, made in _fields(question)}
    form: Form = type("PageForm", (Form,), fields)(formdata=None)
    for name in fields:
        _fill(form[name], [UNPRINTABLE.sub("", text) for text in sent.get(name, ())])
    return form


class AnswersForm(Form):
    """Questions whose answers are kept as typed and checked later; made by `answers_form`.

    One that the answers before it leave out is empty, and asked for by nobody.
    """

    shown: ClassVar[Sequence[Worded]] = ()

    def __init__(self, formdata: object = None, **given: object) -> None:
        super().__init__(formdata, **given)
        self._sent = {name: field.raw_data or [] for name, field in self._fields.items()}
        self._put = put([one.asked for one in self.shown], self._sent)
        names = {one.name for one in self._put}
        for field in (self[one.asked.name] for one in self.shown):
            field.not_asked = field.name not in names
            if field.not_asked:
                field.raw_data, field.data = [], [] if isinstance(field, TickField) else None
        for (name, _item), answer in read_page(self._put, self._sent).answers.items():
            if isinstance(answer.value, int | float):
                self[name].data = answer.value

    def validate(self, extra_validators: object = None) -> bool:
        """What the rules say of each answer; the token was looked at when they were sent."""
        page = read_page(self._put, self._sent)
        show_errors(self, page.errors)
        return not page.errors


def answers_form(questions: Sequence[Worded]) -> type[AnswersForm]:
    """The form of these questions, for a form of several steps (`core/steps.py`)."""
    fields = dict(made for question in questions for made in _fields(question))
    return type("TheseAnswersForm", (AnswersForm,), {**fields, "shown": tuple(questions)})


def show_errors(form: Form, errors: Mapping[str, Unreadable]) -> None:
    """Say at each field what is wrong with it."""
    for name, unreadable in errors.items():
        form[name].errors = [mistake_text(unreadable)]


def is_one_tap(questions: Sequence[Worded]) -> bool:
    """Whether the page is one question answered by choosing once: then each answer is a button."""
    return len(questions) == 1 and _kind(questions[0]) is FieldKind.BUTTONS


def choices(worded: Worded) -> list[SelectChoice]:
    """What can be chosen."""
    fixed = {"yes": _("Yes"), "no": _("No")}
    values = worded.asked.question.traits.fixed_values
    options = [(value, fixed[value]) for value in values] or worded.options
    return [SelectChoice(sent, label) for sent, label in options]


def _kind(worded: Worded) -> FieldKind:
    return worded.asked.question.traits.field


def _fields(worded: Worded) -> list[tuple[str, Any]]:
    if worded.rows:
        return [(name, RadioField(text, choices=choices(worded))) for name, text in worded.rows]
    return [(worded.asked.name, _field(worded))]


def _field(worded: Worded) -> Any:
    kind = _kind(worded)
    if kind is FieldKind.BUTTONS:
        return RadioField(worded.text, description=worded.hint, choices=choices(worded))
    if kind is FieldKind.TICKS:
        return TickField(worded.text, description=worded.hint, choices=choices(worded))
    if kind is FieldKind.DATE:
        return DateField(worded.text, description=worded.hint)
    return _written(worded, kind)


def _written(worded: Worded, kind: FieldKind) -> Any:
    question = worded.asked.question
    if kind is FieldKind.NUMBER:
        keys = {"inputmode": "numeric" if question.whole else "decimal", "maxlength": 20}
        return StringField(worded.text, description=worded.hint, render_kw=keys)
    limit = {"maxlength": question.longest}
    if kind is FieldKind.LINE:
        return StringField(worded.text, description=worded.hint, render_kw=limit)
    return TextAreaField(worded.text, description=worded.hint, render_kw={**limit, "rows": 5})


def _fill(field: Field, sent: list[str]) -> None:
    """Show what was sent as it was written; a date keeps its text in raw_data."""
    field.raw_data = sent
    if isinstance(field, TickField):
        field.data = sent
    elif not isinstance(field, DateField):
        field.data = sent[0] if sent else None

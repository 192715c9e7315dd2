"""A form of several steps that keeps what was typed, valid or not, until it is sent in.

A role describes its form once:

    STEPS = Steps(Step("stall", _l("Your stall"), StallForm), Step("contact", …, ContactForm))

and its pages stay a few lines each: `STEPS.page(key, draft, check)` is what a step's page shows,
`STEPS.typed(key, request.form)` what it saves, `STEPS.checked(draft)` what is sent in. A draft is
{field: [raw value, …]}; fields that the step does not have are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, SelectFieldBase

from app.core.cells import Cell, Phone
from app.core.folding import printable
from app.core.numbers import weekday_text
from app.core.phones import NoPhoneNumber, PhoneField, for_reading, international
from app.core.refusals import NotFound
from app.core.texts import Lazy, _

Draft = Mapping[str, Sequence[str]]
TOKEN = "csrf_token"  # noqa: S105 the name of a field
CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One page of the form: its key in the address, its title, its fields."""

    key: str
    title: Lazy
    form: type[Any]


@dataclass(frozen=True)
class Mark:
    """One line of the step guide; `state` is done, wrong, todo."""

    step: Step
    state: str


@dataclass(frozen=True)
class StepPage:
    """A step as its page shows it; `here` is its number among the marks, from 1."""

    form: FlaskForm
    step: Step
    here: int
    marks: list[Mark]


class AnswerLine(NamedTuple):
    """One answer as a reader reads it."""

    label: str
    text: str
    name: str


class AnswerCell(NamedTuple):
    """One answer as a file holds it, under the question as it is asked."""

    name: str
    label: str
    value: Cell


class AnswerChange(NamedTuple):
    """One answer that reads otherwise than before; `step` is the key of its page."""

    step: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class StepAnswers:
    """One step's answers, and what is wrong with them by field."""

    step: Step
    rows: list[AnswerLine]
    errors: dict[str, Any]


class Steps:
    """The steps of one form, in order."""

    def __init__(self, *steps: Step) -> None:
        self.steps = steps

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def find(self, key: str) -> Step:
        """The step with that key; NotFound for another."""
        for step in self.steps:
            if step.key == key:
                return step
        raise NotFound

    def after(self, key: str) -> str:
        """The key of the page that follows: the next step, at the end the check page."""
        keys = [step.key for step in self.steps]
        place = keys.index(self.find(key).key)
        return [*keys, CHECK][place + 1]

    def onward(self, key: str, draft: Draft) -> str:
        """Where "Next" leads: on, or back to the same step while something in it is wrong."""
        return self.after(key) if self.form(key, draft, check=True).errors == {} else key

    def typed(self, key: str, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """What was sent for the step's own fields; an unticked box counts as sent empty.

        A script that saves one field names it in `_field`; then only that one is taken.
        """
        names = self._names(self.find(key))
        only = sent.get("_field")
        filled = [name for name in names if only in (None, name)]
        return {name: [printable(value) for value in sent.getlist(name)] for name in filled}

    def form(self, key: str, draft: Draft, *, check: bool = False) -> Any:
        """The step's form filled from the draft; checked when asked."""
        form = _filled(self.find(key), draft)
        if check:
            form.validate()
        return form

    def errors_of(self, key: str, draft: Draft, names: Sequence[str]) -> dict[str, str]:
        """The first message of each named field that is not right yet."""
        errors = self.form(key, draft, check=True).errors
        return {name: str(errors[name][0]) for name in names if errors.get(name)}

    def marks(self, draft: Draft) -> list[Mark]:
        """How far the form has come, step by step."""
        return [Mark(step, self._state(step, draft)) for step in self.steps]

    def resume(self, draft: Draft) -> str:
        """Where to go on: the first step that is not done, else the check page."""
        return next((m.step.key for m in self.marks(draft) if m.state != "done"), CHECK)

    def page(self, key: str, draft: Draft, *, check: bool = False) -> StepPage:
        """What a step's page shows."""
        step = self.find(key)
        return StepPage(
            form=self.form(key, draft, check=check),
            step=step,
            here=self.steps.index(step) + 1,
            marks=self.marks(draft),
        )

    def answers(self, draft: Draft) -> list[StepAnswers]:
        """All answers as they read, with what is wrong: for the check page and the desk."""
        answers = []
        for step in self.steps:
            form = _filled(step, draft)
            form.validate()
            fields = [field for field in form if field.name != TOKEN and _is_asked(field)]
            rows = [AnswerLine(str(field.label.text), shown(field), field.name) for field in fields]
            answers.append(StepAnswers(step, rows, form.errors))
        return answers

    def cells(self, draft: Draft) -> list[AnswerCell]:
        """All answers as a file for spreadsheets holds them: words, numbers, days, phones."""
        return [
            AnswerCell(field.name, str(field.label.text), _cell(field))
            for step in self.steps
            for field in _filled(step, draft)
            if field.name != TOKEN
        ]

    def checked(self, draft: Draft) -> dict[str, object] | None:
        """The checked answers of all steps as plain values; None while something is wrong."""
        return _checked(self.steps, draft)

    def checked_step(self, key: str, draft: Draft) -> dict[str, object] | None:
        """The checked answers of one step; None while something in it is wrong."""
        return _checked([self.find(key)], draft)

    def changes(self, before: Draft, after: Draft) -> list[AnswerChange]:
        """Every answer that reads otherwise, in the order of the form."""
        return [
            AnswerChange(step.key, str(was.label.text), shown(was), shown(field))
            for step in self.steps
            for was, field in zip(_filled(step, before), _filled(step, after), strict=True)
            if field.name != TOKEN and shown(was) != shown(field)
        ]

    def _state(self, step: Step, draft: Draft) -> str:
        if not any(name in draft for name in self._names(step)):
            return "todo"
        return "done" if _filled(step, draft).validate() else "wrong"

    def _names(self, step: Step) -> list[str]:
        return [field.name for field in _filled(step, {}) if field.name != TOKEN]


def _checked(steps: Sequence[Step], draft: Draft) -> dict[str, object] | None:
    forms = [_filled(step, draft) for step in steps]
    if not all([form.validate() for form in forms]):
        return None
    values = [(field.name, field.data) for form in forms for field in form if field.name != TOKEN]
    return {name: _plain(value) for name, value in values}


def shown(field: Field) -> str:
    """A field's value as a reader reads it: the words of the choice, not its code."""
    if isinstance(field, SelectFieldBase):
        return ", ".join(_chosen(field))
    if isinstance(field, PhoneField):
        return _phone(field)
    if isinstance(field.data, bool):
        return str(_("Yes") if field.data else _("No"))
    if isinstance(field.data, date):
        return weekday_text(field.data)
    raw = field.raw_data[0] if field.raw_data else field.data
    return "" if raw is None else str(raw)


def _phone(field: Field) -> str:
    """As every page writes it, once it is a number."""
    raw = str(field.raw_data[0] if field.raw_data else field.data or "")
    try:
        return for_reading(international(raw))
    except NoPhoneNumber:
        return raw


def _cell(field: Field) -> Cell:
    if isinstance(field, PhoneField):
        return Phone(field.data or "")
    if isinstance(field.data, int | date) and not isinstance(field, SelectFieldBase):
        return field.data
    return shown(field)


def _is_asked(field: Field) -> bool:
    """Whether the answers before it lead to it; a form of fixed fields asks them all."""
    return not getattr(field, "not_asked", False)


def _chosen(field: SelectFieldBase) -> list[str]:
    several = not isinstance(field, SelectField) or isinstance(field.data, list)
    values = {str(value) for value in field.data or []} if several else {str(field.data)}
    return [
        str(choice[1])
        for choice in field.iter_choices()
        if str(choice[0]) in values and str(choice[0])
    ]


def _filled(step: Step, draft: Draft) -> Any:
    # The token makes the form usable on the page; the draft itself was checked when it was sent.
    values: MultiDict[str, str] = MultiDict([(TOKEN, generate_csrf())])
    for name, given in draft.items():
        values.setlist(name, list(given))
    form: FlaskForm = step.form(formdata=values)
    return form


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

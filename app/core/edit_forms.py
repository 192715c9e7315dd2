"""Forms over what stands: an older page of one overwrites nothing newer without showing both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from wtforms import Field, FormField, HiddenField
from wtforms.form import BaseForm
from wtforms.widgets import HiddenInput

from app.core.forms import Form
from app.core.merging import marks, merge
from app.core.steps import shown
from app.core.texts import _


def written_elsewhere(text: str) -> str:
    """What a field says whose text another page changed meanwhile."""
    return _(
        "Elsewhere this was written meanwhile: “%(text)s”. Send again to keep yours.",
        text=text or "–",
    )


class EditForm(Form):
    """A form that is filled from a record and tells, when it is sent, what it had seen of it."""

    seen_marks = HiddenField()

    def over_what_stands(self) -> Self:
        """The form as its page shows the record; called once it is filled."""
        if not self.is_submitted():
            self.seen_marks.data = _marks(self)
        return self

    def overwrites_only(self, standing: EditForm) -> bool:
        """Whether what was sent may be written over what stands now.

        A field that the page left alone takes what was written meanwhile; where both were
        changed, the field shows what the other wrote, and sending again keeps one's own.
        """
        now = dict(_leaves(standing))
        merged = merge(_values(standing), _values(self), self.seen_marks.data or "")
        for name, field in _leaves(self):
            if name in merged.clashes:
                field.errors = [written_elsewhere(shown(now[name]))]
            elif name not in merged.kept:
                field.data, field.raw_data = now[name].data, None
        if merged.clashes:
            self.seen_marks.data = _marks(standing)
            self._refused_with = 409
        return not merged.clashes


def _marks(form: Form) -> str:
    values = _values(form)
    return marks(list(values), values)


def _values(form: Form) -> dict[str, list[str]]:
    return {name: _said(field) for name, field in _leaves(form)}


def _said(field: Field) -> list[str]:
    data = field.data
    said = data if isinstance(data, list) else [data]
    return [str(value) for value in said if value not in (None, False, "")]


def _leaves(form: BaseForm) -> Iterator[tuple[str, Field]]:
    """The fields that somebody fills in, those of a part among them, by their name."""
    for field in form:
        if isinstance(field, FormField):
            yield from _leaves(field.form)
        elif not isinstance(field.widget, HiddenInput):
            yield field.name, field

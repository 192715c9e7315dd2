"""Forms over what stands: an older page of one overwrites nothing newer without showing both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self, TypeVar

from flask_wtf.form import _Auto
from sqlalchemy.exc import InvalidRequestError
from wtforms import Field, FormField, HiddenField, SelectFieldBase
from wtforms.form import BaseForm
from wtforms.widgets import HiddenInput

from app.core.database import Model, db
from app.core.forms import Form
from app.core.merging import marks, merge
from app.core.refusals import NotFound
from app.core.steps import shown
from app.core.texts import _

Held = TypeVar("Held", bound=Model)


def held(row: Held) -> Held:
    """The row as it is now; nobody else changes it until the end. NotFound once it is gone."""
    db.session.flush()
    try:
        # Not against those whose rows only point at it.
        db.session.refresh(row, with_for_update={"key_share": True})
    except InvalidRequestError as error:
        raise NotFound from error
    return row


def written_elsewhere(text: str) -> str:
    """What a field says whose text another page changed meanwhile."""
    return _(
        "Elsewhere this was written meanwhile: “%(text)s”. Send again to keep yours.",
        text=text or "–",
    )


class EditForm(Form):
    """A form that is filled from a record and tells, when it is sent, what it had seen of it."""

    seen_marks = HiddenField()

    @staticmethod
    def as_written(record: Any) -> Mapping[str, object]:
        """What the record says, by field."""
        raise NotImplementedError

    @classmethod
    def over(cls, record: Any, formdata: object = _Auto) -> Self:
        """The form as its page shows the record."""
        return cls(formdata, data=cls.as_written(record)).over_what_stands()

    def may_replace(self, read: Callable[[], Any]) -> bool:
        """Sent, valid, and written over nothing that its page had not seen.

        `read` gives the record as it is now, held until the end.
        """
        if not self.accepted():
            return False
        return self.overwrites_only(type(self)(None, data=self.as_written(read())))

    def over_what_stands(self) -> Self:
        """The form as its page shows the record; called once it is filled."""
        if self.seen_marks.raw_data is None:
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
                field.errors = [written_elsewhere(_shown(now[name], field))]
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
    # In whatever order boxes are ticked.
    said = sorted(map(str, data)) if isinstance(data, list) else [data]
    return [str(value) for value in said if value not in (None, False, "")]


def _shown(standing: Field, field: Field) -> str:
    if isinstance(standing, SelectFieldBase) and isinstance(field, SelectFieldBase):
        vars(standing)["choices"] = getattr(field, "choices", None)
    return shown(standing)


def _leaves(form: BaseForm) -> Iterator[tuple[str, Field]]:
    """The fields that somebody fills in, those of a part among them, by their name."""
    for field in form:
        if isinstance(field, FormField):
            yield from _leaves(field.form)
        elif not isinstance(field.widget, HiddenInput):
            yield field.name, field

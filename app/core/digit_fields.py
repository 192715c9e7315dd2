"""Which fields of forms take digits: they look alike, and take the digits of any script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    IntegerField,
    StringField,
    TelField,
)
from wtforms.widgets import TextInput

from app.core.digits import western

# Days and hours come from the browser's own pickers, or are typed where it has none.
NUMBERS = (IntegerField, DecimalField, FloatField)
DIGITS = (*NUMBERS, TelField, DateTimeField)
# What a phone's keyboard of digits is asked for by.
KEYBOARDS = ("numeric", "decimal", "tel")


def takes_digits(kind: type[Field], keys: Mapping[str, object]) -> bool:
    """Whether this kind of field, with these attributes, is there for digits."""
    return issubclass(kind, DIGITS) or keys.get("inputmode") in KEYBOARDS


def looks_of_digits(kind: type[Field], given: Mapping[str, object]) -> dict[str, object]:
    """What a field for digits is bound with besides what it was `given`.

    A number is typed as text: browsers let only 0–9 into a field of the type number, and an
    Arabic or Persian keyboard has others.
    """
    own = given.get("render_kw")
    keys: dict[str, object] = {**own} if isinstance(own, dict) else {}
    if not takes_digits(kind, keys):
        return {}
    if issubclass(kind, StringField | IntegerField | DecimalField | FloatField):
        keys = {"dir": "ltr", **keys}
    if not issubclass(kind, NUMBERS):
        return {"render_kw": keys}
    keyboard = "numeric" if issubclass(kind, IntegerField) else "decimal"
    looks: dict[str, object] = {"render_kw": {"inputmode": keyboard, **keys}}
    return looks if "widget" in given else {**looks, "widget": TextInput()}


def in_western_digits(form: Any, sent: Any) -> Any:
    """What was sent, with 0–9 in the form's fields for digits; the same where nothing changes."""
    changed = {
        field.name: [western(text) for text in sent.getlist(field.name)]
        for field in form
        if field.name in sent and takes_digits(type(field), field.render_kw or {})
    }
    if all(sent.getlist(name) == texts for name, texts in changed.items()):
        return sent
    folded = MultiDict(sent)
    for name, texts in changed.items():
        folded.setlist(name, texts)
    return folded

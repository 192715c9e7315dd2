"""A figure as printed, with its rule and its rows: counts, and indicators in their sentence."""

from collections.abc import Sequence
from dataclasses import replace

from app.core.numbers import integer_text
from app.core.texts import _, local
from app.outcomes import wording
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import Line, Shown, composed


def number_words(number: int) -> str:
    """A count in a sentence: none is said in words."""
    return _("no") if number == 0 else integer_text(number)


def count(ident: str, rows: Sequence[str], rule: str) -> Shown:
    """The number of the rows themselves."""
    return Shown(ident, number_words(len(rows)), len(rows), rule, tuple(rows))


def indicator(reading: FigureReading) -> Shown:
    """An indicator's figure as it stands in its own sentence."""
    definition, figure = reading.definition, reading.figure
    printed = wording.printed(definition, figure)
    value = figure.percent if figure.value is None else figure.value
    return Shown(
        definition.key,
        printed or wording.value_words(definition, figure),
        None if printed is None else value,
        local(definition.rule),
        (),
        definition.key,
        figure.suppressed,
    )


def indicator_sentence(reading: FigureReading) -> Line:
    """An indicator's sentence within another, its figure in its place."""
    shown = indicator(reading)
    definition = reading.definition
    if shown.value is None:
        whole = wording.sentence(definition, reading.figure, reading.least).removesuffix(".")
        return composed("{figure}", {"figure": replace(shown, text=whole)})
    text = local(definition.text).replace("{pct}", "{figure}").replace("{gap}", "{figure}")
    return composed(text, {"figure": shown})

"""What a locked report says otherwise than today's: every figure and line, then and now.

What is hidden in one of the two is hidden in the comparison: beside each other they would tell
what either keeps to itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from app.reports.rules.paper import (
    Block,
    Grid,
    Line,
    Section,
    Shown,
    Span,
    YearlyReport,
    text_of,
)

# Between the cells of a row that is read as one line.
SPACE: Line = (Span(" "),)


class Difference(StrEnum):
    """How a figure differs."""

    OTHERWISE = "otherwise"
    HIDDEN = "hidden"
    # The same number, counted from other rows.
    OTHER_ROWS = "other_rows"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that would differ today; None where one of the reports has none of that name."""

    ident: str
    difference: Difference
    then: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that reads otherwise for more than its figures; both None where it is hidden."""

    heading: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a locked report would say otherwise today."""

    figures: tuple[FigureChange, ...] = ()
    lines: tuple[LineChange, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line where it stands; its pattern leaves each figure's place empty."""

    heading: str
    text: str
    pattern: str
    figures: frozenset[str]


def compared(then: YearlyReport, now: YearlyReport) -> Comparison:
    """What the two say otherwise."""
    before, after = then.figures(), now.figures()
    hidden = frozenset(
        ident for report in (before, after) for ident, shown in report.items() if shown.hidden
    )
    names = [*before, *(ident for ident in after if ident not in before)]
    figures = (_figure(ident, before.get(ident), after.get(ident)) for ident in names)
    return Comparison(
        tuple(change for change in figures if change is not None),
        tuple(dict.fromkeys(_lines(then.sections, now.sections, hidden))),
    )


def compared_figures(kept: Mapping[str, Mapping[str, Any]], now: YearlyReport) -> Comparison:
    """The same of a version whose figures alone were kept, each with its text and its value."""
    today = now.figures()
    changes = []
    for ident, then in kept.items():
        shown = today.get(ident)
        if shown is not None and shown.value == then["value"]:
            continue
        if shown is not None and (shown.hidden or then["value"] is None):
            changes.append(FigureChange(ident, Difference.HIDDEN))
        else:
            changes.append(
                FigureChange(ident, Difference.OTHERWISE, str(then["text"]), _text(shown))
            )
    return Comparison(tuple(changes))


def _figure(ident: str, then: Shown | None, now: Shown | None) -> FigureChange | None:
    if then is None or now is None:
        shown = then or now
        if shown is not None and shown.hidden:
            return FigureChange(ident, Difference.HIDDEN)
        return FigureChange(ident, Difference.OTHERWISE, _text(then), _text(now))
    if (then.text, then.value) != (now.text, now.value):
        if then.hidden or now.hidden:
            return FigureChange(ident, Difference.HIDDEN)
        return FigureChange(ident, Difference.OTHERWISE, then.text, now.text)
    if (then.rule, then.rows) != (now.rule, now.rows):
        return FigureChange(ident, Difference.OTHER_ROWS, then.text, now.text)
    return None


def _text(shown: Shown | None) -> str | None:
    return shown.text if shown else None


def _lines(
    then: Sequence[Section], now: Sequence[Section], hidden: frozenset[str]
) -> Iterator[LineChange]:
    before = [line for section in then for line in _printed(section)]
    after = [line for section in now for line in _printed(section)]
    matcher = SequenceMatcher(
        None,
        [(line.heading, line.pattern) for line in before],
        [(line.heading, line.pattern) for line in after],
        autojunk=False,
    )
    for tag, start, end, start_now, end_now in matcher.get_opcodes():
        if tag != "equal":
            yield from _pairs(before[start:end], after[start_now:end_now], hidden)


def _pairs(
    then: Sequence[_Printed], now: Sequence[_Printed], hidden: frozenset[str]
) -> Iterator[LineChange]:
    for place in range(max(len(then), len(now))):
        before = then[place] if place < len(then) else None
        after = now[place] if place < len(now) else None
        lines = [line for line in (before, after) if line is not None]
        if any(line.figures & hidden for line in lines):
            yield LineChange(lines[0].heading, None, None)
        else:
            yield LineChange(
                lines[0].heading, before.text if before else "", after.text if after else ""
            )


def _printed(section: Section) -> Iterator[_Printed]:
    """Every line of a section; what is hidden in a block is hidden for all its lines."""
    for block in section.blocks:
        lines = _lines_of(block)
        figures = frozenset(
            span.shown.ident for line in lines for span in line if span.shown is not None
        )
        heading = block.heading or section.heading
        for line in lines:
            yield _Printed(heading, text_of(line), _pattern(line), figures)


def _lines_of(block: Block | Grid) -> list[Line]:
    if isinstance(block, Block):
        return list(block.lines)
    return [
        tuple(span for cell in row for span in (*cell, *SPACE))
        for row in (*block.rows, block.total)
    ]


def _pattern(line: Line) -> str:
    return "".join(f"{{{span.shown.ident}}}" if span.shown else span.text for span in line)

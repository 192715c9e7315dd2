"""The report as data: sections of blocks, in which every figure knows where it comes from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as printed, with the rule it follows and the rows it was counted from.

    One that is hidden has its words in place of a number, because it would tell of few people.
    """

    ident: str
    text: str
    value: float | None
    rule: str
    rows: tuple[str, ...] = ()
    indicator: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; a figure where `shown` is given."""

    text: str
    shown: Shown | None = None


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list of lines of a kind: bullets, numbers."""

    kind: str
    lines: tuple[Line, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table with a total beneath."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    total: tuple[Line, ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part; `edited` names the editors' texts within it, by the key of each."""

    key: str
    heading: str
    blocks: tuple[Block | Grid, ...]
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """A whole report."""

    year: int
    title: str
    sections: tuple[Section, ...]

    def figures(self) -> dict[str, Shown]:
        """Every figure printed, by its name."""
        return {
            span.shown.ident: span.shown
            for section in self.sections
            for block in section.blocks
            for line in lines_of(block)
            for span in line
            if span.shown is not None
        }


def lines_of(block: Block | Grid) -> Iterator[Line]:
    """All lines of a block, those of a table cell by cell."""
    if isinstance(block, Grid):
        for row in (*block.rows, block.total):
            yield from row
    else:
        yield from block.lines


def composed(template: str, figures: Mapping[str, Shown]) -> Line:
    """The template's text with its named places filled by figures; braces of others stay."""
    parts = enumerate(PLACE.split(template))
    return tuple(_span(part, bool(place % 2), figures) for place, part in parts if part)


def _span(part: str, named: bool, figures: Mapping[str, Shown]) -> Span:
    if not named:
        return Span(part)
    figure = figures.get(part)
    return Span(figure.text, figure) if figure else Span(f"{{{part}}}")


def plain(text: str) -> Line:
    """A line without figures."""
    return (Span(text),)


def paragraph(line: Line, heading: str = "") -> Block:
    """One paragraph."""
    return Block("paragraph", (line,), heading)


def bullets(lines: Iterable[Line], heading: str = "") -> Block:
    """A bulleted list."""
    return Block("bullets", tuple(lines), heading)


def prose(text: str) -> list[Block]:
    """The editors' text, a paragraph for each line that says something."""
    return [paragraph(plain(line)) for line in written(text)]


def written(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def starting_large(line: Line) -> Line:
    """The line with its first letter large, figure or not."""
    if not line:
        return line
    first = line[0]
    return (Span(first.text[:1].upper() + first.text[1:], first.shown), *line[1:])


def text_of(line: Line) -> str:
    """The line as it reads."""
    return "".join(span.text for span in line)

"""The report as plain data: its sections in order, and every figure by its name."""

from typing import TypedDict

from app.reports.rules.paper import Block, Grid, Line, Section, Shown, YearlyReport, text_of


class PlainLine(TypedDict):
    """How a line reads, and the names of the figures in it."""

    text: str
    figures: list[str]


class PlainBlock(TypedDict):
    """A paragraph or a list."""

    kind: str
    heading: str
    lines: list[PlainLine]


class PlainTable(TypedDict):
    """A table with a total beneath."""

    kind: str
    heading: str
    columns: list[str]
    rows: list[list[PlainLine]]
    total: list[PlainLine]


class PlainSection(TypedDict):
    """A headed part of the paper."""

    key: str
    heading: str
    blocks: list[PlainBlock | PlainTable]


class PlainFigure(TypedDict):
    """A figure as printed, with the rule it follows and the rows it was counted from."""

    text: str
    value: float | None
    rule: str
    rows: list[str]
    indicator: str | None


class PlainReport(TypedDict):
    """A whole report."""

    year: int
    title: str
    sections: list[PlainSection]
    figures: dict[str, PlainFigure]


def rendered(paper: YearlyReport) -> PlainReport:
    """The whole report."""
    return {
        "year": paper.year,
        "title": paper.title,
        "sections": [_section(section) for section in paper.sections],
        "figures": {ident: _figure(shown) for ident, shown in paper.figures().items()},
    }


def _section(section: Section) -> PlainSection:
    blocks = [_table(one) if isinstance(one, Grid) else _block(one) for one in section.blocks]
    return {"key": section.key, "heading": section.heading, "blocks": blocks}


def _block(block: Block) -> PlainBlock:
    lines = [_line(line) for line in block.lines]
    return {"kind": block.kind, "heading": block.heading, "lines": lines}


def _table(grid: Grid) -> PlainTable:
    return {
        "kind": grid.kind,
        "heading": grid.heading,
        "columns": list(grid.columns),
        "rows": [[_line(cell) for cell in row] for row in grid.rows],
        "total": [_line(cell) for cell in grid.total],
    }


def _line(line: Line) -> PlainLine:
    figures = [span.shown.ident for span in line if span.shown is not None]
    return {"text": text_of(line), "figures": figures}


def _figure(shown: Shown) -> PlainFigure:
    return {
        "text": shown.text,
        "value": shown.value,
        "rule": shown.rule,
        "rows": list(shown.rows),
        "indicator": shown.indicator,
    }

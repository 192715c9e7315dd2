"""The report as plain data: its sections in order, and every figure by its name."""

from typing import Any

from app.reports.rules.paper import Block, Grid, Line, Section, Shown, YearlyReport, text_of


def rendered(paper: YearlyReport) -> dict[str, Any]:
    """The whole report."""
    return {
        "year": paper.year,
        "title": paper.title,
        "sections": [_section(section) for section in paper.sections],
        "figures": {ident: _figure(shown) for ident, shown in paper.figures().items()},
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block | Grid) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {
            "kind": block.kind,
            "heading": block.heading,
            "columns": list(block.columns),
            "rows": [[_line(cell) for cell in row] for row in block.rows],
            "total": [_line(cell) for cell in block.total],
        }
    lines = [_line(line) for line in block.lines]
    return {"kind": block.kind, "heading": block.heading, "lines": lines}


def _line(line: Line) -> dict[str, Any]:
    figures = [span.shown.ident for span in line if span.shown is not None]
    return {"text": text_of(line), "figures": figures}


def _figure(shown: Shown) -> dict[str, Any]:
    return {
        "text": shown.text,
        "value": shown.value,
        "rule": shown.rule,
        "rows": list(shown.rows),
        "indicator": shown.indicator,
    }

"""The report as text that can be read in a terminal or pasted into a mail."""

from textwrap import TextWrapper

from app.reports.rules.paper import Block, Grid, Line, Section, YearlyReport, text_of

WIDTH = 88


def rendered(paper: YearlyReport) -> str:
    """The whole report."""
    parts = [paper.title, "=" * min(len(paper.title), WIDTH), ""]
    for section in paper.sections:
        parts += _section(section)
    return "\n".join(parts).rstrip() + "\n"


def _section(section: Section) -> list[str]:
    lines = [section.heading, "-" * len(section.heading), ""] if section.heading else []
    for block in section.blocks:
        lines += [*(_grid(block) if isinstance(block, Grid) else _block(block)), ""]
    return lines


def _block(block: Block) -> list[str]:
    lines = [block.heading] if block.heading else []
    for number, line in enumerate(block.lines, start=1):
        lines += _wrapped(line, _mark(block.kind, number))
    return lines


def _mark(kind: str, number: int) -> str:
    return {"bullets": "• ", "numbers": f"{number}. "}.get(kind, "")


def _wrapped(line: Line, mark: str) -> list[str]:
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.wrap(text_of(line))


def _grid(grid: Grid) -> list[str]:
    rows = [tuple(map(text_of, row)) for row in (*grid.rows, grid.total)]
    wide = max(len(first) for first, *_rest in [grid.columns, *rows])
    return [grid.heading, *(_row(row, wide) for row in [grid.columns, *rows])]


def _row(cells: tuple[str, ...], wide: int) -> str:
    first, *rest = cells
    return "  ".join([first.ljust(wide), *(cell.rjust(10) for cell in rest)]).rstrip()

"""A list as a file: typed cells for spreadsheets, a text for everything else."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from app.core.attachments import Attachment
from app.core.cells import Cell, Phone
from app.core.clock import local_time
from app.core.folding import printable
from app.core.language_choice import direction
from app.core.phones import for_reading
from app.core.texts import _
from app.lists.describing import Column, Row
from app.lists.tables import FORMULA_STARTS, csv_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes no longer text into one cell.
LONGEST_TEXT = 32_767
NARROWEST, WIDEST = 8, 60
DAY, MOMENT, DECIMAL = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.0"
"""As the spreadsheet's own language writes them: the comma is its part."""


def as_file(
    kind: str, name: str, columns: Sequence[Column[Row]], rows: Sequence[Row]
) -> Attachment:
    """The rows as a file of that kind."""
    headings = [str(column.heading) for column in columns]
    cells = [[_told(column.value(row)) for column in columns if column.value] for row in rows]
    if kind == "xlsx":
        return Attachment(f"{name}.xlsx", XLSX, _workbook(headings, cells))
    plain = [[_plain(cell) for cell in row] for row in cells]
    return Attachment(f"{name}.csv", "text/csv", csv_bytes(headings, plain))


def _told(cell: Cell) -> Cell:
    """Yes and no in words, moments on Copenhagen's clocks, text without what nobody sees."""
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, datetime):
        return local_time(cell).replace(tzinfo=None)
    if isinstance(cell, Phone):
        return Phone(printable(cell))
    return printable(cell) if isinstance(cell, str) else cell


def _plain(cell: Cell) -> object:
    """As CSV has it: days by ISO 8601, one decimal with a comma, phones that stay text."""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.1f}".replace(".", ",")
    return for_reading(cell) if isinstance(cell, Phone) else cell


def _workbook(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    if direction() == "rtl":
        sheet.right_to_left()
    looks = {
        date: book.add_format({"num_format": DAY, "align": "left"}),
        datetime: book.add_format({"num_format": MOMENT, "align": "left"}),
        float: book.add_format({"num_format": DECIMAL}),
    }
    # Text that would be taken for a formula once it is written anew: marked as text for good.
    quoted, bold = book.add_format({"quote_prefix": True}), book.add_format({"bold": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading[:LONGEST_TEXT], bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, (number, place), cell, looks, quoted)
    sheet.freeze_panes(1, 1)
    if headings:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    for place, width in enumerate(_widths(headings, rows)):
        sheet.set_column(place, place, width)
    book.close()
    return out.getvalue()


def _write(
    sheet: Any, at: tuple[int, int], cell: Cell, looks: dict[type, Any], quoted: Any
) -> None:
    write: dict[type, Callable[..., object]] = {
        datetime: sheet.write_datetime,
        date: sheet.write_datetime,
        float: sheet.write_number,
        int: sheet.write_number,
    }
    if type(cell) in write:
        write[type(cell)](*at, cell, looks.get(type(cell)))
    elif cell is not None and cell != "":
        text = str(cell)[:LONGEST_TEXT]
        sheet.write_string(*at, text, quoted if text.lstrip().startswith(FORMULA_STARTS) else None)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """As wide as the longest of each column, within reason."""
    longest = [len(heading) for heading in headings]
    for row in rows:
        longest = [
            max(width, len(str(cell or ""))) for width, cell in zip(longest, row, strict=True)
        ]
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]

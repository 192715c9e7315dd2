"""Tables that leave as files: CSV that a Danish spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet takes a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> str:
    """The cell's text, with an apostrophe before anything that would be taken for a formula."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return text
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_STARTS) else text


def csv_bytes(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """Semicolons, UTF-8 with its mark, CRLF; headings and cells neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()

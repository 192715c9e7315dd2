"""The figures as a table: rates, percentiles, processor time, statements, ratios, floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.scenarios import Result, Scenario

HEADINGS = tuple(
    ["database", "what", "clients", "per s", "p50", "p95", "p99", "CPU ms", "SQL", "ratio", ""]
)


@dataclass
class Line:
    """One row of the table."""

    database: str
    what: str
    clients: int | None = None
    result: Result | None = None
    value: float | None = None
    at_most: float | None = None
    statements: int | None = None
    ratio: float | None = None
    complaint: str = ""

    def judge(self, result: Result, scenario: Scenario, thin: Result | None) -> None:
        """Hold the figures against the scenario's floors."""
        rate, floors = result.per_second, scenario.floors
        self.ratio = rate / thin.per_second if thin else None
        checks = {
            f"ratio under {floors.ratio}": bool(self.ratio and self.ratio < floors.ratio),
            f"under {floors.per_second} a second": rate < floors.per_second,
            f"p50 over {floors.median_ms} ms": result.p50 > floors.median_ms,
            f"over {floors.statements} statements": (self.statements or 0) > floors.statements,
            f"answers {result.unexpected}": bool(result.unexpected),
        }
        self.complaint = "; ".join(sentence for sentence, wrong in checks.items() if wrong)

    @property
    def missed(self) -> bool:
        """Whether a floor is not reached."""
        beyond = self.at_most is not None and (self.value or 0) > self.at_most
        return beyond or bool(self.complaint)

    def cells(self) -> tuple[str, ...]:
        """The row as printed."""
        if self.result is None:
            shown = f"{self.value:.2f}" if self.value is not None else ""
            limit = "" if self.at_most is None else f"at most {self.at_most:g}"
            return (self.database, self.what, "", shown, *[""] * 6, self._verdict(limit))
        found = self.result
        return (
            self.database,
            self.what,
            str(self.clients),
            f"{found.per_second:,.0f}",
            *(f"{one:.1f}" for one in (found.p50, found.p95, found.p99, found.cpu_ms)),
            str(self.statements or ""),
            f"{self.ratio:.2f}" if self.ratio else "",
            self._verdict(""),
        )

    def _verdict(self, limit: str) -> str:
        return f"NOT REACHED {limit or self.complaint}" if self.missed else limit


def table(lines: Sequence[Line]) -> str:
    """All rows, columns aligned."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )

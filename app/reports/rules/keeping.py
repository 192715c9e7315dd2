"""A report put by as JSON and taken out again, the same to the last blank."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.reports.rules.paper import Block, Grid, Line, Section, Shown, Span, YearlyReport

Raw = Mapping[str, Any]


def packed(paper: YearlyReport) -> str:
    """The whole report as JSON."""
    return json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unpacked(text: str) -> YearlyReport:
    """The report that was packed."""
    raw = json.loads(text)
    return YearlyReport(raw["year"], raw["title"], tuple(map(_section, raw["sections"])))


def fingerprint(*texts: str) -> str:
    """The same for the same texts in the same order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()


def _section(raw: Raw) -> Section:
    blocks = tuple(_grid(one) if "columns" in one else _block(one) for one in raw["blocks"])
    return Section(raw["key"], raw["heading"], blocks, tuple(raw["edited"]))


def _block(raw: Raw) -> Block:
    return Block(raw["kind"], tuple(map(_line, raw["lines"])), raw["heading"])


def _grid(raw: Raw) -> Grid:
    rows = tuple(tuple(map(_line, row)) for row in raw["rows"])
    total = tuple(map(_line, raw["total"]))
    return Grid(raw["heading"], tuple(raw["columns"]), rows, total, raw["kind"])


def _line(raw: list[Raw]) -> Line:
    return tuple(Span(span["text"], _shown(span["shown"])) for span in raw)


def _shown(raw: Raw | None) -> Shown | None:
    return Shown(**{**raw, "rows": tuple(raw["rows"])}) if raw else None

"""The report as it leaves: a page, a text, data; as of today, or as a locked version."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_babel import force_locale

from app.core.addresses import link_to
from app.core.numbers import day_text
from app.core.texts import _
from app.installation.papers import as_address
from app.reports.drawing import as_data, plain_text
from app.reports.queries import facts
from app.reports.queries.facts import Draft
from app.reports.rules.forms import ReportFormat
from app.reports.rules.keeping import packed
from app.reports.rules.paper import YearlyReport


@dataclass(frozen=True, slots=True)
class Edition:
    """Which locked version a print is, and since when."""

    version: int
    locked_at: datetime


def today(year: int, language: str) -> Draft:
    """The report of a year in a language, every figure computed from rows now."""
    with force_locale(language):
        return facts.draft(year)


def printed(
    paper: YearlyReport, form: ReportFormat, language: str, edition: Edition | None = None
) -> str:
    """The report in one form."""
    with force_locale(language):
        return _PRINTS[form](paper, edition)


def _html(paper: YearlyReport, edition: Edition | None) -> str:
    def address(ident: str) -> str:
        if edition is None:
            return link_to("reports_desk.figure", year=paper.year, ident=ident)
        where = {"year": paper.year, "version": edition.version, "ident": ident}
        return link_to("reports_desk.kept_figure", **where)

    said = _said(edition)
    page = render_template(
        "reports/paper.html", paper=paper, address=address, edition=said, logo=as_address()
    )
    return page + "\n"


def _text(paper: YearlyReport, edition: Edition | None) -> str:
    said = _said(edition)
    return plain_text.rendered(paper) + (f"\n{said}\n" if said else "")


def _json(paper: YearlyReport, edition: Edition | None) -> str:
    own = (
        {"version": edition.version, "locked_at": edition.locked_at.isoformat()} if edition else {}
    )
    return json.dumps({**as_data.rendered(paper), **own}, ensure_ascii=False, indent=2) + "\n"


def _said(edition: Edition | None) -> str:
    if edition is None:
        return ""
    return _(
        "Version %(version)s, locked %(day)s.",
        version=edition.version,
        day=day_text(edition.locked_at),
    )


_PRINTS: dict[ReportFormat, Callable[[YearlyReport, Edition | None], str]] = {
    ReportFormat.HTML: _html,
    ReportFormat.TEXT: _text,
    ReportFormat.JSON: _json,
    ReportFormat.PAPER: lambda paper, _edition: packed(paper),
}

"""The command that writes the yearly report."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import render_template
from flask_babel import force_locale

from app.core.addresses import link_to
from app.core.cli import NOT_YET
from app.core.languages import DEFAULT, REPORT_LANGUAGES
from app.reports import queries
from app.reports.drawing import as_data, plain_text
from app.reports.rules.paper import YearlyReport

FORMATS = ("text", "html", "json", "pdf", "docx")
LATER = ("pdf", "docx")


@click.command("report")
@click.argument("year", type=click.IntRange(1900, 2199))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(REPORT_LANGUAGES), default=DEFAULT)
def report(year: int, form: str, output: Path | None, language: str) -> None:
    """The report of a year."""
    if form in LATER:
        click.echo("not yet", err=True)
        raise SystemExit(NOT_YET)
    with force_locale(language):
        content = _rendered(queries.paper(year), form)
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_text(content, "utf-8")


def _rendered(paper: YearlyReport, form: str) -> str:
    if form == "json":
        return json.dumps(as_data.rendered(paper), ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        return render_template("reports/paper.html", paper=paper, link_to=link_to) + "\n"
    return plain_text.rendered(paper)

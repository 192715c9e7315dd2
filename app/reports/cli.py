"""The command that writes the yearly report."""

from __future__ import annotations

from pathlib import Path

import click

from app.core.cli import NOT_YET
from app.core.languages import DEFAULT, REPORT_LANGUAGES
from app.core.refusals import NotFound
from app.reports import papers
from app.reports.queries import versions
from app.reports.rules.forms import ReportFormat

FORMATS = ("text", "html", "json", "pdf", "docx")
LATER = ("pdf", "docx")


@click.command("report")
@click.argument("year", type=click.IntRange(1900, 2199))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(REPORT_LANGUAGES), default=DEFAULT)
@click.option(
    "--version", type=click.IntRange(1), help="A locked version; else the one that holds."
)
@click.option("--today", is_flag=True, help="As it would read now, whatever is locked.")
def report(
    year: int, form: str, output: Path | None, language: str, version: int | None, today: bool
) -> None:
    """The report of a year: as it is locked, else as it reads now."""
    if form in LATER:
        click.echo("not yet", err=True)
        raise SystemExit(NOT_YET)
    try:
        content = _content(year, ReportFormat(form), language, version, today)
    except NotFound as refusal:
        raise click.ClickException(f"There is no version {version} of {year}.") from refusal
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content.encode())


def _content(year: int, form: ReportFormat, language: str, version: int | None, today: bool) -> str:
    kept = versions.version(year, version) if version else versions.locked(year)
    if kept is not None and not today:
        return versions.print_of(kept, language, form)
    return papers.printed(papers.today(year, language).paper, form, language)

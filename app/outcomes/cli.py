"""Commands: one figure with its provenance, and defining an indicator from a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.core.refusals import Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.outcomes import services, wording
from app.outcomes.queries import figures
from app.outcomes.rules.figures import Figure
from app.questions.wording import flaw_words

outcomes = AppGroup("outcomes", help="Indicators and their figures.")


@outcomes.command("show")
@click.argument("key")
@click.option("--year", type=click.IntRange(1900, 2199), required=True)
@click.option("--by", type=click.Choice(["kind", "event"]))
@click.option("--json", "as_json", is_flag=True, help="All fields, unrounded.")
def show(key: str, year: int, by: str | None, as_json: bool) -> None:
    """One figure with its provenance."""
    try:
        reading = figures.reading(key, year)
        rows = figures.breakdown(key, year, by).rows if by else []
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        flaws = [f"{flaw.place}: {flaw_words(flaw)}" for flaw in reading.definition.flaws]
        whole = {**_plain(reading.figure), "flaws": flaws}
        output: Any = [_plain(row.figure) for row in rows] if by else whole
        click.echo(json.dumps(output, ensure_ascii=False, indent=2))
        return
    click.echo(wording.sentence(reading.definition, reading.figure, reading.least))
    for line in wording.provenance(reading.definition, reading.figure):
        click.echo(f"  {line}")
    for flaw in reading.definition.flaws:
        click.echo(f"  {flaw.place}: {flaw_words(flaw)}")
    for row in rows:
        click.echo(f"  {row.cell}: {wording.share_words(row.figure)}")


@outcomes.command("define")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def define(file: Path) -> None:
    """Keep an indicator definition given as JSON."""
    try:
        raw = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{file} is not JSON: {error}") from error
    try:
        with unit_of_work():
            services.define(raw)
    except Invalid as refusal:
        lines = [f"{field}: {sentence}" for field, sentence in refusal.errors.items()]
        raise click.ClickException("\n".join(lines)) from refusal
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{raw['key']} version {raw['version']}")


def _plain(figure: Figure) -> dict[str, Any]:
    values = asdict(figure)
    if isinstance(figure.computed_at, datetime):
        values["computed_at"] = figure.computed_at.isoformat()
    return values

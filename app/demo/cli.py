"""Commands that build worlds: the demo year, and small ones for checks."""

from __future__ import annotations

import json
from time import perf_counter
from typing import IO

import click
from flask.cli import AppGroup
from pydantic import ValidationError

from app.core import clock
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.demo.rules.seeds import SeedFile
from app.demo.services import loading
from app.demo.services.links import NAMES, ways_in
from app.demo.services.seeding import seed as build

demo = AppGroup("demo", help="The demo year 2010 and a living edition around today.")


@demo.command("load")
@click.option("--fresh", is_flag=True, help="Empty the database first, and start from today.")
def load(fresh: bool) -> None:
    """Load the demo through the ordinary services, with progress."""
    if loading.is_loaded() and not fresh:
        click.echo(_already())
        return
    try:
        loading.start_anew()
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    begun = perf_counter()
    steps = list(loading.steps())
    with click.progressbar(steps, label="Loading the demo", show_eta=False) as bar:
        for _label, step in bar:
            step()
    loading.mark_loaded()
    click.echo(f"The demo is loaded ({perf_counter() - begun:.0f} seconds).")


def _already() -> str:
    """That nothing is to be loaded; on another day, that "today" has passed."""
    command = "TORVET_ENV=development .venv/bin/flask demo load --fresh"
    if loading.loaded_on() == clock.today():
        return f"The demo is loaded already. Start anew with: {command}"
    return (
        f"The demo was loaded on {loading.loaded_on()}: its workshop of today is over. "
        f"Move it to today with: {command}"
    )


@demo.command("links")
def links() -> None:
    """Print a fresh way in for each kind of user."""
    if not loading.is_loaded():
        raise click.ClickException("The demo is not loaded. Run: flask demo load")
    with unit_of_work():
        made = ways_in()
    for key, address in made.items():
        click.echo(f"{NAMES[key]!s:<32} {address}")


@click.command("seed")
@click.argument("file", type=click.File("rb"))
def seed(file: IO[bytes]) -> None:
    """Build a small world from a JSON file; print its ids and secrets as JSON."""
    try:
        world = SeedFile.model_validate_json(file.read())
        made = build(world)
    except ValidationError as error:
        places = [
            f"{'.'.join(map(str, error['loc'])) or 'file'}: {error['msg']}"
            for error in error.errors()
        ]
        raise click.ClickException("\n".join(places)) from error
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(made))

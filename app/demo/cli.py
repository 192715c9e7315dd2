"""Commands that build worlds: the demo year, and small ones for checks."""

from __future__ import annotations

import json
from typing import IO

import click
from pydantic import ValidationError

from app.core.refusals import Refusal
from app.demo.rules.seeds import SeedFile
from app.demo.services.seeding import seed as build


@click.command("seed")
@click.argument("file", type=click.File("rb"))
def seed(file: IO[bytes]) -> None:
    """Build a small world from a JSON file; print its ids and secrets as JSON."""
    try:
        world = SeedFile.model_validate_json(file.read())
        made = build(world)
    except ValidationError as error:
        places = [
            f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()
        ]
        raise click.ClickException("\n".join(places)) from error
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(json.dumps(made))

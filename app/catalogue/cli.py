"""Commands about the public face."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.core.cli import say_not_yet

catalogue = AppGroup("catalogue", help="The public face.")


@catalogue.command("map")
@click.argument("file", type=click.Path())
def draw_map(file: str) -> None:
    """Draw the atlas with the real borders of a GeoJSON file (not yet)."""
    say_not_yet()

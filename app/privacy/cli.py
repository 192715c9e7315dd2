"""Commands about a person's own data."""

from __future__ import annotations

import json

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.cli import say_not_yet
from app.core.unit_of_work import unit_of_work
from app.privacy import queries, services

privacy = AppGroup("privacy", help="A person's own data: hand it out, erase it.")


@privacy.command("export")
@click.argument("mail")
@click.option("--name", help="Only the person of this name under the mailbox.")
def export(mail: str, name: str | None) -> None:
    """Print everything kept of the persons of an address as JSON."""
    click.echo(json.dumps(queries.everything(mail, name), ensure_ascii=False, indent=2))


@privacy.command("erase")
@click.argument("mail")
@click.option("--name", help="Only the person of this name under the mailbox.")
def erase(mail: str, name: str | None) -> None:
    """Empty everything kept of the persons of an address; counts stand."""
    with unit_of_work():
        number = services.erase(mail, name)
    if number:
        services.note_erasure(current_app.config["DATA_DIR"], mail, name)
        services.scrub_storage()
    click.echo(f"{number} erased")


@privacy.command("sweep")
def sweep() -> None:
    """Delete what its deadline has passed for (not yet)."""
    say_not_yet()

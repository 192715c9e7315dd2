"""Commands about the door."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.core.addresses import link_to
from app.core.refusals import NotFound
from app.core.unit_of_work import unit_of_work
from app.devices.services import devices
from app.events.queries import event_by_slug

door = AppGroup("door", help="Phones at the door.")


@door.command("pair")
@click.option("--event", "slug", required=True, help="The event's slug.")
@click.option("--gate", required=True, help="The gate's name, for example A.")
def pair(slug: str, gate: str) -> None:
    """A device token, and an address that pairs a phone at the same gate within ten minutes."""
    with unit_of_work():
        try:
            event = event_by_slug(slug)
        except NotFound:
            raise click.ClickException(f"There is no event {slug}.") from None
        _, token = devices.add_device(event.id, gate)
        phone = devices.add_phone(event.id, gate)
        code = devices.pairing_code(phone)
    click.echo(f"token: {token}")
    click.echo(f"address: {link_to('door.pairing', code=code)}")

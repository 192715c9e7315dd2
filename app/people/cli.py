"""Commands about the desk's staff."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.core.access import Duty
from app.core.unit_of_work import unit_of_work
from app.people import services
from app.people.rules import readable_mailbox

staff = AppGroup("staff", help="Who may do what at the desk.")


@staff.command("add")
@click.argument("mail")
@click.option("--duty", type=click.Choice([duty.value for duty in Duty]), required=True)
@click.option("--name", default="")
def add(mail: str, duty: str, name: str) -> None:
    """Give a mailbox a duty; it signs in by a mailed link."""
    mailbox = readable_mailbox(mail)
    if mailbox is None:
        raise click.ClickException(f"{mail} is not a mail address.")
    with unit_of_work():
        services.add_staff(mailbox, Duty(duty), name)
    click.echo(f"{mailbox}: {duty}")

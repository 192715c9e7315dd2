"""Commands about the desk's staff."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.people import services
from app.people.rules import readable_email

staff = AppGroup("staff", help="Who may do what at the desk.")


@staff.command("add")
@click.argument("mail")
@click.option(
    "--duty", "role", type=click.Choice([role.value for role in StaffRole]), required=True
)
@click.option("--name", default="")
def add(mail: str, role: str, name: str) -> None:
    """Give an address a role; it signs in by a mailed link."""
    email = readable_email(mail)
    if email is None:
        raise click.ClickException(f"{mail} is not a mail address.")
    with unit_of_work():
        services.add_staff(email, StaffRole(role), name)
    click.echo(f"{email}: {role}")

"""The worker as a command."""

from __future__ import annotations

import click
from flask import current_app

from app.post.worker import parts_of, work_forever, work_once


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(once: bool) -> None:
    """Send due letters and run the jobs."""
    parts = parts_of(current_app)
    if once:
        click.echo(f"{work_once(parts)} done")
        return
    work_forever(parts)

"""Commands of the house itself: the texts, the backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup

from app.core import catalogues
from app.core.database import db

NOT_YET = 3

texts = AppGroup("texts", help="Translations: one catalogue per capability and language.")


def add_commands(app: Flask) -> None:
    """Make the commands known to `flask`."""
    for command in (texts, backup, restore, import_rows):
        app.cli.add_command(command)


@texts.command("update")
@click.argument("capability", required=False)
def update(capability: str | None) -> None:
    """Bring a capability's catalogues up to its texts, or all that stand."""
    root = Path.cwd()
    chosen = {capability: catalogues.TRANSLATED} if capability else catalogues.standing(root)
    for name, languages in chosen.items():
        for language, missing in catalogues.update(root, name, languages).items():
            click.echo(f"{name} {language}: {missing} without translation")


@texts.command("compile")
def compile_all() -> None:
    """Merge the catalogues of each language into the one that is read at run time."""
    for language, count in catalogues.compile_all(Path.cwd()).items():
        click.echo(f"{language}: {count} texts")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the SQLite database while it is in use, and check the copy."""
    if db.engine.dialect.name != "sqlite":
        raise click.ClickException("Use pg_dump for PostgreSQL; see docs/operate.md.")
    if file.exists():
        raise click.ClickException(f"{file} exists already; choose another name.")
    if not file.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {file.absolute().parent}.")
    source = sqlite3.connect(str(db.engine.url.database))
    target = sqlite3.connect(file)
    with source, target:
        source.backup(target)
    verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise click.ClickException(f"The copy is not sound: {verdict}")
    click.echo(f"{file}: {file.stat().st_size} bytes, checked")


@click.command("restore")
@click.argument("file", type=click.Path())
def restore(file: str) -> None:
    """Put a backup back (not yet)."""
    say_not_yet()


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path())
@click.option("--map", "mapping", type=click.Path(), help="Which column is which field, as JSON.")
@click.option("--survey", help="The survey that responses belong to.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def import_rows(
    kind: str, file: str, mapping: str | None, survey: str | None, dry_run: bool
) -> None:
    """Take organisations, enrolments or responses from a table (not yet)."""
    say_not_yet()


def say_not_yet() -> NoReturn:
    """What a command of the contract says until its version comes."""
    click.echo("not yet", err=True)
    raise SystemExit(NOT_YET)

"""Commands: load a survey from a file."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.surveys.services import setting_up

survey = AppGroup("survey", help="Surveys as data.")


@survey.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Publish the questionnaire in FILE (JSON), and the survey if it says whom it is for."""
    try:
        document = json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file.name} is no JSON file: {error}") from None
    try:
        with unit_of_work():
            version = setting_up.load(document)
    except Refusal as refusal:
        raise click.ClickException(_sentences(refusal)) from None
    click.echo(f"{document['key']}, version {version.number}, is ready.")


def _sentences(refusal: Refusal) -> str:
    errors = getattr(refusal, "errors", {})
    return "\n".join([str(refusal), *(f"  {sentence}" for sentence in errors.values())])

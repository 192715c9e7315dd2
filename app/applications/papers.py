"""The list of applications as a file."""

from __future__ import annotations

from collections.abc import Sequence

from app.applications import wording
from app.applications.queries.reviewing import Line
from app.core.attachments import Attachment
from app.core.numbers import moment_text
from app.core.tables import csv_bytes
from app.core.texts import _, local

FILENAME = "ansoegninger.csv"


def table(lines: Sequence[Line]) -> Attachment:
    """One row an application, the needs typed, the answers of the role's form as they are."""
    names = sorted({name for line in lines for name in line.application.details})
    headings = [
        _("Organisation"),
        _("Event"),
        _("Role"),
        _("State"),
        _("Sent in"),
        _("Score"),
        _("Amperes"),
        _("Phases"),
        _("Water"),
        _("Gas"),
        _("Front in cm"),
        *names,
    ]
    rows = [_row(line, names) for line in lines]
    return Attachment(FILENAME, "text/csv", csv_bytes(headings, rows))


def _row(line: Line, names: Sequence[str]) -> list[object]:
    application = line.application
    return [
        application.organisation.name,
        local(application.event.title),
        wording.ROLES[application.role],
        wording.STATES[application.state],
        moment_text(application.submitted_at) if application.submitted_at else "",
        line.average,
        application.power_amp,
        application.phases,
        _("Yes") if application.water else _("No"),
        _("Yes") if application.gas else _("No"),
        application.frontage_cm,
        *[_cell(application.details.get(name)) for name in names],
    ]


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value

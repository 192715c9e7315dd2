"""What machines ask of the process itself: is it alive, is it ready, what can it be asked."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import DBAPIError

from app.core.access import PUBLIC, open_to
from app.core.answers import problem
from app.core.database import DatabaseRefused, db, verify_settings
from app.core.openapi import document
from app.core.texts import _

pages = Blueprint("core", __name__)


@pages.get("/healthz")
@open_to(PUBLIC)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@pages.get("/readyz")
@open_to(PUBLIC)
def readyz() -> Response:
    """The database has its settings and its newest migration."""
    try:
        verify_settings()
        current = migrations_current()
    except (DatabaseRefused, DBAPIError):
        current = False
    if not current:
        return problem(503, _("The database is not ready. Run: flask db upgrade"))
    return jsonify(status="ready")


@pages.get("/api/v1/openapi.json")
@open_to(PUBLIC)
def openapi() -> Response:
    """All calls for machines."""
    return jsonify(document(current_app))


def migrations_current() -> bool:
    """Whether the database stands at the newest migration."""
    newest = ScriptDirectory(current_app.config["MIGRATIONS"]).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest

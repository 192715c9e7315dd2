"""What machines ask of the process itself: is it alive, is it ready, what can it be asked."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from app.core import kept_forms
from app.core.access import PUBLIC, open_to
from app.core.answers import problem
from app.core.database import DatabaseRefused, db, verify_settings
from app.core.limits import limit
from app.core.openapi import document
from app.core.shown_again import page_of_form
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


@pages.post("/kept-form")
@open_to(PUBLIC)
@limit("1200 per hour")
def keep_form() -> Response:
    """Keep what stands in a long form while its page is open."""
    page = page_of_form()
    return jsonify(saved=page is not None and kept_forms.keep(page, request.form))


@pages.post("/kept-form/drop")
@open_to(PUBLIC)
def drop_form() -> AnyResponse:
    """Begin the form anew."""
    page = page_of_form()
    if page:
        kept_forms.drop(page)
    return redirect(page or url_for("catalogue.front"), 303)


def migrations_current() -> bool:
    """Whether the database stands at the newest migration."""
    newest = ScriptDirectory(current_app.config["MIGRATIONS"]).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest

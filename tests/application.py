"""The application as tests run it: its settings, its schema, and how its database is emptied."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import Table, literal_column, select

from app import create_app
from app.core.database import db, writing
from config import Settings
from tests.house.sources import APP, packages

SECRET = "a-secret-for-tests-that-is-long-enough-0123456789"


def settings_for(folder: Path, database_url: str, mail_url: str = "") -> Settings:
    """The settings of an application under test."""
    return Settings(
        env="development",
        data_dir=folder,
        database_url=database_url,
        secret_key=SECRET,
        base_url="http://localhost",
        mail_url=mail_url or f"file://{folder / 'letters'}",
    )


def make(folder: Path, database_url: str) -> Flask:
    """An application whose database has the models' tables and no rows."""
    for name in packages():
        if any((APP / name).glob("models*")):
            importlib.import_module(f"app.{name}.models")
    app = create_app(settings_for(folder, database_url))
    app.testing = True
    with app.app_context(), writing():
        db.create_all()
        db.session.commit()
        db.session.remove()
        flask_migrate.stamp()
    return app


def empty_database(app: Flask) -> None:
    """Delete every row of every table that has any."""
    tables, which_are_filled = _tables(len(db.metadata.tables))
    with app.app_context(), writing(), db.engine.begin() as connection:
        # One question about all tables: asking each by itself took longer than many a test.
        filled = connection.exec_driver_sql(which_are_filled).one()
        for table, has_rows in zip(tables, filled, strict=True):
            if has_rows:
                connection.execute(table.delete())


@cache
def _tables(_how_many: int) -> tuple[list[Table], str]:
    """All tables, children first, and the statement that tells which of them have rows."""
    tables = list(reversed(db.metadata.sorted_tables))
    any_row = [select(literal_column("1")).select_from(table).exists() for table in tables]
    return tables, str(select(*any_row))


def close(app: Flask) -> None:
    """Give the connections back."""
    with app.app_context():
        db.engine.dispose()

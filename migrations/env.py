"""How migrations run: one transaction, and on SQLite with foreign keys off and checked after."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.core.database import db, writing


def run() -> None:
    """Bring the database of the application to the wanted revision."""
    with db.engine.connect() as connection, writing():
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Batch mode rebuilds a table: with foreign keys on, dropping the old one would
            # delete its children. The switch is ignored within a transaction.
            _pragma(connection, "foreign_keys = OFF")
        try:
            _migrate(connection)
        finally:
            if sqlite:
                _pragma(connection, "foreign_keys = ON")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection)
    connection.commit()


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise RuntimeError(f"{len(orphans)} rows would lose their parents; nothing was changed.")


def _pragma(connection: Connection, setting: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


run()

"""The yardstick: the thinnest Flask handler that inserts one row, checks nothing, and commits."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, Response, jsonify
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
)

metadata = MetaData()
thin_rows = Table(
    "thin_rows", metadata, Column("id", Integer, primary_key=True), Column("word", String(40))
)


def create_app() -> Flask:
    """An application with one call: POST /thin."""
    engine = thin_engine(os.environ["BENCH_DATABASE_URL"])
    app = Flask(__name__)
    statement = insert(thin_rows).values(word="one row").returning(thin_rows.c.id)

    @app.post("/thin")
    def thin() -> Response:
        with engine.begin() as connection:
            number = connection.execute(statement).scalar_one()
        return jsonify(id=number)

    @app.get("/readyz")
    def ready() -> Response:
        return jsonify(status="ready")

    return app


def make_table(url: str) -> None:
    """Make the one table there is."""
    engine = thin_engine(url)
    metadata.create_all(engine)
    engine.dispose()


def thin_engine(url: str) -> Engine:
    """The same durability as Torvet's own engine: WAL, FULL, BEGIN IMMEDIATE."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=8)
    engine = create_engine(url, pool_size=8)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _durable(connection: Any, _entry: Any) -> None:
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {setting}")

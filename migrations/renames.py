"""Renames tables and columns with all that is named after them, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from alembic import op


def rename(table: str, new: str = "", columns: Mapping[str, str] | None = None) -> None:
    """Give the table another name (by default its own) and its columns others.

    Indexes, constraints and the sequence are named after both, so they follow. SQLite keeps the
    old names of primary and foreign keys: nothing asks for them there.
    """
    words = {**(columns or {}), **({table: new} if new else {})}
    for old, column in (columns or {}).items():
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {column}")
    if new:
        op.rename_table(table, new)
    follow = _follow_postgresql if op.get_bind().dialect.name == "postgresql" else _follow_sqlite
    follow(new or table, _renamed(words))


def _renamed(words: Mapping[str, str]) -> Callable[[str], str]:
    """What a name becomes: each word between its underscores is replaced."""

    def renamed(name: str) -> str:
        for old, word in words.items():
            name = re.sub(rf"(?<=_){old}(?=_|$)|^{old}(?=_)", word, name)
        return name

    return renamed


def _follow_postgresql(table: str, renamed: Callable[[str], str]) -> None:
    for holder, name in _rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE :table::regclass IN (conrelid, confrelid)",
        table,
    ):
        if renamed(name) != name:
            op.execute(f"ALTER TABLE {holder} RENAME CONSTRAINT {name} TO {renamed(name)}")
    for name, *_ in _rows("SELECT indexname FROM pg_indexes WHERE tablename = :table", table):
        if renamed(name) != name:
            op.execute(f"ALTER INDEX {name} RENAME TO {renamed(name)}")
    for name, *_ in _rows(
        "SELECT sequence.relname FROM pg_class AS sequence"
        " JOIN pg_depend ON pg_depend.objid = sequence.oid"
        " WHERE sequence.relkind = 'S' AND pg_depend.refobjid = :table::regclass",
        table,
    ):
        if renamed(name) != name:
            op.execute(f"ALTER SEQUENCE {name} RENAME TO {renamed(name)}")


def _follow_sqlite(table: str, renamed: Callable[[str], str]) -> None:
    for name, written in _rows(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = :table",
        table,
    ):
        if renamed(name) != name:
            op.execute(f"DROP INDEX {name}")
            op.execute(re.sub(rf"\b{name}\b", renamed(name), written, count=1))
    unique = sa.inspect(op.get_bind()).get_unique_constraints(table)
    misnamed = [one for one in unique if one["name"] and renamed(one["name"]) != one["name"]]
    if misnamed:
        with op.batch_alter_table(table, recreate="always") as batch:
            for constraint in misnamed:
                batch.drop_constraint(constraint["name"], type_="unique")
                batch.create_unique_constraint(
                    renamed(constraint["name"]), constraint["column_names"]
                )


def _rows(statement: str, table: str) -> list[sa.Row]:
    written = statement.replace(":table::regclass", f"'{table}'::regclass")
    values = {"table": table} if ":table" in written else {}
    return list(op.get_bind().execute(sa.text(written), values))

"""A locked report is kept whole: versions, their prints, who locked it and who lifted the lock."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from html import escape
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True)
# What a version of before says above its figures, by language.
TITLES = {
    "da": "Rapport for {year}, version {version}, låst {day}: de tal, der blev gemt",
    "en": "Report for {year}, version {version}, locked {day}: the figures that were kept",
}


def upgrade() -> None:
    """Number the snapshots that stand, and print what they kept: their figures."""
    with op.batch_alter_table("report_snapshots") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("indicators", JSON, nullable=False, server_default="{}"))
        table.add_column(sa.Column("content_hash", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("locked_by", BIG))
        table.add_column(sa.Column("lifted_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("lifted_by", BIG))
        table.add_column(
            sa.Column("lifted_because", sa.String(500), nullable=False, server_default="")
        )
    op.create_table(
        "report_prints",
        sa.Column("snapshot_id", BIG, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["report_snapshots.id"],
            name=op.f("fk_report_prints_snapshot_id_report_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "snapshot_id", "language", "form", name=op.f("pk_report_prints")
        ),
    )
    _print_what_stands()
    with op.batch_alter_table("report_snapshots") as table:
        for column in ("version", "indicators", "content_hash", "lifted_because"):
            table.alter_column(column, server_default=None)
        table.create_unique_constraint(
            op.f("uq_report_snapshots_year_version"), ["year", "version"]
        )
        for column in ("locked_by", "lifted_by"):
            name = op.f(f"fk_report_snapshots_{column}_staff")
            table.create_foreign_key(name, "staff", [column], ["id"])


def downgrade() -> None:
    """Keep the figures alone."""
    op.drop_table("report_prints")
    with op.batch_alter_table("report_snapshots") as table:
        for column in ("locked_by", "lifted_by"):
            table.drop_constraint(op.f(f"fk_report_snapshots_{column}_staff"), type_="foreignkey")
        table.drop_constraint(op.f("uq_report_snapshots_year_version"), type_="unique")
        for column in (
            "version", "indicators", "content_hash", "locked_by", "lifted_at", "lifted_by",
            "lifted_because",
        ):  # fmt: skip
            table.drop_column(column)


def _print_what_stands() -> None:
    snapshots = sa.table(
        "report_snapshots",
        sa.column("id", BIG),
        sa.column("year", sa.Integer()),
        sa.column("version", sa.Integer()),
        sa.column("figures", JSON),
        sa.column("locked_at", sa.DateTime(timezone=True)),
    )
    prints = sa.table(
        "report_prints", *map(sa.column, ("snapshot_id", "language", "form", "content"))
    )
    versions: Counter[int] = Counter()
    connection = op.get_bind()
    for row in connection.execute(sa.select(snapshots).order_by(snapshots.c.id)).all():
        versions[row.year] += 1
        number = versions[row.year]
        connection.execute(
            snapshots.update().where(snapshots.c.id == row.id).values(version=number)
        )
        for language, form, content in _forms(row, number):
            values = {"language": language, "form": form, "content": content}
            connection.execute(prints.insert().values(snapshot_id=row.id, **values))


def _forms(row: Any, version: int) -> list[tuple[str, str, str]]:
    figures = {name: kept["text"] for name, kept in row.figures.items()}
    moment: datetime = row.locked_at
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    known = {"year": row.year, "version": version, "locked_at": aware.isoformat()}
    shown = {name: {"text": kept["text"], "value": kept["value"]} for name, kept in row.figures.items()}
    data = json.dumps({**known, "figures": shown}, ensure_ascii=False, indent=2)
    forms = []
    for language, pattern in TITLES.items():
        title = pattern.format(**known, day=aware.date().isoformat())
        lines = "".join(f"{name}: {text}\n" for name, text in figures.items())
        items = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(str(text))}</dd>" for name, text in figures.items()
        )
        page = (
            f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
            f"<title>{title}</title></head><body><h1>{title}</h1><dl>{items}</dl></body></html>\n"
        )
        forms += [
            (language, "html", page), (language, "text", f"{title}\n\n{lines}"),
            (language, "json", data + "\n"),
        ]  # fmt: skip
    return forms

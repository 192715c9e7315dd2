"""Stages, the times that acts have on them, and the announced programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

# So many numbers each stage and act has for itself.
STRETCH = 2**34
TRIGGERS = (
    """
    CREATE TRIGGER slots_apart_on_insert BEFORE INSERT ON slots WHEN NEW.ended_at IS NULL BEGIN
        SELECT RAISE(ABORT, 'slots overlap') WHERE EXISTS (
            SELECT 1 FROM slots WHERE ended_at IS NULL
            AND starts_at < NEW.clear_at AND NEW.starts_at < clear_at
            AND (stage_id = NEW.stage_id OR (application_id = NEW.application_id
                AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at)));
    END
    """,
    """
    CREATE TRIGGER slots_apart_on_update BEFORE UPDATE ON slots WHEN NEW.ended_at IS NULL BEGIN
        SELECT RAISE(ABORT, 'slots overlap') WHERE EXISTS (
            SELECT 1 FROM slots WHERE ended_at IS NULL AND id <> NEW.id
            AND starts_at < NEW.clear_at AND NEW.starts_at < clear_at
            AND (stage_id = NEW.stage_id OR (application_id = NEW.application_id
                AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at)));
    END
    """,
)


def upgrade() -> None:
    """Nobody has a stage yet."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    json = sa.JSON(none_as_null=True)
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "stages",
        sa.Column("id", number, nullable=False),
        sa.Column("event_id", number, nullable=False),
        sa.Column("name", json, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("opens_at", moment, nullable=False),
        sa.Column("closes_at", moment, nullable=False),
        sa.Column("change_over", sa.Integer(), nullable=False),
        sa.Column("call", sa.String(120), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_stages_opens_before_it_closes")),
        sa.CheckConstraint("change_over >= 0", name=op.f("ck_stages_change_over")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_stages_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
    )
    op.create_index(op.f("ix_stages_event_id"), "stages", ["event_id"])
    op.create_table(
        "line_ups",
        sa.Column("event_id", number, nullable=False, autoincrement=False),
        sa.Column("announced_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_line_ups_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_line_ups")),
    )
    op.create_table(
        "slots",
        sa.Column("id", number, nullable=False),
        sa.Column("stage_id", number, nullable=False),
        sa.Column("application_id", number, nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("clear_at", moment, nullable=False),
        sa.Column("sound_check_at", moment, nullable=True),
        sa.Column("call", sa.String(120), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("told", json, nullable=True),
        sa.Column("letters", json, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_because", sa.String(20), nullable=False),
        sa.CheckConstraint(
            "starts_at < ends_at AND ends_at <= clear_at", name=op.f("ck_slots_in_order")
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_slots_stage_id_stages")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_slots_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    op.create_index("ix_slots_stage", "slots", ["stage_id", "starts_at"])
    op.create_index("ix_slots_application", "slots", ["application_id"])
    for statement in _apart()[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Without them."""
    op.drop_table("slots")
    op.drop_table("line_ups")
    op.drop_table("stages")


def _apart() -> dict[str, tuple[str, str]]:
    """What keeps slots apart on each database; the same as in the models."""
    return {
        "postgresql": (
            _excluded("slots_apart_on_stage", "stage_id", "clear_at"),
            _excluded("slots_apart_for_act", "application_id", "ends_at"),
        ),
        "sqlite": TRIGGERS,
    }


def _seconds(column: str) -> str:
    return f"CAST(EXTRACT(EPOCH FROM {column} AT TIME ZONE 'UTC') AS bigint)"


def _excluded(name: str, owner: str, until: str) -> str:
    begins = f"{owner} * {STRETCH} + {_seconds('starts_at')}"
    ends = f"{owner} * {STRETCH} + {_seconds(until)}"
    return (
        f"ALTER TABLE slots ADD CONSTRAINT {name} EXCLUDE USING gist "
        f"(int8range({begins}, {ends}) WITH &&) WHERE (ended_at IS NULL)"
    )

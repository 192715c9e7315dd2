"""How many plugs a cabinet has, and what no row of a site plan may say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

CHECKS = {
    "cabinets": {"amp": "amp >= 0", "plugs": "plugs >= 0"},
    "taps": {"hoses": "hoses >= 0"},
    "landmarks": {"size": "width > 0 AND height > 0"},
    "stalls": {
        "power": "power_amp >= 0",
        "phases": "phases IN (1, 3)",
        "phase": "phase BETWEEN 1 AND 3",
        "size": "frontage_cm > 0 AND depth_cm > 0",
    },
}
# What older rows may have said, brought to the nearest that is allowed.
MENDED = (
    "UPDATE cabinets SET amp = 0 WHERE amp < 0",
    "UPDATE taps SET hoses = 0 WHERE hoses < 0",
    "UPDATE landmarks SET width = 1 WHERE width < 1",
    "UPDATE landmarks SET height = 1 WHERE height < 1",
    "UPDATE stalls SET power_amp = 0 WHERE power_amp < 0",
    "UPDATE stalls SET phases = 1 WHERE phases NOT IN (1, 3)",
    "UPDATE stalls SET phase = 1 WHERE phase NOT BETWEEN 1 AND 3",
    "UPDATE stalls SET frontage_cm = 1 WHERE frontage_cm < 1",
    "UPDATE stalls SET depth_cm = 1 WHERE depth_cm < 1",
)


def upgrade() -> None:
    """Nobody has counted plugs yet."""
    with op.batch_alter_table("cabinets") as table:
        table.add_column(sa.Column("plugs", sa.Integer()))
    for statement in MENDED:
        op.execute(statement)
    for name, checks in CHECKS.items():
        with op.batch_alter_table(name) as table:
            for check, condition in checks.items():
                table.create_check_constraint(op.f(f"ck_{name}_{check}"), condition)


def downgrade() -> None:
    """Without them."""
    for name, checks in CHECKS.items():
        with op.batch_alter_table(name) as table:
            for check in checks:
                table.drop_constraint(op.f(f"ck_{name}_{check}"), type_="check")
    with op.batch_alter_table("cabinets") as table:
        table.drop_column("plugs")

"""Tables of reports: report_snapshots, report_texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('report_snapshots',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_snapshots'))
    )
    op.create_index(op.f('ix_report_snapshots_year'), 'report_snapshots', ['year'], unique=False)
    op.create_table('report_texts',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('words', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('year', 'key', name=op.f('pk_report_texts'))
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("report_texts")
    op.drop_table("report_snapshots")

"""Tables of outcomes: indicators, estimates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('indicators',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('defined_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicators')),
    sa.UniqueConstraint('key', 'version', name=op.f('uq_indicators_key_version'))
    )
    op.create_table('estimates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('low', sa.Integer(), nullable=False),
    sa.Column('high', sa.Integer(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('low <= value AND value <= high', name=op.f('ck_estimates_within_bounds')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_estimates_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_estimates'))
    )
    op.create_index(op.f('ix_estimates_event_id'), 'estimates', ['event_id'], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("estimates")
    op.drop_table("indicators")

"""Tables of vendors: cabinets, landmarks, taps, zones, stalls, stall_shares, holdings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('cabinets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('amp', sa.Integer(), nullable=False),
    sa.Column('phases', sa.Integer(), nullable=False),
    sa.Column('x', sa.Integer(), nullable=False),
    sa.Column('y', sa.Integer(), nullable=False),
    sa.CheckConstraint('phases IN (1, 3)', name=op.f('ck_cabinets_phases')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_cabinets_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cabinets')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_cabinets_event_id_code'))
    )
    op.create_table('landmarks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('x', sa.Integer(), nullable=False),
    sa.Column('y', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_landmarks_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_landmarks'))
    )
    op.create_index(op.f('ix_landmarks_event_id'), 'landmarks', ['event_id'], unique=False)
    op.create_table('taps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('hoses', sa.Integer(), nullable=False),
    sa.Column('x', sa.Integer(), nullable=False),
    sa.Column('y', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_taps_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taps')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_taps_event_id_code'))
    )
    op.create_table('zones',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('arrives_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('call', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_zones_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_zones')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_zones_event_id_code'))
    )
    op.create_table('stalls',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('zone_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('cabinet_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('tap_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('x', sa.Integer(), nullable=False),
    sa.Column('y', sa.Integer(), nullable=False),
    sa.Column('frontage_cm', sa.Integer(), nullable=False),
    sa.Column('depth_cm', sa.Integer(), nullable=False),
    sa.Column('facing', sa.String(length=8), nullable=False),
    sa.Column('power_amp', sa.Integer(), nullable=False),
    sa.Column('phases', sa.Integer(), nullable=False),
    sa.Column('phase', sa.Integer(), nullable=False),
    sa.Column('gas', sa.Boolean(), nullable=False),
    sa.Column('wheelchair', sa.Boolean(), nullable=False),
    sa.Column('blocked_because', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinets.id'], name=op.f('fk_stalls_cabinet_id_cabinets')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_stalls_event_id_events')),
    sa.ForeignKeyConstraint(['tap_id'], ['taps.id'], name=op.f('fk_stalls_tap_id_taps')),
    sa.ForeignKeyConstraint(['zone_id'], ['zones.id'], name=op.f('fk_stalls_zone_id_zones')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stalls')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_stalls_event_id_code'))
    )
    op.create_index(op.f('ix_stalls_cabinet_id'), 'stalls', ['cabinet_id'], unique=False)
    op.create_index(op.f('ix_stalls_tap_id'), 'stalls', ['tap_id'], unique=False)
    op.create_table('stall_shares',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('stall_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('power_amp', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['stall_id'], ['stalls.id'], name=op.f('fk_stall_shares_stall_id_stalls')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stall_shares')),
    sa.UniqueConstraint('stall_id', 'number', name=op.f('uq_stall_shares_stall_id_number'))
    )
    op.create_table('holdings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('share_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('application_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('power_amp', sa.Integer(), nullable=False),
    sa.Column('phases', sa.Integer(), nullable=False),
    sa.Column('phase', sa.Integer(), nullable=False),
    sa.Column('water', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_because', sa.String(length=20), nullable=False),
    sa.CheckConstraint('power_amp >= 0', name=op.f('ck_holdings_power')),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_holdings_application_id_applications')),
    sa.ForeignKeyConstraint(['share_id'], ['stall_shares.id'], name=op.f('fk_holdings_share_id_stall_shares')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holdings'))
    )
    op.create_index('ix_holdings_application', 'holdings', ['application_id'], unique=False)
    op.create_index('uq_holdings_live', 'holdings', ['share_id'], unique=True, sqlite_where=sa.text("state IN ('held', 'confirmed')"), postgresql_where=sa.text("state IN ('held', 'confirmed')"))


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("holdings")
    op.drop_table("stall_shares")
    op.drop_table("stalls")
    op.drop_table("zones")
    op.drop_table("taps")
    op.drop_table("landmarks")
    op.drop_table("cabinets")

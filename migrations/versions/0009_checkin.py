"""Tables of checkin: quarantined_scans, devices, door_rules, admissions, scans, double_admissions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('quarantined_scans',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quarantined_scans')),
    sa.UniqueConstraint('digest', name=op.f('uq_quarantined_scans_digest'))
    )
    op.create_index('ix_quarantined_scans_event', 'quarantined_scans', ['event_id'], unique=False)
    op.create_table('devices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('gate', sa.String(length=80), nullable=False),
    sa.Column('rights', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('pairing_nonce', sa.String(length=40), nullable=True),
    sa.Column('pairing_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('pairing_ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('paired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_devices_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices')),
    sa.UniqueConstraint('pairing_hash', name=op.f('uq_devices_pairing_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_devices_token_hash'))
    )
    op.create_index(op.f('ix_devices_event_id'), 'devices', ['event_id'], unique=False)
    op.create_table('door_rules',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('gate', sa.String(length=80), nullable=False),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('kinds', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('entries', sa.String(length=8), nullable=False),
    sa.Column('reentry', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_door_rules_event_id_events')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_door_rules_session_id_sessions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_rules')),
    sa.UniqueConstraint('event_id', 'gate', name=op.f('uq_door_rules_event_id_gate'))
    )
    op.create_table('admissions',
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('epoch', sa.BigInteger(), nullable=False),
    sa.Column('scan_id', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gate', sa.String(length=80), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_admissions_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('ticket_id', 'event_id', 'session_id', 'epoch', name=op.f('pk_admissions'))
    )
    op.create_index('ix_admissions_at', 'admissions', ['at'], unique=False)
    op.create_index('ix_admissions_event', 'admissions', ['event_id', 'ticket_id'], unique=False)
    op.create_table('scans',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('code', sa.String(length=400), nullable=False),
    sa.Column('kind', sa.String(length=5), nullable=False),
    sa.Column('gate', sa.String(length=80), nullable=False),
    sa.Column('at_ms', sa.BigInteger(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('annuls', sa.String(length=64), nullable=True),
    sa.Column('offline', sa.Boolean(), nullable=False),
    sa.Column('green', sa.Boolean(), nullable=False),
    sa.Column('offset_ms', sa.BigInteger(), nullable=False),
    sa.Column('before_ms', sa.BigInteger(), nullable=True),
    sa.Column('after_ms', sa.BigInteger(), nullable=True),
    sa.Column('time_ms', sa.BigInteger(), nullable=False),
    sa.Column('received_ms', sa.BigInteger(), nullable=False),
    sa.Column('skewed', sa.Boolean(), nullable=False),
    sa.Column('answer', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_scans_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scans'))
    )
    op.create_index('ix_scans_exits', 'scans', ['event_id'], unique=False, sqlite_where=sa.text("kind = 'exit'"), postgresql_where=sa.text("kind = 'exit'"))
    op.create_index('ix_scans_ticket', 'scans', ['ticket_id'], unique=False)
    op.create_table('double_admissions',
    sa.Column('scan_id', sa.String(length=64), nullable=False),
    sa.Column('first_id', sa.String(length=64), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('session_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.ForeignKeyConstraint(['first_id'], ['scans.id'], name=op.f('fk_double_admissions_first_id_scans')),
    sa.ForeignKeyConstraint(['scan_id'], ['scans.id'], name=op.f('fk_double_admissions_scan_id_scans')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_double_admissions_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('scan_id', name=op.f('pk_double_admissions'))
    )
    op.create_index('ix_double_admissions_event', 'double_admissions', ['event_id'], unique=False)
    op.create_index(op.f('ix_double_admissions_ticket_id'), 'double_admissions', ['ticket_id'], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("double_admissions")
    op.drop_table("scans")
    op.drop_table("admissions")
    op.drop_table("door_rules")
    op.drop_table("devices")
    op.drop_table("quarantined_scans")

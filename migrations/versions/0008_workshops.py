"""Tables of workshops: enrolments, workshops, goals, tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('enrolments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('interpreter', sa.String(length=80), nullable=False),
    sa.Column('access', sa.String(length=200), nullable=False),
    sa.Column('food', sa.String(length=200), nullable=False),
    sa.Column('search_text', sa.String(length=460).with_variant(sa.String(length=460, collation='C'), 'postgresql'), nullable=False),
    sa.Column('link_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('show_goals', sa.Boolean(), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('line_number', sa.BigInteger(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('seats >= 1', name=op.f('ck_enrolments_seats')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_enrolments_event_id_events')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_enrolments_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolments')),
    sa.UniqueConstraint('link_hash', name=op.f('uq_enrolments_link_hash'))
    )
    op.create_index('ix_enrolments_line', 'enrolments', ['event_id', 'state', 'line_number'], unique=False)
    op.create_index('ix_enrolments_person', 'enrolments', ['person_id'], unique=False)
    op.create_index('ix_enrolments_search', 'enrolments', ['event_id', 'search_text', 'id'], unique=False)
    op.create_index('uq_enrolments_live', 'enrolments', ['event_id', 'person_id'], unique=True, sqlite_where=sa.text("state IN ('confirmed', 'waitlisted')"), postgresql_where=sa.text("state IN ('confirmed', 'waitlisted')"))
    op.create_table('workshops',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('list_version', sa.BigInteger(), nullable=False),
    sa.Column('eligibility', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint('taken BETWEEN 0 AND capacity', name=op.f('ck_workshops_taken')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_workshops_event_id_events')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_workshops'))
    )
    op.create_table('goals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('enrolment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_goals_enrolment_id_enrolments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goals')),
    sa.UniqueConstraint('enrolment_id', 'number', name=op.f('uq_goals_enrolment_id_number'))
    )
    op.create_table('tickets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('enrolment_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.String(length=128), nullable=False),
    sa.Column('short_code', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolments.id'], name=op.f('fk_tickets_enrolment_id_enrolments')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_tickets_event_id_events')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tickets')),
    sa.UniqueConstraint('event_id', 'short_code', name=op.f('uq_tickets_event_id_short_code'))
    )
    op.create_index('ix_tickets_enrolment', 'tickets', ['enrolment_id'], unique=False)
    op.create_index('uq_tickets_live', 'tickets', ['enrolment_id'], unique=True, sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'"))


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("tickets")
    op.drop_table("goals")
    op.drop_table("workshops")
    op.drop_table("enrolments")

"""Tables of advisory: advisory_tasks, requisitions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('advisory_tasks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('asked_by', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=500), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('main_area_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('logged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_advisory_tasks_time_spent')),
    sa.ForeignKeyConstraint(['main_area_id'], ['main_areas.id'], name=op.f('fk_advisory_tasks_main_area_id_main_areas')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_advisory_tasks_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_advisory_tasks_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisory_tasks'))
    )
    op.create_index(op.f('ix_advisory_tasks_closed_at'), 'advisory_tasks', ['closed_at'], unique=False)
    op.create_index('ix_advisory_tasks_person_id', 'advisory_tasks', ['person_id'], unique=False)
    op.create_table('requisitions',
    sa.Column('task_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_requisitions_event_id_events')),
    sa.ForeignKeyConstraint(['task_id'], ['advisory_tasks.id'], name=op.f('fk_requisitions_task_id_advisory_tasks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('task_id', name=op.f('pk_requisitions'))
    )
    op.create_index(op.f('ix_requisitions_event_id'), 'requisitions', ['event_id'], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("requisitions")
    op.drop_table("advisory_tasks")

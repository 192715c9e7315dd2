"""Tables of applications: applications, application_messages, application_reviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('applications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('power_amp', sa.Integer(), nullable=True),
    sa.Column('phases', sa.Integer(), nullable=False),
    sa.Column('water', sa.Boolean(), nullable=False),
    sa.Column('gas', sa.Boolean(), nullable=False),
    sa.Column('frontage_cm', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('draft', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('prepared', sa.String(length=12), nullable=True),
    sa.Column('prepared_reason', sa.String(length=1000), nullable=False),
    sa.Column('prepared_by', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('needs_look', sa.Boolean(), nullable=False),
    sa.Column('seen', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('seen_name', sa.String(length=120), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('on_behalf_by', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waitlisted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirm_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state_before', sa.String(length=12), nullable=True),
    sa.Column('release_letters', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_applications_event_id_events')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_applications_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications'))
    )
    op.create_index('ix_applications_event_role', 'applications', ['event_id', 'role', 'state'], unique=False)
    op.create_index('uq_applications_live', 'applications', ['organisation_id', 'event_id', 'role'], unique=True, sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"), postgresql_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"))
    op.create_table('application_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('application_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('from_team', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('body', sa.String(length=4000), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_application_messages_application_id_applications')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_application_messages_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_messages'))
    )
    op.create_index('ix_application_messages_application', 'application_messages', ['application_id'], unique=False)
    op.create_table('application_reviews',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('application_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('staff_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('comment', sa.String(length=2000), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_application_reviews_application_id_applications')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_application_reviews_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_reviews')),
    sa.UniqueConstraint('application_id', 'staff_id', name=op.f('uq_application_reviews_application_id_staff_id'))
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("application_reviews")
    op.drop_table("application_messages")
    op.drop_table("applications")

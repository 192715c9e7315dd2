"""Tables of programme: engagements, main_areas, projects, publications, allocations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('engagements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_engagements_starts_before_it_ends')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engagements'))
    )
    op.create_table('main_areas',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('activities', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_main_areas')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_main_areas_year_number'))
    )
    op.create_table('projects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('handed_to', sa.String(length=200), nullable=False),
    sa.Column('note', sa.JSON(none_as_null=True), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_projects_starts_before_it_ends')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_projects'))
    )
    op.create_table('publications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('note', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications'))
    )
    op.create_index(op.f('ix_publications_year'), 'publications', ['year'], unique=False)
    op.create_table('allocations',
    sa.Column('main_area_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('hundredths', sa.Integer(), nullable=False),
    sa.CheckConstraint('hundredths > 0', name=op.f('ck_allocations_some_time')),
    sa.ForeignKeyConstraint(['main_area_id'], ['main_areas.id'], name=op.f('fk_allocations_main_area_id_main_areas'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('main_area_id', name=op.f('pk_allocations'))
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("allocations")
    op.drop_table("publications")
    op.drop_table("projects")
    op.drop_table("main_areas")
    op.drop_table("engagements")

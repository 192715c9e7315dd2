"""Tables of questions: questionnaires, questionnaire_versions, answer_sheets, answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table('questionnaires',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaires')),
    sa.UniqueConstraint('key', name=op.f('uq_questionnaires_key'))
    )
    op.create_table('questionnaire_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('questionnaire_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('checksum', sa.String(length=64), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaires.id'], name=op.f('fk_questionnaire_versions_questionnaire_id_questionnaires')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_versions')),
    sa.UniqueConstraint('questionnaire_id', 'number', name=op.f('uq_questionnaire_versions_questionnaire_id_number'))
    )
    op.create_table('answer_sheets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['version_id'], ['questionnaire_versions.id'], name=op.f('fk_answer_sheets_version_id_questionnaire_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_sheets'))
    )
    op.create_index(op.f('ix_answer_sheets_version_id'), 'answer_sheets', ['version_id'], unique=False)
    op.create_table('answers',
    sa.Column('sheet_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('item', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('number', sa.Float(precision=53), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.CheckConstraint("(state = 'answered') = (number IS NOT NULL OR text IS NOT NULL)", name=op.f('ck_answers_value_if_answered')),
    sa.CheckConstraint('number IS NULL OR text IS NULL', name=op.f('ck_answers_one_value')),
    sa.ForeignKeyConstraint(['sheet_id'], ['answer_sheets.id'], name=op.f('fk_answers_sheet_id_answer_sheets'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sheet_id', 'code', 'item', name=op.f('pk_answers'))
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("answers")
    op.drop_table("answer_sheets")
    op.drop_table("questionnaire_versions")
    op.drop_table("questionnaires")

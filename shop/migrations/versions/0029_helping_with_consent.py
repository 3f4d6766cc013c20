"""helping with consent."""

import sqlalchemy as sa
from alembic import op

from cooperatives.helping import triggers as helping_triggers
from products.review import triggers as review_triggers


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programmes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programmes')),
    sa.UniqueConstraint('code', name=op.f('uq_programmes_code')),
    sa.UniqueConstraint('name', name=op.f('uq_programmes_name'))
    )
    op.create_table('teams',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teams')),
    sa.UniqueConstraint('code', name=op.f('uq_teams_code')),
    sa.UniqueConstraint('name', name=op.f('uq_teams_name'))
    )
    op.create_table('team_members',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_to', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_team_members_ends_after_start')),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_team_members_added_by_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_members_team_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_team_members_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_members')),
    sa.UniqueConstraint('code', name=op.f('uq_team_members_code'))
    )
    with op.batch_alter_table('team_members', schema=None) as batch_op:
        batch_op.create_index('ix_team_members_user_id', ['user_id'], unique=False)
        batch_op.create_index('uq_team_members_current', ['team_id', 'user_id'], unique=True, sqlite_where=sa.text('valid_to IS NULL'), postgresql_where=sa.text('valid_to IS NULL'))

    op.create_table('team_programmes',
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_team_programmes_programme_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_programmes_team_id')),
    sa.PrimaryKeyConstraint('team_id', 'programme_id', name=op.f('pk_team_programmes'))
    )
    op.create_table('team_communes',
    sa.Column('team_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('commune_code', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['communes.code'], name=op.f('fk_team_communes_commune_code')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_team_communes_team_id')),
    sa.PrimaryKeyConstraint('team_id', 'commune_code', name=op.f('pk_team_communes'))
    )
    op.create_table('consent_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('helper_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('asked_of_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('months', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('tries', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('goods', sa.Boolean(), nullable=False),
    sa.Column('orders', sa.Boolean(), nullable=False),
    sa.Column('replies', sa.Boolean(), nullable=False),
    sa.CheckConstraint('goods OR orders OR replies', name=op.f('ck_consent_requests_asks_something')),
    sa.CheckConstraint('helper_id <> asked_of_id', name=op.f('ck_consent_requests_asks_another')),
    sa.ForeignKeyConstraint(['asked_of_id'], ['users.id'], name=op.f('fk_consent_requests_asked_of_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_consent_requests_cooperative_id')),
    sa.ForeignKeyConstraint(['helper_id'], ['users.id'], name=op.f('fk_consent_requests_helper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_requests')),
    sa.UniqueConstraint('code', name=op.f('uq_consent_requests_code'))
    )
    with op.batch_alter_table('consent_requests', schema=None) as batch_op:
        batch_op.create_index('ix_consent_requests_cooperative_id', ['cooperative_id'], unique=False)
        batch_op.create_index('ix_consent_requests_helper_id', ['helper_id'], unique=False)

    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('helper_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('given_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('way', sa.Enum('code', 'recording', name='way', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('end_reason', sa.Enum('household', 'helper', 'renewed', name='endreason', native_enum=False, create_constraint=True, length=20), nullable=True),
    sa.Column('goods', sa.Boolean(), nullable=False),
    sa.Column('orders', sa.Boolean(), nullable=False),
    sa.Column('replies', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(ended_at IS NULL) = (end_reason IS NULL)', name=op.f('ck_consents_ends_for_a_reason')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f('ck_consents_ended_by_somebody')),
    sa.CheckConstraint('goods OR orders OR replies', name=op.f('ck_consents_agrees_to_something')),
    sa.CheckConstraint('helper_id <> given_by_id', name=op.f('ck_consents_given_by_another')),
    sa.CheckConstraint('valid_until > agreed_at', name=op.f('ck_consents_ends_after_start')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_consents_cooperative_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_consents_ended_by_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['users.id'], name=op.f('fk_consents_given_by_id')),
    sa.ForeignKeyConstraint(['helper_id'], ['users.id'], name=op.f('fk_consents_helper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    sa.UniqueConstraint('code', name=op.f('uq_consents_code'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index('ix_consents_helper_id_given_by_id', ['helper_id', 'given_by_id'], unique=False)
        batch_op.create_index('uq_consents_standing', ['cooperative_id', 'helper_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entries_on_behalf_of_id', ['on_behalf_of_id'], unique=False, sqlite_where=sa.text('on_behalf_of_id IS NOT NULL'), postgresql_where=sa.text('on_behalf_of_id IS NOT NULL'))

    with op.batch_alter_table('user_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('consent_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_user_sessions_consent_id'), 'consents', ['consent_id'], ['id'])

    helping_triggers.create(op.get_bind())
    review_triggers.create(op.get_bind())

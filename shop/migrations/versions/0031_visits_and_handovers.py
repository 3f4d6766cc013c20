"""Field visits, and phones and SIM cards given or lent."""

import sqlalchemy as sa
from alembic import op


revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('field_visits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('visitor_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('done', sa.Text(), nullable=False),
    sa.Column('needed', sa.Text(), nullable=False),
    sa.Column('north', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('east', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(north IS NULL) = (east IS NULL)', name=op.f('ck_field_visits_place_is_whole')),
    sa.CheckConstraint('north BETWEEN -9000 AND 9000 AND east BETWEEN -18000 AND 18000', name=op.f('ck_field_visits_place_is_on_earth')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_field_visits_cooperative_id')),
    sa.ForeignKeyConstraint(['visitor_id'], ['users.id'], name=op.f('fk_field_visits_visitor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_visits')),
    sa.UniqueConstraint('code', name=op.f('uq_field_visits_code'))
    )
    with op.batch_alter_table('field_visits', schema=None) as batch_op:
        batch_op.create_index('ix_field_visits_cooperative_id_visited_on', ['cooperative_id', 'visited_on'], unique=False)

    op.create_table('handovers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('programme_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('thing', sa.Enum('phone', 'sim', name='thing', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('terms', sa.Enum('given', 'lent', name='terms', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('handed_on', sa.Date(), nullable=False),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("returned_on IS NULL OR terms = 'lent'", name=op.f('ck_handovers_gifts_stay')),
    sa.CheckConstraint('returned_on IS NULL OR returned_on >= handed_on', name=op.f('ck_handovers_returned_after_handed')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_handovers_cooperative_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_handovers_programme_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_handovers_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers')),
    sa.UniqueConstraint('code', name=op.f('uq_handovers_code'))
    )
    with op.batch_alter_table('handovers', schema=None) as batch_op:
        batch_op.create_index('ix_handovers_cooperative_id', ['cooperative_id'], unique=False)

    op.create_table('visit_photos',
    sa.Column('visit_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('width', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('height', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['field_visits.id'], name=op.f('fk_visit_photos_visit_id')),
    sa.PrimaryKeyConstraint('visit_id', 'position', name=op.f('pk_visit_photos'))
    )
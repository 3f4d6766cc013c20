"""certificates."""

import sqlalchemy as sa
from alembic import op

from cooperatives.certificates import triggers


revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('cooperative_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('grade', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('whole_seller', sa.Boolean(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('state', sa.Enum('submitted', 'verified', 'returned', 'replaced', 'withdrawn', 'taken_back', name='certificatestate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('told_days', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_on >= issued_on', name=op.f('ck_certificates_ends_after_it_begins')),
    sa.CheckConstraint('grade BETWEEN 1 AND 5', name=op.f('ck_certificates_stars')),
    sa.CheckConstraint('replaces_id <> id', name=op.f('ck_certificates_replaces_another')),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_certificates_added_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_certificates_cooperative_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['certificates.id'], name=op.f('fk_certificates_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificates')),
    sa.UniqueConstraint('code', name=op.f('uq_certificates_code'))
    )
    with op.batch_alter_table('certificates', schema=None) as batch_op:
        batch_op.create_index('ix_certificates_cooperative_id', ['cooperative_id', 'state'], unique=False)
        batch_op.create_index('ix_certificates_digest', ['digest'], unique=False)
        batch_op.create_index('ix_certificates_number', ['number'], unique=False)
        batch_op.create_index('ix_certificates_state', ['state', 'expires_on'], unique=False)
        batch_op.create_index('uq_certificates_open_renewal', ['replaces_id'], unique=True, sqlite_where=sa.text("state IN ('submitted', 'returned')"), postgresql_where=sa.text("state IN ('submitted', 'returned')"))

    op.create_table('certificate_decisions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('verdict', sa.Enum('verify', 'return', 'withdraw', 'goods', name='certificateverdict', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("verdict NOT IN ('return', 'withdraw') OR note <> ''", name=op.f('ck_certificate_decisions_refusal_has_a_note')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_decisions_certificate_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_certificate_decisions_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_decisions')),
    sa.UniqueConstraint('id', 'certificate_id', name=op.f('uq_certificate_decisions_id_certificate_id'))
    )
    with op.batch_alter_table('certificate_decisions', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_decisions_certificate_id', ['certificate_id'], unique=False)
        batch_op.create_index('uq_certificate_decisions_once', ['certificate_id'], unique=True, sqlite_where=sa.text("verdict IN ('verify', 'return')"), postgresql_where=sa.text("verdict IN ('verify', 'return')"))

    op.create_table('certificate_products',
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_certificate_products_added_by_id')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificates.id'], name=op.f('fk_certificate_products_certificate_id')),
    sa.ForeignKeyConstraint(['decision_id', 'certificate_id'], ['certificate_decisions.id', 'certificate_decisions.certificate_id'], name=op.f('fk_certificate_products_decision_id_certificate_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_certificate_products_product_id')),
    sa.PrimaryKeyConstraint('certificate_id', 'product_id', name=op.f('pk_certificate_products'))
    )
    with op.batch_alter_table('certificate_products', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_products_product_id', ['product_id'], unique=False)

    triggers.create(op.get_bind())

"""approval rules: small changes of trusted sellers, approved without a person."""

import sqlalchemy as sa
from alembic import op

from products.automatic import triggers as rule_triggers
from products.queue import triggers as queue_triggers
from products.review import triggers as review_triggers

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHY = ('undone', 'taken_back', 'suspended', 'not_yours', 'failed', 'rule_ended')
STANDS = sa.text("ended_at IS NULL")
BY_RULE = sa.text("rule_id IS NOT NULL")
WITHDRAWN = sa.text("withdrawn_at IS NOT NULL")
LIMITS = {
    'approvals': (1, 1000),
    'days': (0, 3650),
    'recent': (5, 100),
    'returned_percent': (0, 50),
    'quiet_days': (0, 365),
    'per_day': (1, 100),
}


def upgrade() -> None:
    op.create_table('approval_rules',
    sa.Column('id', BIG, nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('communes', sa.JSON(), nullable=False),
    *(sa.Column(name, BIG, nullable=False) for name in LIMITS),
    sa.Column('made_by_id', BIG, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by_id', BIG, nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    *(sa.CheckConstraint(f'{name} BETWEEN {low} AND {high}', name=op.f(f'ck_approval_rules_{name}')) for name, (low, high) in LIMITS.items()),
    sa.CheckConstraint("name <> ''", name=op.f('ck_approval_rules_has_a_name')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f('ck_approval_rules_somebody_ends_it')),
    sa.CheckConstraint('ended_at >= made_at', name=op.f('ck_approval_rules_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_approval_rules_ended_by_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_approval_rules_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_rules')),
    sa.UniqueConstraint('code', name=op.f('uq_approval_rules_code'))
    )
    with op.batch_alter_table('approval_rules', schema=None) as batch_op:
        batch_op.create_index('uq_approval_rules_name', ['name'], unique=True, sqlite_where=STANDS, postgresql_where=STANDS)

    op.create_table('automatic_looks',
    sa.Column('revision_id', BIG, nullable=False),
    sa.Column('number', BIG, nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rule_id', BIG, nullable=True),
    sa.Column('sampled', sa.Boolean(), nullable=True),
    sa.CheckConstraint('(rule_id IS NULL) = (sampled IS NULL)', name=op.f('ck_automatic_looks_drawn_for_a_rule')),
    sa.ForeignKeyConstraint(['revision_id'], ['product_revisions.id'], name=op.f('fk_automatic_looks_revision_id')),
    sa.ForeignKeyConstraint(['rule_id'], ['approval_rules.id'], name=op.f('fk_automatic_looks_rule_id')),
    sa.PrimaryKeyConstraint('revision_id', 'number', name=op.f('pk_automatic_looks'))
    )
    with op.batch_alter_table('automatic_looks', schema=None) as batch_op:
        batch_op.create_index('ix_automatic_looks_rule_id', ['rule_id', 'sampled'], unique=False)

    review_triggers.drop(op.get_bind())
    queue_triggers.drop(op.get_bind())
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.alter_column('officer_id', existing_type=BIG, nullable=True)
        batch_op.add_column(sa.Column('rule_id', BIG, nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_decisions_rule_id'), 'approval_rules', ['rule_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_decisions_undone_by_its_officer'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_decisions_undone_by_its_officer'), "rule_id IS NOT NULL OR withdrawn_by_id = officer_id")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_by_an_officer_or_a_rule'), "(officer_id IS NULL) <> (rule_id IS NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_rules_only_approve'), "rule_id IS NULL OR verdict = 'approve'")
        batch_op.drop_constraint(batch_op.f('ck_decisions_withdrawal'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_decisions_withdrawal'), sa.column('withdrawn_why').in_(WHY))
        batch_op.create_index('uq_decisions_by_rule', ['revision_id', 'number'], unique=True, sqlite_where=BY_RULE, postgresql_where=BY_RULE)
        batch_op.create_index('ix_decisions_rule_id', ['rule_id', 'decided_at'], unique=False, sqlite_where=BY_RULE, postgresql_where=BY_RULE)
        batch_op.create_index('ix_decisions_withdrawn', ['revision_id', 'number'], unique=False, sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN)
    review_triggers.create(op.get_bind())
    queue_triggers.create(op.get_bind())
    rule_triggers.create(op.get_bind())

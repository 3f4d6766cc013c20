"""Orders that change before packing: what is asked, what they are adjusted by, a kind of booking more."""

import re

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers


revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

NEW = "less sales buyers"


def upgrade() -> None:
    op.create_table('order_changes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('kind', sa.Enum('short', name='changekind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'agreed', 'declined', 'lapsed', 'withdrawn', name='changestate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('delta', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('paid', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('gone', sa.Boolean(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.Text(), nullable=False),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'proposed') = (ended_at IS NULL)", name=op.f('ck_order_changes_ended_when')),
    sa.CheckConstraint("delta <= 0", name=op.f('ck_order_changes_never_more')),
    sa.CheckConstraint("delta = 0 OR state IN ('agreed', 'declined', 'lapsed')", name=op.f('ck_order_changes_settled_by_its_end')),
    sa.CheckConstraint("state <> 'proposed' OR until IS NOT NULL", name=op.f('ck_order_changes_asked_until')),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_order_changes_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_order_changes_ended_by_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_changes_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_changes')),
    sa.UniqueConstraint('code', name=op.f('uq_order_changes_code')),
    sa.UniqueConstraint('order_id', 'number', name=op.f('uq_order_changes_order_id_number'))
    )
    with op.batch_alter_table('order_changes', schema=None) as batch_op:
        batch_op.create_index('ix_order_changes_until', ['until'], unique=False, postgresql_where=sa.text("state = 'proposed'"), sqlite_where=sa.text("state = 'proposed'"))
        batch_op.create_index('uq_order_changes_open', ['order_id'], unique=True, postgresql_where=sa.text("state = 'proposed'"), sqlite_where=sa.text("state = 'proposed'"))

    op.create_table('order_change_lines',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('change_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('line_id', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('before', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('after', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column('packs', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    sa.CheckConstraint('after BETWEEN 0 AND before - 1', name=op.f('ck_order_change_lines_fewer_than_before')),
    sa.CheckConstraint('packs BETWEEN 0 AND before', name=op.f('ck_order_change_lines_settled_within')),
    sa.ForeignKeyConstraint(['change_id'], ['order_changes.id'], name=op.f('fk_order_change_lines_change_id')),
    sa.ForeignKeyConstraint(['line_id'], ['order_lines.id'], name=op.f('fk_order_change_lines_line_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_change_lines')),
    sa.UniqueConstraint('change_id', 'line_id', name=op.f('uq_order_change_lines_change_id_line_id'))
    )
    with op.batch_alter_table('order_change_lines', schema=None) as batch_op:
        batch_op.create_index('ix_order_change_lines_line_id', ['line_id'], unique=False)

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('adjusted', sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('asking', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_orders_asked_before_packing'), "NOT asking OR state = 'accepted'")
        batch_op.create_check_constraint(batch_op.f('ck_orders_due_not_negative'), 'total + adjusted >= 0')

    bookings = [*known(op.get_bind()), NEW]
    kinds = ", ".join(f"'{one.split()[0]}'" for one in bookings)
    allowed = ", ".join(f"'{one}'" for one in bookings)
    triggers.drop(op.get_bind())
    with op.batch_alter_table("ledger_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(op.f("ck_ledger_entries_kind"), f"kind IN ({kinds})")
        batch_op.create_check_constraint(
            op.f("ck_ledger_entries_between_its_accounts"), f"kind || ' ' || debit || ' ' || credit IN ({allowed})"
        )
    triggers.create(op.get_bind())


def known(connection: sa.Connection) -> list[str]:
    """The bookings there may be before this, each as kind, debit and credit."""
    checks = sa.inspect(connection).get_check_constraints("ledger_entries")
    text = next(one["sqltext"] for one in checks if one["name"] == "ck_ledger_entries_between_its_accounts")
    return re.findall(r"'(\w+ \w+ \w+)'", text)

"""Goods by the scales: what a pack is estimated at, what was weighed, a kind of booking more."""

import sqlalchemy as sa
from alembic import op

from shop.ledger import triggers
from shop.ledger.models import BETWEEN


revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("order_change_lines", schema=None) as batch_op:
        for name in ("grams", "about_grams", "within", "worth"):
            batch_op.add_column(sa.Column(name, number, nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_order_change_lines_fewer_than_before"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_order_change_lines_after_not_negative"), "after >= 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_fewer_or_weighed"),
            "before > after OR (before = after AND grams IS NOT NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_sensible_weight"),
            "within IN (5, 10, 15) AND about_grams > 0 AND worth > 0",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_weighed_whole"),
            "(grams IS NULL) = (about_grams IS NULL) AND (grams IS NULL) = (within IS NULL) AND "
            "(grams IS NULL) = (worth IS NULL)",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_change_lines_within_the_tolerance"),
            "abs(grams - about_grams) * 100 <= within * about_grams",
        )

    with op.batch_alter_table("order_changes", schema=None) as batch_op:
        weighed = sa.text("kind = 'weighed'")
        batch_op.create_index(
            "uq_order_changes_weighed", ["order_id"], unique=True, postgresql_where=weighed, sqlite_where=weighed
        )
        batch_op.drop_constraint(batch_op.f("ck_order_changes_never_more"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_order_changes_changekind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_order_changes_changekind"), "kind IN ('short', 'weighed')")
        batch_op.create_check_constraint(
            batch_op.f("ck_order_changes_more_only_weighed_in_cash"), "delta <= 0 OR (kind = 'weighed' AND NOT paid)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_changes_weighed_once_and_settled"), "kind <> 'weighed' OR state = 'agreed'"
        )

    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_grams", number, nullable=True))
        batch_op.add_column(sa.Column("weighed_within", number, nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_order_lines_sensible_tolerance"), "about_grams > 0 AND weighed_within IN (5, 10, 15)"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_order_lines_weighed_from_an_estimate"), "(about_grams IS NULL) = (weighed_within IS NULL)"
        )

    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("to_weigh", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(
            batch_op.f("ck_orders_weighed_before_packing"), "NOT to_weigh OR state IN ('placed', 'accepted', 'cancelled')"
        )

    _revisions()
    _ledger()


def _revisions() -> None:
    """Add a column with its check at once, so that SQLite does not rebuild a table on which triggers stand."""
    kind = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE product_revisions ADD COLUMN weighed_within {kind} "
        "CONSTRAINT ck_product_revisions_sensible_tolerance CHECK (weighed_within IN (5, 10, 15))"
    )


def _ledger() -> None:
    triggers.drop(op.get_bind())
    kinds = ", ".join(f"'{kind}'" for kind in BETWEEN)
    allowed = ", ".join(f"'{kind} {debit} {credit}'" for kind, (debit, credit) in BETWEEN.items())
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_ledger_entries_kind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_ledger_entries_between_its_accounts"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_ledger_entries_kind"), f"kind IN ({kinds})")
        batch_op.create_check_constraint(
            batch_op.f("ck_ledger_entries_between_its_accounts"),
            f"kind || ' ' || debit || ' ' || credit IN ({allowed})",
        )
    triggers.create(op.get_bind())

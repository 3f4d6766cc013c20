"""What buyer and seller write to each other about an order."""

import sqlalchemy as sa
from alembic import op

from shop.orders.talks import triggers

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "order_messages",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column(
            "side",
            sa.Enum("buyer", "seller", name="side", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("author_id", BIG, nullable=True),
        sa.Column("on_behalf_of_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("press", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "side = 'buyer' OR author_id IS NOT NULL", name=op.f("ck_order_messages_a_seller_has_a_name")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_order_messages_says_something")),
        sa.CheckConstraint("length(text) <= 1000", name=op.f("ck_order_messages_short_enough")),
        sa.CheckConstraint("on_behalf_of_id <> author_id", name=op.f("ck_order_messages_for_another")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_order_messages_author_id")),
        sa.ForeignKeyConstraint(["on_behalf_of_id"], ["users.id"], name=op.f("fk_order_messages_on_behalf_of_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_messages_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_messages")),
        sa.UniqueConstraint("order_id", "press", name=op.f("uq_order_messages_order_id_press")),
    )
    op.create_index("ix_order_messages_order_id_id", "order_messages", ["order_id", "id"], unique=False)

    op.create_table(
        "order_talks",
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("buyer_wrote_id", BIG, nullable=False),
        sa.Column("seller_wrote_id", BIG, nullable=False),
        sa.Column("buyer_seen_id", BIG, nullable=False),
        sa.Column("seller_seen_id", BIG, nullable=False),
        sa.Column("buyer_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seller_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("buyer_seen_id <= seller_wrote_id", name=op.f("ck_order_talks_buyer_saw_what_was_written")),
        sa.CheckConstraint("seller_seen_id <= buyer_wrote_id", name=op.f("ck_order_talks_seller_saw_what_was_written")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_talks_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_talks")),
    )
    op.create_index(
        "ix_order_talks_unread",
        "order_talks",
        ["order_id"],
        unique=False,
        postgresql_where=sa.text("buyer_wrote_id > seller_seen_id"),
        sqlite_where=sa.text("buyer_wrote_id > seller_seen_id"),
    )
    triggers.create(op.get_bind())

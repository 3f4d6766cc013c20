"""How goods are sent stands beside what the search knows of them, so that a list can be narrowed to a place."""

import sqlalchemy as sa
from alembic import op

from shop.storefront import watched

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("search_entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent_as", sa.Text(), server_default="", nullable=False))
        grams = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
        batch_op.add_column(sa.Column("parcel_grams", grams, server_default="0", nullable=False))
        batch_op.create_index(
            "ix_search_entries_narrowed",
            ["category", "cooperative_id", "commune_code", "season_months", "sent_as", "parcel_grams"],
            unique=False,
        )
    # No seller has this version: the sweep writes the entries of all of them anew within a minute.
    op.execute("UPDATE search_sellers SET version = 0")
    watched.create(op.get_bind())

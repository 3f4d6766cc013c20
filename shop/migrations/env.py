"""Alembic's door: runs on the connection that shop.core.migrate hands over."""

from typing import Any

from alembic import context

from shop.core.migrate import include


def _plain_types(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our column types as the plain ones they rest on, so that old migrations never import the program."""
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and "sqlite" in getattr(item, "_variant_mapping", {}):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    include_object=include,
    render_item=_plain_types,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()

"""Alembic's door: runs on the connection that shop.core.migrate hands over."""

from typing import Any

from alembic import context
from alembic.operations import ops
from sqlalchemy import CheckConstraint, inspect

from shop.core.migrate import include


def _plain_types(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our column types as the plain ones they rest on, so that old migrations never import the program."""
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and "sqlite" in getattr(item, "_variant_mapping", {}):
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    return False


def _with_checks(migration: Any, _revision: Any, directives: list[Any]) -> None:
    """Add the CHECKs that tables of old gained: Alembic itself compares none."""
    look, written = inspect(migration.connection), directives[0].upgrade_ops.ops
    for table in migration.opts["target_metadata"].sorted_tables:
        if not look.has_table(table.name):
            continue  # a new table is written with its checks
        known = {rule["name"] for rule in look.get_check_constraints(table.name)}
        rules = [rule for rule in table.constraints if isinstance(rule, CheckConstraint) and rule.name not in known]
        new = [ops.CreateCheckConstraintOp(rule.name, table.name, rule.sqltext) for rule in rules]
        if new:
            own = [one for one in written if isinstance(one, ops.ModifyTableOps) and one.table_name == table.name]
            if not own:
                own = [ops.ModifyTableOps(table.name, [])]
                written.extend(own)
            own[0].ops.extend(sorted(new, key=lambda rule: rule.constraint_name))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    include_object=include,
    render_item=_plain_types,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
    process_revision_directives=_with_checks,
)
context.run_migrations()

"""flask db: the tables and the reference data."""

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import Connection

from cooperatives.certificates import triggers as certificate_triggers
from cooperatives.helping import triggers as helping_triggers
from products.automatic import triggers as rule_triggers
from products.queue import triggers as queue_triggers
from products.review import triggers as review_triggers
from products.search import indexes
from products.seconds import kinds
from products.seconds import triggers as seconds_triggers
from shop.audit import triggers
from shop.core import migrate, schema
from shop.core.db import db, writing
from shop.ledger import triggers as ledger_triggers
from shop.orders.talks import triggers as talk_triggers
from shop.places import services as places
from shop.storefront import watched

command = AppGroup("db", help="Tables and reference data.")


def bring_up() -> None:
    """Migrate the app's database to the newest number; refresh the communes and the kinds that need two officers."""
    migrate.upgrade(db.engine, db.metadata)
    with writing() as session:
        places.load(session)
        kinds.load(session)


@command.command("upgrade")
def upgrade() -> None:
    """Bring the tables and the reference data up to date; safe to run again."""
    bring_up()
    with db.engine.connect() as connection:
        click.echo(f"The database is at {migrate.present(connection)}.")


@command.command("revise")
@click.argument("message")
def revise(message: str) -> None:
    """Write the next numbered migration from the models; read it before you commit it."""
    number = f"{int(migrate.newest() or 0) + 1:04d}"
    with db.engine.connect() as connection:
        migrate.write(connection, db.metadata, number, message)
    click.echo(f"Wrote migration {number}.")


@command.command("check")
def check() -> None:
    """Fail when the migrations do not make the tables, checks, indexes and triggers that the models describe."""
    problems = schema.compare(db.engine, db.metadata, extras)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo("Models and migrations agree.")


def extras(connection: Connection) -> None:
    """Make what no model describes: triggers and the full-text index."""
    triggers.create(connection)
    ledger_triggers.create(connection)
    talk_triggers.create(connection)
    helping_triggers.create(connection)
    review_triggers.create(connection)
    queue_triggers.create(connection)
    rule_triggers.create(connection)
    seconds_triggers.create(connection)
    certificate_triggers.create(connection)
    watched.create(connection)
    indexes.create(connection)


def without_extras(connection: Connection) -> None:
    """Drop them, so that a migration may rebuild the tables they name; `extras` makes them again afterwards."""
    triggers.drop(connection)
    ledger_triggers.drop(connection)
    talk_triggers.drop(connection)
    helping_triggers.drop(connection)
    review_triggers.drop(connection)
    queue_triggers.drop(connection)
    rule_triggers.drop(connection)
    seconds_triggers.drop(connection)
    certificate_triggers.drop(connection)
    watched.drop(connection)
    indexes.drop(connection)

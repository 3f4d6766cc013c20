"""flask verify: recount what must hold; every room brings its checks."""

import sys

import click
from flask.cli import with_appcontext

from shop.cli.rooms import checks
from shop.core.db import db


def violations() -> list[str]:
    """Run every check and return the violations found, each with the check's name."""
    found = []
    for name, check in checks():
        found += [f"{name}: {sentence}" for sentence in check()]
        db.session.rollback()
    return found


@click.command("verify")
@with_appcontext
def command() -> None:
    """Recount stock, money, states and the audit; fail when anything does not add up."""
    found = violations()
    for sentence in found:
        click.echo(sentence, err=True)
    click.echo(f"verify: {len(checks())} checks, {len(found)} violations")
    if found:
        sys.exit(1)

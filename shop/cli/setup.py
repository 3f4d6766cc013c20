"""flask setup: a real market, empty, with its first admin by a one-time link."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import click
from flask.cli import with_appcontext

from shop.accounts import services
from shop.cli.settings_file import ensure_keys, settings_path, write
from shop.config import ROOT, BadSettings, Settings, read_settings_file
from shop.core.db import db, writing
from shop.places import queries as places


@click.command("setup")
@click.option("--home-province", prompt="Code of the home province (Lai Châu is 12)", default="12")
@click.option("--market-name", prompt="Name of the market", default="Chợ Phiên")
@click.option("--code-prefix", prompt="Letters before order codes", default="LC")
@click.option("--operator", prompt="Who runs it (shown on every page)")
@click.option("--hotline", prompt="Telephone for help")
@click.option("--origin", prompt="Address of the site, https://…")
@click.option("--database-url", default="", help="postgresql+psycopg://… ; empty: SQLite in instance/.")
@click.option("--link-only", is_flag=True, hidden=True)
@with_appcontext
def command(link_only: bool, **answers: str) -> None:
    """Write the settings file with new keys, make the tables, print the first admin's link."""
    if link_only:
        _print_link(answers["home_province"])
        return
    path = settings_path()
    given = {name.upper(): value.strip() for name, value in answers.items() if value.strip()}
    values = read_settings_file(path) | given
    secure = urlsplit(values["ORIGIN"]).scheme == "https"
    values["ENVIRONMENT"] = "production" if secure else values.get("ENVIRONMENT", "development")
    write(path, values)
    ensure_keys(path)
    try:
        Settings.from_env(read_settings_file(path))
    except BadSettings as problem:
        raise click.ClickException(f"{problem}. Mend {path}, or run the command again.") from problem
    _in_new_process("db", "upgrade")
    again = [part for name in answers for part in (f"--{name.replace('_', '-')}", answers[name])]
    _in_new_process("setup", *again, "--link-only")
    click.echo(f"The settings are in {path}. Start the market as docs/install.md says.")


def _in_new_process(*command: str) -> None:
    """Run a command under the settings just written: this process still has the old ones."""
    done = subprocess.run(  # noqa: S603 - our own command
        (sys.executable, "-m", "flask", "--app", "wsgi", *command), env=dict(os.environ), cwd=ROOT, check=False
    )
    if done.returncode:
        raise click.ClickException(f"'flask {command[0]}' did not succeed; its words are above.")


def _print_link(home_province: str) -> None:
    province = places.province(home_province)
    if province is None:
        raise click.ClickException(f"There is no province with the code {home_province}.")
    name = province.name
    with writing():
        link = services.first_admin_link()
    db.session.remove()
    click.echo(f"\nHome province: {name}. The first admin signs up here, once, within 24 hours:\n\n  {link}\n")

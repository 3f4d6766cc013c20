"""flask assets: the static tree, joined, compressed and named by its digest."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from shop.config import ROOT
from shop.core import assets

command = AppGroup("assets", help="Static files.")


@command.command("build")
def build() -> None:
    """Build the static tree once, at install."""
    digest = assets.build(ROOT / "static", Path(current_app.extensions["settings"].static_build))
    click.echo(f"Static files are ready under /static/{digest}/.")

"""Commands for operators; the doors that are not HTTP."""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

COMMANDS = {
    "db": "db",
    "work": "work",
    "verify": "verify",
    "demo": "demo.command",
    "sandbox": "sandbox",
    "setup": "setup",
    "backup": "backup",
    "restore": "restore",
    "start": "start",
    "assets": "assets_command",
    "doctor": "doctor",
}


class Commands(AppGroup):
    """Every command of `flask`, imported when somebody types it: a web worker types none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, or None."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(f"shop.cli.{COMMANDS[cmd_name]}").command
        return found


def register(app: Flask) -> None:
    """Add every command to `flask`."""
    app.cli = Commands(app.name)

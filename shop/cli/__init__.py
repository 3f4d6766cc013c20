"""Commands for operators; the doors that are not HTTP."""

from importlib import import_module

from flask import Flask

COMMANDS = (
    "db",
    "work",
    "verify",
    "demo.command",
    "sandbox",
    "setup",
    "backup",
    "restore",
    "start",
    "assets_command",
    "doctor",
)


def register(app: Flask) -> None:
    """Add every command to `flask`."""
    for name in COMMANDS:
        app.cli.add_command(import_module(f"shop.cli.{name}").command)

"""What every page of the sandbox works with."""

from dataclasses import dataclass

from flask import current_app

from shop.sandbox.settings import SandboxSettings
from shop.sandbox.state import State
from shop.sandbox.webhooks import Dispatcher


@dataclass(frozen=True)
class Sandbox:
    """The memory, the settings and the sender of webhooks of one sandbox."""

    state: State
    settings: SandboxSettings
    dispatcher: Dispatcher


def sandbox() -> Sandbox:
    """Return the sandbox that answers this request."""
    found: Sandbox = current_app.extensions["sandbox"]
    return found

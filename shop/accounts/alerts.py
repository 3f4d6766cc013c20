"""alert(): a person hears of a change to the own account; the roof says how (shop.notices stands above us)."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app

from shop.accounts.models import User

Teller = Callable[..., Any]


def init_app(app: Flask, teller: Teller) -> None:
    """Let `teller(user, kind, url, **params)` carry the alerts."""
    app.extensions["account_alerts"] = teller


def alert(user: User, kind: str, **params: Any) -> None:
    """Tell the person about a change of sign-in, factor or address; called inside writing()."""
    current_app.extensions["account_alerts"](user, kind, "/account", **params)

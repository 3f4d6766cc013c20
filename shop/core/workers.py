"""Giving a service worker: another one for each build of the static files and each language."""

from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, render_template


def service_worker(template: str, needed: Iterable[str], **values: Any) -> Response:
    """Draw a worker's script; `files` in it are the addresses of what it `needed` and of the market's logo.

    It is asked for anew each time (Service Workers, W3C, "Update"), so a new build reaches each phone.
    """
    asset, settings = current_app.jinja_env.globals["asset"], current_app.extensions["settings"]
    files = [asset(path) for path in (*needed, settings.logo)]
    answer = Response(render_template(template, files=files, **values), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer

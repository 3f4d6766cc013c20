"""How a seller stands with visits, for the pages of rooms below."""

from flask import Flask

from shop.desk.visits.queries import need_of


def init_app(app: Flask) -> None:
    """Give the templates `visit_need(seller)`."""
    app.jinja_env.globals["visit_need"] = need_of

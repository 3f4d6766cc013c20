"""The roof: every room under one application."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from cooperatives.helping.queries import help_of
from cooperatives.queries import roles_of
from cooperatives.requirements import facts
from products.counts import tally
from products.queries import goods_of_seller
from shop.accounts import access, alerts
from shop.accounts.queries import staff_roles
from shop.audit.digests import use_key
from shop.cli import register as register_commands
from shop.config import ROOT, Settings
from shop.core import assets, bounds, engine, errorpages, forgery, formats, headers, i18n, languages, logs, page
from shop.core.db import db
from shop.core.kept import pages
from shop.core.storage import open_storage
from shop.desk import navigation
from shop.desk.visits import showing
from shop.notices import badge
from shop.notices.services import tell
from shop.orders.queries import first_order_at
from shop.vouchers import showing as vouchers

# Rooms with pages of the public: their addresses carry the language.
PUBLIC_ROOMS = (
    "shop.storefront.routes",
    "shop.storefront.lists.routes",
    "shop.storefront.suggesting.routes",
    "shop.storefront.about.routes",
    "shop.storefront.lessons.routes",
    *("shop.storefront.ratings.routes", "shop.storefront.fresh.routes", "shop.storefront.waiting.routes"),
    "shop.privacy.periods.routes",
)
# What lies on the desks of sellers, officers and admins.
DESKS = (
    *("orders", "printing", "refunding", "disputes", "reconciling"),
    *("packing", "parcels", "lifting", "searches", "closing", "crop"),
    *("calls", "helped", "visits", "talks"),
)
# Rooms whose addresses carry none: signed-in pages, the cart, checkout, feeds and webhooks.
ROOMS = (
    *(
        f"shop.accounts{part}.routes"
        for part in ("", ".email", ".factor", ".confirming", ".own", ".staff", ".absences", ".keys")
    ),
    "shop.places.routes",
    "shop.notices.routes",
    "shop.notices.preferences.routes",
    "shop.notices.outgoing.routes",
    "shop.notices.push.routes",
    "cooperatives.routes",
    "cooperatives.review.routes",
    "cooperatives.photos.routes",
    "cooperatives.voices.routes",
    "cooperatives.dispatch.routes",
    "cooperatives.history.routes",
    "cooperatives.standing.routes",
    "cooperatives.bank.routes",
    "cooperatives.teams.routes",
    "cooperatives.helping.routes",
    "cooperatives.households.routes",
    "cooperatives.lending.routes",
    "cooperatives.lessons.routes",
    "cooperatives.papers.routes",
    "cooperatives.requirements.routes",
    "cooperatives.joining.routes",
    "cooperatives.certificates.routes",
    "products.routes",
    "products.photos.routes",
    "products.voices.routes",
    "products.stock.routes",
    "products.grid.routes",
    "products.seasons.routes",
    "products.sales.routes",
    "products.copies.routes",
    "products.drafts.routes",
    "products.uploads.routes",
    "products.phone.routes",
    "products.queue.routes",
    "products.review.routes",
    "products.seconds.routes",
    "products.bulk.routes",
    "products.automatic.routes",
    "products.presses.routes",
    "products.suggestions.routes",
    "products.questions.routes",
    "products.history.routes",
    *("products.certificates.routes", "products.waiting.routes"),
    *("shop.vouchers.routes", "shop.vouchers.staff.routes"),
    "shop.cart.routes",
    "shop.cart.kept.routes",
    "shop.checkout.routes",
    "shop.checkout.saving.routes",
    "shop.checkout.tracking.routes",
    *("shop.checkout.talks.routes", "shop.checkout.parcels.routes", "shop.checkout.again.routes"),
    *(
        f"shop.payments.{room}routes"
        for room in ("", "transfers.", "notifiers.", "credits.", "takings.", "money.", "statements.", "passing.")
    ),
    "shop.payments.province.routes",
    *(f"shop.ratings{part}.routes" for part in ("", ".photos", ".answers", ".reports", ".invitations")),
    "shop.checkout.changes.routes",
    "shop.marketplaces.routes",
    *(f"shop.storefront.{room}.routes" for room in ("sitemap", "sharing", "offline")),
    "shop.privacy.routes",
    "shop.privacy.news.routes",
    "shop.privacy.breaches.routes",
    "shop.desk.changes.routes",
    "shop.desk.weighing.routes",
    "shop.desk.routes",
    *(f"shop.desk.{room}.routes" for room in DESKS),
    "shop.desk.health",
)
# Every module with tables, so that migrations and checks see the whole schema.
TABLES = (
    "shop.core.outbox",
    "shop.core.kept.models",
    "shop.audit.models",
    "shop.places.models",
    *("shop.accounts.models", "shop.accounts.factor.models", "shop.accounts.devices.models"),
    *("shop.notices.models", "shop.notices.preferences.models", "shop.notices.push.models"),
    "shop.notices.renewal.models",
    "shop.ledger.models",
    "cooperatives.models",
    "cooperatives.identity.models",
    "cooperatives.photos.models",
    "cooperatives.voices.models",
    "cooperatives.review.models",
    "cooperatives.dispatch.models",
    "cooperatives.teams.models",
    "cooperatives.helping.models",
    "cooperatives.visits.models",
    "cooperatives.lending.models",
    "cooperatives.lessons.models",
    "cooperatives.papers.models",
    "cooperatives.requirements.models",
    "cooperatives.joining.models",
    "cooperatives.certificates.models",
    "products.models",
    "products.stock.models",
    "products.sales.models",
    "products.counts.models",
    "products.drafts.models",
    "products.edits.models",
    "products.uploads.models",
    "products.issues.models",
    "products.texts.models",
    "products.automatic.models",
    "products.review.models",
    "products.queue.models",
    "products.seconds.models",
    "products.bulk.models",
    "products.suggestions.models",
    "products.questions.models",
    "products.search.models",
    *("products.certificates.models", "products.waiting.models"),
    "shop.vouchers.models",
    "shop.cart.models",
    *(f"shop.orders.{room}models" for room in ("", "changes.", "invoices.", "limits.", "talks.", "redemptions.")),
    "shop.orders.parcels.models",
    *(
        f"shop.payments.{room}models"
        for room in ("", "transfers.", "notifiers.", "takings.", "disputes.", "passing.", "reconciling.", "province.")
    ),
    *(f"shop.ratings{part}.models" for part in ("", ".photos", ".answers", ".reports", ".invitations")),
    "shop.related.models",
    "shop.privacy.models",
    "shop.privacy.news.models",
    "shop.desk.calls.models",
)


def create_app(settings: Settings) -> Flask:
    """Build the application from checked settings; nothing is read from the environment here."""
    app = Flask("shop", root_path=str(ROOT), template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = page.Templates
    app.extensions["settings"] = settings
    _configure(app, settings)
    _ground(app, settings)
    _rooms(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key or "for development on this computer only",
        SECRET_KEY_FALLBACKS=settings.secret_key_fallbacks.split(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_NAME="__Host-flash" if settings.secure_cookies else "flash",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=200,
        CATALOGUES=ROOT / "shop" / "translations",
        COMPRESS_ALGORITHM=["br", "gzip"],  # the byte budgets are Brotli's; zstd's pages are a tenth heavier
        COMPRESS_ALGORITHM_STREAMING=["br"],
        TESTING=settings.environment == "test",
    )
    pages.init_app(app, settings.kept_pages)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _ground(app: Flask, settings: Settings) -> None:
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        import_module(name)
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
    use_key(app.config["SECRET_KEY"])
    app.extensions["storage"] = open_storage(settings.storage_url)
    i18n.init_app(app)
    languages.init_app(app)
    formats.register(app)
    logs.init_app(app, settings.log_level)
    headers.init_app(app)
    bounds.init_app(app)
    alerts.init_app(app, tell)
    access.init_app(app, [staff_roles, roles_of], help_of)
    facts.init_app(app, facts.Above(goods_of_seller, first_order_at))
    forgery.init_app(app)
    errorpages.init_app(app)
    assets.init(app)
    Compress(app)
    for part in (page, navigation, showing, vouchers, badge, tally):
        part.init_app(app)


def _rooms(app: Flask) -> None:
    for name in ROOMS:
        app.register_blueprint(import_module(name).bp)
    for name in PUBLIC_ROOMS:
        languages.register_public(app, import_module(name).bp)
    register_commands(app)

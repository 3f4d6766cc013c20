"""The links of a signed-in person's own work, by role."""

from flask import Flask, request, url_for

from shop.accounts.access import helped, my_roles, opens, session_row
from shop.accounts.models import Role
from shop.core.i18n import lazy_gettext as _l
from shop.core.languages import is_prefixed

# endpoint, words, icon, who has it
LINKS = (
    ("desk.index", _l("Today"), "home", None),
    ("products.index", _l("My products"), "box", {Role.MEMBER, Role.MANAGER}),
    ("desk_orders.index", _l("My orders"), "orders", {Role.MEMBER, Role.MANAGER}),
    ("credits.index", _l("Money in"), "bank", {Role.MANAGER}),
    ("product_queue.index", _l("To review"), "check", {Role.OFFICER}),
    ("standing.index", _l("Sellers"), "user", {Role.OFFICER, Role.ADMIN}),
    ("helping.index", _l("Helping"), "user", {Role.HELPER}),
    ("certificates.queue", _l("Papers"), "badge", {Role.OFFICER}),
    ("desk_calls.index", _l("To call"), "phone", {Role.OFFICER, Role.HELPER}),
    ("desk_lifting.index", _l("Offer cash again"), "truck", {Role.OFFICER, Role.ADMIN}),
    ("desk_searches.index", _l("Not found"), "search", {Role.ADMIN}),
    ("desk_reconciling.index", _l("Card money"), "bank", {Role.ADMIN}),
    ("province_vouchers.index", _l("Vouchers"), "bank", {Role.ADMIN}),
    ("outgoing.index", _l("Messages"), "chat", {Role.ADMIN}),
    ("news.write", _l("News"), "bell", {Role.ADMIN}),
    ("rating_reports.index", _l("Ratings"), "chat", {Role.OFFICER, Role.ADMIN}),
    ("desk_visits.index", _l("Visits"), "pin", {Role.OFFICER}),
    ("accounts_staff.index", _l("Staff"), "badge", {Role.ADMIN}),
    ("teams.index", _l("Teams"), "user", {Role.ADMIN}),
    ("automatic.rules", _l("Approval rules"), "check", {Role.ADMIN}),
    ("requirements.rules", _l("Requirements"), "check", {Role.ADMIN}),
)


def nav_items() -> list[tuple[str, str, str, bool]]:
    """Return (words, address, icon, is this page) of the person's links; none on pages of the public."""
    if request.endpoint is None or is_prefixed(request.endpoint) or session_row() is None:
        return []
    roles, help_now = my_roles(), helped()
    helping = help_now is not None and help_now.stands
    return [
        (str(words), url_for(endpoint), icon, request.endpoint == endpoint)
        for endpoint, words, icon, who in LINKS
        if (who is None or who & roles) and (not helping or _stays(endpoint))
    ]


def _stays(endpoint: str) -> bool:
    """Say whether a link stands while one helps: what the consent opens, and the way out of it."""
    return endpoint == "helping.index" or opens(endpoint.partition(".")[0])


def init_app(app: Flask) -> None:
    """Give the templates `nav_items()`."""
    app.jinja_env.globals["nav_items"] = nav_items

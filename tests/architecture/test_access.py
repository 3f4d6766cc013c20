"""Every address and everybody: who may open which door is written here, and nothing else is open."""

from typing import Any

import pytest
from flask import Flask

from tests.architecture import asked_of_sellers, private_things, staff_things, things
from tests.architecture.buying import BUYING
from tests.architecture.certificates import CERTIFICATES
from tests.architecture.desk import DESK
from tests.architecture.doors import (
    ADMIN,
    ALL,
    HELPER,
    MANAGER,
    OFFICER,
    OFFICERS,
    OURS,
    PEOPLE,
    PERSON,
    PROVIDER,
    REFUSED,
    SELLERS,
    Door,
    as_somebody,
    asked,
    endpoints,
    methods,
    path_of,
)
from tests.architecture.helping import HELPING
from tests.architecture.money import MONEY, to_confirm
from tests.architecture.orders import ORDERS
from tests.architecture.ratings import RATINGS
from tests.architecture.shopfront import SHOPFRONT
from tests.architecture.vouchers import VOUCHERS
from tests.browser import Browser
from tests.cast import Cast

ACCOUNT = {"bank_bin": "970436", "number": "0123456789", "holder": "HTX CHE BINH LU"}
OWN = (  # pages that show and change only the person who asks
    *("privacy.index", "privacy.export", "privacy.erasure", "privacy.cancellation"),
    *("accounts_own.index", "accounts_confirming.confirm", "accounts_factor.ask", "accounts_factor.set_up"),
    *("accounts_factor.recovery_codes", "accounts_factor.removal", "accounts_own.password", "accounts_own.phone"),
    *("accounts_own.phone_code", "accounts_own.email", "accounts.sign_out", "desk.index"),
    *("notices.index", "notices.read", "notice_preferences.index"),
)
TABLE: dict[str, Door] = {
    **BUYING,
    **CERTIFICATES,
    **DESK,
    **HELPING,
    **MONEY,
    **VOUCHERS,
    **private_things.MESSAGES,
    **RATINGS,
    **SHOPFRONT,
    # Open to everybody; a form on such a page carries no token, the Origin protects it.
    "storefront.home": Door(ALL),
    "storefront_lists.search": Door(ALL),
    "storefront_suggesting.suggestions": Door(ALL),
    "storefront_lists.category": Door(ALL, things.category),
    "storefront.product": Door(ALL, things.shelf_page),
    "storefront.producer": Door(ALL, things.seller_page),
    "storefront.commune": Door(ALL, things.commune),
    "storefront_about.about": Door(ALL),
    "storefront_about.how_to_buy": Door(ALL),
    "storefront_about.how_to_sell": Door(ALL),
    "storefront_about.privacy": Door(ALL),
    "privacy_periods.periods": Door(ALL),
    "phone.worker": Door(ALL),
    "phone.shell": Door(ALL),
    "cart.index": Door(ALL),
    "cart.count": Door(ALL),
    "cart.add": Door(ALL, fields={"sku": "khong-co"}),
    "cart.change": Door(ALL, things.sku),
    "cart.province": Door(ALL),
    "checkout.details": Door(ALL),
    "checkout.ways": Door(ALL),
    "checkout.confirmation": Door(ALL),
    "checkout.placing_order": Door(ALL),
    "tracking.find": Door(ALL),
    "tracking.show": Door(ALL, things.purchase),  # the link is the key
    "tracking.cancellation": Door(ALL, things.purchase),
    "again.again": Door(ALL, things.purchase),
    "order_talks.talk": Door(ALL, things.purchase, {"text": "Chào"}),
    "tracking.yes": Door(ALL, to_confirm),  # the link went to the receiver's phone alone
    "marketplaces.google": Door(ALL),
    "marketplaces.meta": Door(ALL),
    "places.communes": Door(ALL, things.province),
    "places.search": Door(ALL),
    "photos.media": Door(ALL, things.public_photo),
    "accounts.sign_in": Door(ALL),
    "accounts.code": Door(ALL),
    "accounts.person": Door(ALL),
    "accounts.password": Door(ALL),
    "accounts.language": Door(ALL, things.language),
    "accounts_email.sign_up": Door(ALL),
    "accounts_email.reset": Door(ALL),
    "accounts_email.new_account": Door(ALL, things.link),
    "accounts_email.new_password": Door(ALL, things.link),
    "accounts_email.first_admin": Door(ALL, things.link),
    "health.healthz": Door(ALL),
    "health.readyz": Door(ALL),
    # A person's own things.
    **dict.fromkeys(OWN, Door(PERSON)),
    "privacy.consent": Door(PERSON, fields={"purpose": "questions", "answer": "yes"}),
    "privacy.download": Door(frozenset({"buyer"}), private_things.export),
    "accounts_own.email_link": Door(PERSON, things.link),
    "accounts_own.end_session": Door(PERSON, things.own_session),
    "notices.one": Door(MANAGER, things.notice),
    "push.subscription": Door(PERSON),
    "joining.new": Door(PERSON),
    "joining.begin": Door(PERSON),
    "joining.settle": Door(PERSON),
    "cooperatives.accept_invitation": Door(frozenset({"buyer"}), things.invited),
    # A cooperative's own things.
    "cooperatives.show": Door(OURS, things.cooperative),
    "cooperatives.members": Door(OURS, things.cooperative),
    "cooperatives.profile": Door(OURS, things.cooperative),
    "cooperative_history.history": Door(OURS, things.cooperative),
    "desk_closing.closing": Door(MANAGER, things.cooperative),
    "cooperative_bank.account": Door(OURS, things.cooperative),
    "cooperative_bank.approval": Door(frozenset({"another manager"}), things.waiting_account),
    "cooperative_bank.stop": Door(MANAGER, things.waiting_account),
    "joining.submission": Door(MANAGER, things.draft_seller),
    "joining.index": Door(OURS, things.cooperative),
    "joining.who": Door(OURS, things.cooperative),
    "joining.kind": Door(OURS, things.cooperative),
    "joining.place": Door(OURS, things.cooperative),
    "papers.index": Door(OURS, things.cooperative),
    "papers.paper": Door(OURS, asked_of_sellers.paper),
    "papers.removal": Door(MANAGER, asked_of_sellers.paper),
    "papers.photo": Door(OURS | OFFICER | ADMIN, asked_of_sellers.paper),
    "dispatch.calendar": Door(OURS, things.cooperative),
    "dispatch.closed_days": Door(OURS, things.cooperative),
    "dispatch.open_again": Door(OURS, things.closed_days),
    "cooperatives.invitations": Door(OURS, things.cooperative),
    "cooperatives.withdraw_invitation": Door(MANAGER, things.invitation),
    "cooperatives.departure": Door(MANAGER, things.colleague),
    "cooperatives.management": Door(MANAGER, things.colleague),
    "photos.private": Door(OURS | OFFICER | ADMIN, things.private_photo),
    "voices.voice": Door(OURS | OFFICER | ADMIN, things.spoken_note),
    "products.index": Door(SELLERS),
    "products.new": Door(SELLERS),
    "products.reading": Door(SELLERS),
    "products.edit": Door(OURS, things.draft),
    "products.preview": Door(OURS, things.draft),
    "products.submission": Door(OURS, things.draft),
    "products.cancellation": Door(OURS, things.sent),
    "products.shelf": Door(OURS, things.goods, {"action": "pause"}),
    "product_photos.photos": Door(OURS, things.draft),
    "product_photos.progress": Door(OURS, things.draft),
    "product_photos.order": Door(OURS, things.draft, {"how": "cover", "digest": "khong-co"}),
    "product_photos.removal": Door(OURS, things.draft, {"digest": "khong-co"}),
    "product_photos.restoration": Door(OURS, things.draft, {"digest": "khong-co"}),
    "product_voices.voice": Door(OURS, things.draft),
    "product_voices.removal": Door(OURS, things.draft, {"digest": "khong-co"}),
    "product_voices.restoration": Door(OURS, things.draft, {"digest": "khong-co"}),
    "product_copies.copy": Door(OURS, things.goods),
    "drafts.draft": Door(OURS, things.draft_by_key, script=True),
    "drafts.submission": Door(OURS, things.draft_by_key, script=True),
    "uploads.options": Door(SELLERS, things.upload, script=True),
    "uploads.creation": Door(SELLERS, script=True),
    "uploads.upload": Door(OURS, things.upload, {"digest": "dropped by who came first"}, script=True),
    "product_questions.not_understood": Door(OURS, things.draft, {"text": "Chưa hiểu"}),
    "product_questions.member_talk": Door(OURS, staff_things.talk_with_seller, {"text": "Vâng"}),
    "product_suggestions.answer": Door(OURS, staff_things.suggested, {"answer": "take"}),
    "product_history.history": Door(OURS, things.goods),
    "product_history.revision": Door(OURS, things.sent),
    "product_history.restoration": Door(OURS, things.sent),
    "product_history.reinstatement": Door(OURS, things.goods),
    "product_stock.price": Door(OURS, things.goods),
    "product_stock.stock": Door(OURS, things.goods),
    "product_stock.low_line": Door(OURS, things.goods),
    "product_grid.grid": Door(SELLERS),
    "product_sales.sale": Door(OURS, things.goods),
    "product_sales.cancellation": Door(OURS, things.goods),
    "product_seasons.season": Door(OURS, things.goods, {"season": "on"}),
    "marketplaces.index": Door(SELLERS),
    "desk_crop.failure": Door(OURS, things.goods),
    "desk_crop.give_up": Door(OURS, things.failed_crop),
    **ORDERS,
    # Officers, for their communes only.
    "cooperative_review.index": Door(OFFICERS),
    "cooperative_review.decision": Door(OFFICER, things.applicant),
    "cooperative_bank.decision": Door(OFFICER, things.waiting_account),
    "cooperative_review.verification": Door(OFFICER, asked_of_sellers.asked),
    "cooperative_review.waiver": Door(OFFICER, asked_of_sellers.asked),
    "papers.acceptance": Door(OFFICER, asked_of_sellers.paper),
    "papers.sending_back": Door(OFFICER, asked_of_sellers.paper),
    "automatic.recent": Door(OFFICERS),
    "automatic.rules": Door(ADMIN),
    "automatic.new": Door(ADMIN, fields={"name": "Mùa vụ", "fields": "season"}),
    "automatic.end": Door(ADMIN, staff_things.approval_rule),
    "product_questions.ask": Door(OFFICER, things.sent, {"text": "Có phải miến pha không"}),
    "product_questions.staff_talk": Door(OFFICER | ADMIN, staff_things.talk_of_officers, {"text": "Không"}),
    "product_suggestions.suggest": Door(OFFICER, things.sent, {"field": "name", "new": "Miến dong"}),
    "product_history.sent": Door(OFFICER, things.sent),
    "product_history.sent_revision": Door(OFFICER, things.sent),
    "desk_calls.index": Door(OFFICERS | HELPER),
    "desk_calls.call": Door(OFFICER | HELPER, things.order_to_call),
    # Officers for their communes, the admin for all.
    "standing.index": Door(OFFICERS | ADMIN),
    "standing.show": Door(OFFICER | ADMIN, things.cooperative),
    "standing.suspension": Door(OFFICER | ADMIN, things.cooperative, {"note": "Thiếu giấy"}),
    "standing.restoration": Door(OFFICER | ADMIN, things.suspended),
    "accounts_absences.index": Door(OFFICERS | ADMIN),
    "accounts_absences.end": Door(OFFICER | ADMIN, staff_things.absence),
    # Helpers; what they may do for whom is tests/cooperatives/helping.
    "helped.index": Door(PERSON),
    "helped.answer": Door(MANAGER, things.consent_request),
    "helped.end": Door(OURS, things.consent),
    # The admin.
    "accounts_staff.index": Door(ADMIN),
    "product_seconds.missing": Door(ADMIN),
    "privacy_breaches.index": Door(ADMIN),
    "privacy_breaches.told": Door(ADMIN, private_things.breach),
    "accounts_staff.withdrawal": Door(ADMIN),
    "accounts_staff.factor_reset": Door(ADMIN, fields={"login": "0912 000 104"}),
    "requirements.rules": Door(ADMIN),
    "requirements.rule": Door(ADMIN, asked_of_sellers.asked),
}
# Forms on pages that a plain member may read, whose sending is the manager's: the full form is what is refused.
MANAGERS_FORMS = {
    "cooperative_bank.account": ACCOUNT,
    "cooperatives.invitations": {"phone": "0912 000 107", "role": "member"},
    "joining.place": {"commune_code": "03390", "hamlet": "Bản Hon"},
    "joining.kind": {"kind": "cooperative"},
    "papers.paper": {"absent": "1"},
}


def test_every_route_is_listed(app: Flask) -> None:
    assert endpoints(app) == set(TABLE)


def test_the_open_doors_are_these(app: Flask) -> None:
    """Without a token go the public doors and the webhook, nothing else."""
    views = app.view_functions
    assert {name for name, view in views.items() if getattr(view, "is_public", False)} == {
        name for name, door in TABLE.items() if door.who == ALL
    }
    assert {name for name, view in views.items() if getattr(view, "signed_webhook", False)} == {
        name for name, door in TABLE.items() if door.who == PROVIDER
    }
    assert {name for name, view in views.items() if getattr(view, "by_script", False)} == {
        name for name, door in TABLE.items() if door.script and name != "uploads.options"
    }


def test_an_address_without_a_thing_names_none(app: Flask) -> None:
    with_arguments = {rule.endpoint for rule in app.url_map.iter_rules() if set(rule.arguments) - {"lang"}}
    assert with_arguments == {name for name, door in TABLE.items() if door.thing is not things.nothing}


@pytest.mark.parametrize("endpoint", sorted(name for name, door in TABLE.items() if door.who != PROVIDER))
def test_who_may(browser: Browser, cast: Cast, storage: Any, endpoint: str) -> None:
    door = TABLE[endpoint]
    path = path_of(browser, endpoint, door.thing(cast, storage))
    for method in methods(browser.app, endpoint):
        for who in PEOPLE:
            answer = asked(as_somebody(browser, cast, who), method, path, door)
            told = f"{who} {method} {path}: {answer.status_code} {answer.headers.get('Location', '')}"
            assert answer.status_code < 500, told
            if who in door.who:
                known = door.thing is things.link or door.fields.get("sku") or door.fields.get("digest")
                assert answer.status_code not in REFUSED or known, told
                assert "/sign-in?" not in answer.headers.get("Location", ""), told
            elif who == "visitor" and method == "GET" and not door.script:
                assert answer.headers["Location"].startswith("/sign-in?next="), told
            else:
                assert answer.status_code in ({401} if who == "visitor" else {403, 404}), told


@pytest.mark.parametrize("endpoint", sorted(MANAGERS_FORMS))
def test_what_only_the_manager_may_send(browser: Browser, cast: Cast, storage: Any, endpoint: str) -> None:
    path = path_of(browser, endpoint, TABLE[endpoint].thing(cast, storage))
    plain = as_somebody(browser, cast, "second_member")
    assert plain.post(path, **MANAGERS_FORMS[endpoint]).status_code == 403
    manager = as_somebody(browser, cast, "member")
    assert manager.post(path, **MANAGERS_FORMS[endpoint]).status_code == 302


def test_every_form_needs_our_own_page(browser: Browser, cast: Cast, storage: Any) -> None:
    """A foreign Origin is refused everywhere but at the webhook; a signed-in form needs its token too."""
    browser.sign_in(cast.member)
    for endpoint, door in TABLE.items():
        if "POST" not in methods(browser.app, endpoint) or door.who == PROVIDER:
            continue
        names = {name for rule in browser.app.url_map.iter_rules(endpoint) for name in rule.arguments}
        path = path_of(browser, endpoint, dict.fromkeys(names, "x") | {"number": 1})
        foreign = browser.client.post(path, base_url=browser.origin, headers={"Origin": "https://elsewhere.example"})
        assert foreign.status_code == 403, endpoint
        if door.who != ALL:
            assert browser.post(path, token=False).status_code == 403, endpoint

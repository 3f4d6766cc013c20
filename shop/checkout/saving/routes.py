"""After an order: one code to its phone makes or finds the account that keeps name and address."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import limits
from shop.accounts import services as accounts
from shop.accounts.access import maybe_me, public
from shop.accounts.forms import CodeForm
from shop.accounts.models import CodePurpose, LoginKind, User
from shop.accounts.routes import ask_who, enter
from shop.checkout.tracking.routes import purchase_of_link
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.networks import network_of
from shop.core.phones import mask_phone
from shop.orders.claiming.services import claim
from shop.orders.models import Purchase

bp = Blueprint("saving", __name__)

Answer = Response | str | tuple[str, int]


@bp.route("/purchases/<token>/saving", methods=["POST"])
@public
def begin(token: str) -> Answer:
    """Send a code to the purchase's phone; whoever is signed in with that very phone needs none."""
    purchase, person = purchase_of_link(token), maybe_me()
    if not purchase.phone or purchase.buyer_id is not None:
        return _back(
            token, _("This was saved already.") if purchase.phone else _("This order has no address any more.")
        )
    if person is not None:
        with writing():
            saved = claim(db.session.get_one(Purchase, purchase.id), person)
        return _back(token, _saved() if saved else _("This order has another phone number than your account."))
    limits.use_each({"code-to": purchase.phone, "code-network": network_of(request.remote_addr)})
    with writing():
        accounts.send_code(purchase.phone, CodePurpose.SIGN_IN, g.language)
    return _ask(purchase, CodeForm())


@bp.route("/purchases/<token>/saving/code", methods=["POST"])
@public
def code(token: str) -> Answer:
    """Check the code, then sign in whose phone it is; where a household shares it, ask who first."""
    purchase, form = purchase_of_link(token), CodeForm.of_request()
    if not purchase.phone or purchase.buyer_id is not None:
        return _back(
            token, _("This was saved already.") if purchase.phone else _("This order has no address any more.")
        )
    if not form.accepted():
        return _ask(purchase, form), 422
    limits.use("code-try-network", network_of(request.remote_addr))
    with writing():
        right = accounts.check_code(purchase.phone, CodePurpose.SIGN_IN, form.code.data)
        people = _people(purchase) if right else []
    if not right:
        form.refuse(Invalid("code", accounts.WRONG_CODE))
        return _ask(purchase, form), 422
    shared, target = bool(request.form.get("shared")), url_for("tracking.show", token=token)
    if len(people) > 1:
        return ask_who(purchase.phone, shared, target=target)
    page.say(_saved())
    return enter(db.session.get_one(User, people[0]), shared, target=target)


def _people(purchase: Purchase) -> list[int]:
    """Return whose phone it is, making an account where it is nobody's; one alone gets the purchase at once."""
    again = db.session.get_one(Purchase, purchase.id)
    people = accounts.people_on_phone(again.phone)
    if not people:
        people = [accounts.sign_up(again.name, LoginKind.PHONE, again.phone, g.language)]
    if len(people) == 1:
        claim(again, people[0])
    return [person.id for person in people]


def _saved() -> str:
    return _("Saved. Next time your name and address are filled in.")


def _back(token: str, sentence: str) -> Response:
    page.say(sentence)
    return redirect(url_for("tracking.show", token=token))


def _ask(purchase: Purchase, form: CodeForm) -> str:
    shared = bool(request.form.get("shared"))
    phone = mask_phone(purchase.phone)  # whoever has only the link does not learn the number
    return render_template("shop/checkout/saving/code.html", form=form, purchase=purchase, phone=phone, shared=shared)

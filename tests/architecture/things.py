"""One thing of the member's cooperative for each address that names one, with what its form needs."""

from typing import Any

from cooperatives import services as cooperatives
from cooperatives.bank import services as bank
from cooperatives.dispatch import services as dispatch
from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from cooperatives.households import services as households
from cooperatives.lending import services as lending
from cooperatives.lending.models import Terms, Thing
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import MemberRole, Membership
from cooperatives.photos.names import rendition_name
from cooperatives.queries import invitations_of
from cooperatives.teams import services as teams
from cooperatives.visits import photos as pictures
from cooperatives.visits import services as visits
from cooperatives.voices import services as keeping
from products.review.models import Verdict
from products.uploads import services as uploads
from shop.accounts.models import User
from shop.core.codes import public_code
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.present import media_key
from shop.core.sound.notes import note_of
from shop.core.storage import public_name
from shop.desk.calls import services as calls
from shop.desk.calls.models import Step
from shop.desk.crop import services as crop
from shop.notices import services as notices
from tests import photos, voices
from tests.cast import BINH_LU, Cast
from tests.cooperatives.helping import helped
from tests.products import complete
from tests.products.review.sent import sent_goods, taken
from tests.shop.orders.buying import ordered

Address = dict[str, Any]


def nothing(_cast: Cast, _storage: Any) -> Address:
    """The address names nothing of anybody's."""
    return {}


def cooperative(cast: Cast, _storage: Any) -> Address:
    return {"code": cast.cooperative().code}


def applicant(cast: Cast, _storage: Any) -> Address:
    with writing():
        cast.cooperative().state = CooperativeState.SUBMITTED
    return {"code": cast.cooperative().code}


def suspended(cast: Cast, _storage: Any) -> Address:
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    return {"code": cast.cooperative().code}


def draft_seller(cast: Cast, _storage: Any) -> Address:
    with writing():
        cast.cooperative().state = CooperativeState.DRAFT
    return {"code": cast.cooperative().code}


def closed_days(cast: Cast, _storage: Any) -> Address:
    with writing():
        closed = dispatch.close(cast.cooperative(), today(), today(), "", cast.member)
        return {"code": cast.cooperative().code, "closed": closed.code}


def colleague(cast: Cast, _storage: Any) -> Address:
    """A third member: only the manager may end or raise another's membership."""
    with writing():
        person = User(name="Lò Thị Bích", language="vi")
        db.session.add(person)
        db.session.flush()
        place = Membership(cooperative_id=cast.ids["cooperative"], user_id=person.id, role=MemberRole.MEMBER)
        db.session.add(place)
    return {"code": cast.cooperative().code, "member": place.code}


def invitation(cast: Cast, _storage: Any) -> Address:
    """An invitation that went to the buyer's number."""
    with writing():
        cooperatives.invite(cast.cooperative(), cast.buyer.phone or "", MemberRole.MEMBER, cast.member)
    return {"code": cast.cooperative().code, "invitation": invitations_of(cast.cooperative())[0].code}


def invited(cast: Cast, storage: Any) -> Address:
    return {"code": invitation(cast, storage)["invitation"]}


def goods(cast: Cast, _storage: Any) -> Address:
    return {"code": cast.product().code}


def draft(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {"code": complete.draft_of(cast).code}


def draft_by_key(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {"draft_key": complete.draft_of(cast, "key-of-a-phone-draft").draft_key}


def upload(cast: Cast, _storage: Any) -> Address:
    """A file of which nothing has come yet; where its first asker dropped it, a new one."""
    with writing():
        product = complete.draft_of(cast)
        return {"token": uploads.begin(product, cast.member, uploads.Wish(1000, "", "", 0)).token}


def notice(cast: Cast, _storage: Any) -> Address:
    """Something only the member was told."""
    with writing():
        return {"code": notices.tell(cast.member, "cooperative_admitted", "/desk", name="Hợp tác xã Chè").code}


def sent(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {"code": sent_goods(cast).code, "number": 1}


def waiting_account(cast: Cast, _storage: Any) -> Address:
    """The member proposed a second account; the cooperative has no other manager."""
    for number in ("0123456789", "9876543210"):
        with writing():
            account = bank.propose(cast.cooperative(), "970436", number, "HTX CHE BINH LU", cast.member)
            code = account.code
    return {"code": cast.cooperative().code, "account": code}


def decided(cast: Cast, _storage: Any) -> Address:
    with writing():
        product = sent_goods(cast)
    taken(cast, product, Verdict.APPROVE)
    return {"code": product.code, "number": 1}


def order(cast: Cast, _storage: Any) -> Address:
    return {"code": ordered(cast).orders[0].code, "step": "acceptance"}


def order_to_call(cast: Cast, _storage: Any) -> Address:
    """An order that nobody answered for half a day, of a seller who is helped."""
    helped.team(cast)
    helped.consent(cast)
    order = ordered(cast).orders[0]
    with writing():
        calls.remind(order.id, Step.CALL)
    return {"code": order.code}


def failed_crop(cast: Cast, _storage: Any) -> Address:
    order = ordered(cast).orders[0].code
    with writing():
        crop.fail(cast.product(), cast.member)
        return {"code": cast.product().code, "order": order}


def purchase(cast: Cast, _storage: Any) -> Address:
    found = ordered(cast)
    return {"token": found.token, "code": found.orders[0].code}


def private_photo(cast: Cast, storage: Any) -> Address:
    digest = f"{cast.ids['tea']:064x}"
    storage.put(rendition_name(digest, 160, "jpg"), photos.saved(photos.scene(160, 120), "JPEG"), "image/jpeg")
    return {"digest": digest, "name": "160.jpg"}


def spoken_note(cast: Cast, storage: Any) -> Address:
    note = note_of(voices.webm(1))
    keeping.save_file(storage, note)
    with writing():
        return {"digest": keeping.add(cast.cooperative(), cast.member, note).digest}


def public_photo(cast: Cast, storage: Any) -> Address:
    name = public_name(media_key(), f"{cast.ids['tea']:064x}", 160, "jpg")
    storage.put(name, photos.saved(photos.scene(160, 120), "JPEG"), "image/jpeg")
    return {"name": name.removeprefix("public/")}


def shelf_page(cast: Cast, _storage: Any) -> Address:
    return {"slug": cast.product().slug, "code": cast.product().code}


def seller_page(cast: Cast, _storage: Any) -> Address:
    return {"slug": cast.cooperative().slug, "code": cast.cooperative().code}


def commune(cast: Cast, _storage: Any) -> Address:
    return {"code": cast.cooperative().commune_code}


def category(_cast: Cast, _storage: Any) -> Address:
    return {"code": "tea"}


def lesson(_cast: Cast, _storage: Any) -> Address:
    return {"code": "photo"}


def province(_cast: Cast, _storage: Any) -> Address:
    return {"province_code": "12"}


def language(_cast: Cast, _storage: Any) -> Address:
    return {"code": "en"}


def own_session(_cast: Cast, _storage: Any) -> Address:
    return {"code": "all"}


def sku(cast: Cast, _storage: Any) -> Address:
    return {"sku_code": cast.sku().code}


def link(_cast: Cast, _storage: Any) -> Address:
    """A one-time link that nobody was sent."""
    return {"token": "khong-co"}


def sitemap_part(_cast: Cast, _storage: Any) -> Address:
    return {"name": "pages"}


def team(cast: Cast, _storage: Any) -> Address:
    return {"code": helped.team(cast)}


def team_member(cast: Cast, _storage: Any) -> Address:
    """Somebody of a team; where the first asker let them go, they come again."""
    with writing():
        made = teams.save(None, public_code(), [], [], cast.admin)
        return {"code": teams.add_member(made, cast.helper, cast.admin).code}


def seller_near(cast: Cast, _storage: Any) -> Address:
    helped.team(cast)
    return {"code": cast.cooperative().code}


def consent(cast: Cast, _storage: Any) -> Address:
    helped.team(cast)
    return {"code": helped.consent(cast)}


def spoken_consent(cast: Cast, storage: Any) -> Address:
    """A household without a phone that agreed aloud."""
    helped.team(cast)
    note = note_of(voices.webm(1))
    households.save_file(storage, note)
    with writing():
        told = households.Household(public_code(), "Lò Thị Vân", BINH_LU, "", "+84912000107", "vi")
        return {"code": households.begin(cast.helper, told, note, 12).code}


def field_visit(cast: Cast, storage: Any) -> Address:
    """A note of a visit with one photo."""
    helped.team(cast)
    photo = pictures.Drawn(photos.saved(photos.scene(160, 120), "JPEG"), "0" * 64, 160, 120)
    pictures.save(storage, photo)
    with writing():
        told = visits.Told(today(), "Bình Lư", "Chụp ảnh", "", None, None)
        return {"code": visits.write(cast.cooperative(), cast.helper, told, [photo]).code, "number": 0}


def handover(cast: Cast, _storage: Any) -> Address:
    """A phone that was lent; who brought it back finds another one lent."""
    helped.team(cast)
    with writing():
        programme = teams.add_programme(public_code(), cast.admin)
        told = lending.Told(Thing.PHONE, Terms.LENT, today())
        return {"code": lending.hand_over(cast.cooperative(), programme, told, cast.admin).code}


def spoken_seller(cast: Cast, storage: Any) -> Address:
    code = spoken_consent(cast, storage)["code"]
    return {"code": helped.stored(code).cooperative.code}


def consent_request(cast: Cast, _storage: Any) -> Address:
    """What the helper asked of the manager."""
    helped.team(cast)
    with writing():
        return {"code": helping.ask(cast.helper, cast.cooperative(), list(Scope), 12).code}

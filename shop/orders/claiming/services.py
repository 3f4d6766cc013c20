"""Making a purchase the account's of the person who has proven its phone."""

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import changed, db
from shop.orders.models import Purchase


def claim(purchase: Purchase, person: User) -> bool:
    """Make this purchase the person's, by one guarded UPDATE; False where it has a buyer, or another phone.

    Name and address are then offered at the person's next checkout.
    """
    mine = Purchase.id == purchase.id, Purchase.buyer_id.is_(None), Purchase.phone == person.phone
    if not changed(update(Purchase).where(*mine).values(buyer_id=person.id)):
        return False
    db.session.refresh(purchase)
    audit.record("purchase_claimed", purchase, person)
    return True

"""The people of the demo market: sign-in names, staff roles, an officer's communes."""

from datetime import datetime

from shop.accounts.factor.codes import new_secret
from shop.accounts.factor.models import SecondFactor
from shop.accounts.models import WITH_FACTOR, LoginKind, LoginName, OfficerCommune, Role, RoleGrant, User
from shop.cli.demo.market_types import DemoMarket, Person
from shop.cli.demo.sheet import Sheet
from shop.core.seal import seal


class Persons:
    """Writes people onto a sheet; `keys` says which user each became."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.keys: dict[str, int] = {}

    def add(self, person: Person, since: datetime) -> int:
        """Write a person who signed up at `since`; returns the user's key."""
        user = {"name": person.name, "language": person.language, "phone": person.phone, "version": 1, "demo": True}
        key = self.sheet.add(User, **user, created_at=since)
        self.sheet.add(LoginName, user_id=key, kind=LoginKind.PHONE, value=person.phone, created_at=since)
        self.sheet.audit(User, key, "signed_up", key, since, kind="phone")
        self.keys[person.key] = key
        return key

    def staff_and_buyers(self, market: DemoMarket, now: datetime) -> None:
        """Write the admin, officers, helpers and buyers, all there before the first seller."""
        start = now - max(seller.age for seller in market.sellers) * 1.1
        staff = [(market.admin, Role.ADMIN)]
        staff += [(one, Role.OFFICER) for one in market.officers]
        staff += [(one, Role.HELPER) for one in market.helpers]
        for person, role in staff:
            key = self.add(person, start)
            self.sheet.add(RoleGrant, user_id=key, role=role, valid_from=start)
            if role in WITH_FACTOR:  # set up already: the page that asks for the code shows it, in the demo only
                factor = {"sealed": seal(new_secret()), "last_step": 0, "began_at": start, "confirmed_at": start}
                self.sheet.plain(SecondFactor, user_id=key, **factor)
                self.sheet.audit(User, key, "second_factor_set", key, start)
            for code in person.communes if role is Role.OFFICER else ():
                self.sheet.add(OfficerCommune, user_id=key, commune_code=code, valid_from=start)
        for buyer in market.buyers:
            self.add(buyer, start)

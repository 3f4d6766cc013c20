"""What the code app of a demo person shows, where all is play."""

from shop.accounts.factor import codes, queries
from shop.accounts.models import User
from shop.core.present import settings
from shop.core.seal import unseal


def demo_code(person: User) -> str:
    """Return the present code of a person of the demo market; '' everywhere else.

    It takes the stand-ins' address, with which a real market refuses to start (shop.config).
    """
    factor = queries.of_person(person.id) if person.demo else None
    if factor is None or not settings().sandbox_url or settings().production:
        return ""
    return codes.present_code(unseal(factor.sealed))

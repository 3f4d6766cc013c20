"""Close a shop: everything that goes on without its people is ended in one transaction."""

from cooperatives.bank.queries import waiting
from cooperatives.bank.services import stop
from cooperatives.certificates.services import take_back
from cooperatives.helping import services as helping
from cooperatives.models import Cooperative
from cooperatives.queries import invitations_of, lock
from cooperatives.services import needs_manager, withdraw_invitation
from cooperatives.standing import services as standing
from products.services import withdraw
from shop.accounts.models import User
from shop.core.errors import Conflict
from shop.desk.closing import queries


def close(cooperative: Cooperative, actor: User) -> None:
    """Close a shop for good: goods are withdrawn, help, invitations and what waits end, orders stay in the books.

    NotAllowed for whoever is no manager; Conflict with the reason where something is to be settled first.
    """
    needs_manager(cooperative, actor)
    lock(cooperative)
    for obstacle in queries.obstacles(cooperative, actor):
        raise Conflict(obstacle.sentence)
    standing.close(cooperative, actor)
    for product in queries.goods(cooperative):
        withdraw(product, actor)
    for certificate in queries.certificates_that_wait(cooperative):
        take_back(certificate, actor)
    for consent in queries.consents(cooperative):
        helping.end(consent, actor)
    for invitation in invitations_of(cooperative):
        withdraw_invitation(cooperative, invitation.code, actor)
    account = waiting(cooperative)
    if account is not None:
        stop(cooperative, account.code, actor)

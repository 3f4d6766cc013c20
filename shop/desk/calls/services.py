"""Against silence: tell again, ask somebody nearby to call, keep what the call brought."""

from sqlalchemy import select

from cooperatives.helping.models import Scope
from cooperatives.helping.queries import helpers_of
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit.services import record
from shop.core.claims import insert_once
from shop.core.codes import shown
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.desk.calls.models import CallResult, OrderCall, OrderReminder, Step
from shop.desk.calls.queries import UNANSWERED
from shop.notices.services import tell
from shop.orders.messages import tell_cooperative
from shop.orders.models import Order

ANSWERED = _l("The seller has answered this order meanwhile.")


def remind(order_id: int, step: Step) -> bool:
    """Do one step against silence about an order, once; False where it was answered or the step is done."""
    order = db.session.scalar(select(Order).where(Order.id == order_id, *UNANSWERED).with_for_update())
    if order is None or not insert_once(OrderReminder, order_id=order.id, step=step):
        return False
    record("order_reminded", order, None, code=order.code, step=step.value)
    if step is Step.REPEAT:
        tell_cooperative(order, "order_waiting")
        return True
    seller = order.cooperative
    callers = {one.id: one for one in officers_of_commune(seller.commune_code)}
    callers |= {one.id: one for one in helpers_of(seller.id, Scope.ORDERS)}
    for one in callers.values():
        tell(one, "order_to_call", "/calls", name=seller.name, code=shown(order.code))
    return True


def keep_call(order: Order, caller: User, result: CallResult, note: str) -> OrderCall:
    """Keep that `caller` called the seller of an order; Conflict where it was answered meanwhile."""
    if db.session.scalar(select(Order.id).where(Order.id == order.id, *UNANSWERED).with_for_update()) is None:
        raise Conflict(ANSWERED)
    call = OrderCall(order_id=order.id, caller_id=caller.id, result=result, note=note)
    db.session.add(call)
    record("seller_called", order, caller, code=order.code, result=result.value)
    return call

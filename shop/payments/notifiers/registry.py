"""The notifiers this market knows, by the kind kept on a connection."""

from shop.payments.notifiers.base import Notifier
from shop.payments.notifiers.casso import Casso
from shop.payments.notifiers.models import NotifierKind
from shop.payments.notifiers.payos import PayOS
from shop.payments.notifiers.sepay import SePay

NOTIFIERS: dict[NotifierKind, Notifier] = {
    NotifierKind.SEPAY: SePay(),
    NotifierKind.CASSO: Casso(),
    NotifierKind.PAYOS: PayOS(),
}

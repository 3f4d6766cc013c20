"""The notifiers this market knows, by the kind kept on a connection."""

from shop.payments.notifiers.base import Notifier
from shop.payments.notifiers.models import NotifierKind
from shop.payments.notifiers.sepay import SePay

NOTIFIERS: dict[NotifierKind, Notifier] = {NotifierKind.SEPAY: SePay()}

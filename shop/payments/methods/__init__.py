"""The ways to pay that this market knows, by the code kept on a purchase."""

from shop.orders.models import Method
from shop.payments.methods.bank_qr import BankQR
from shop.payments.methods.base import OnlineMethod, PaymentMethod
from shop.payments.methods.cash_on_delivery import CashOnDelivery
from shop.payments.methods.stripe_checkout import StripeCheckout

CARD = StripeCheckout()
METHODS: dict[Method, PaymentMethod] = {
    Method.CASH: CashOnDelivery(),
    Method.BANK_QR: BankQR(),
    Method.CARD: CARD,
}
ONLINE: dict[Method, OnlineMethod] = {Method.CARD: CARD}

"""What the stand-ins need to know, with defaults that a fresh clone can use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TEMPLATES = {
    "300001": ("code", "ship_by", "notice"),  # a new order
    "300002": ("product", "count", "notice"),  # goods to mend
}


@dataclass(frozen=True)
class SandboxSettings:
    """Settings of the stand-ins; the keys are public examples and open nothing."""

    environment: str = "development"
    shop_origin: str = "http://127.0.0.1:8000"
    webhook_path: str = "/webhooks/stripe"
    webhook_secret: str = "whsec_sandbox_not_a_secret"  # noqa: S105 - an example on purpose
    stripe_key: str = "sk_test_sandbox_not_a_secret"
    sms_api_key: str = "sandbox-api-key"
    sms_secret_key: str = "sandbox-secret-key"  # noqa: S105 - an example on purpose
    zalo_access_token: str = "sandbox-zalo-token"  # noqa: S105 - an example on purpose
    zalo_app_id: str = "sandbox-zalo-app"
    zalo_app_secret: str = "sandbox-zalo-app-secret"  # noqa: S105 - an example on purpose
    zalo_refresh_token: str = "sandbox-zalo-refresh"  # noqa: S105 - the first one, good for one use
    # Registered templates: the number and the names of the places that a message must fill.
    zalo_templates: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(TEMPLATES))
    # Who listens to which bank account: its number, and the webhook's path at the shop with the secret it signs with.
    bank_listeners: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    bank_minute: float = 1.0  # seconds that a minute of SePay's waits lasts here
    smtp_port: int = 0  # shown on the first page; 0: mail does not listen
    # Stripe asks for 0.50 USD at its own rate; 13.000 đồng is that at 26.000 đồng a dollar.
    minimum_charge: int = 13_000
    # Waits before the second, third … attempt of a webhook, in seconds.
    retry_waits: tuple[float, ...] = (1.0, 5.0, 25.0)
    receiver_patience: float = 10.0  # seconds the shop may take to answer a webhook

    def check(self) -> None:
        """Refuse what could touch something real; raises ValueError with a sentence for the operator."""
        if self.environment == "production":
            raise ValueError("The sandbox does not start in production: nothing in it is real.")
        if not self.stripe_key.startswith("sk_test_"):
            raise ValueError("The sandbox takes only a Stripe test key, one that starts with sk_test_.")
        if not self.webhook_secret.startswith("whsec_"):
            raise ValueError("A Stripe webhook secret starts with whsec_.")
        if urlsplit(self.shop_origin).scheme not in {"http", "https"}:
            raise ValueError("The shop's origin must look like http://127.0.0.1:8000.")

    @property
    def webhook_url(self) -> str:
        """The shop's address that Stripe's events are sent to."""
        return self.shop_origin.rstrip("/") + self.webhook_path

"""Settings: read once at start, checked, never changed afterwards."""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
UNSAFE_KEYS = {"", "dev", "secret", "changeme"}


class BadSettings(ValueError):
    """The program must not start with these settings."""


@dataclass(frozen=True)
class Settings:
    """Every setting, with its environment name in upper case (DATABASE_URL, ORIGIN …)."""

    environment: str = "development"  # development, test or production
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'market.db'}"
    storage_url: str = str(ROOT / "instance" / "media")
    static_build: str = str(ROOT / "instance" / "static")
    origin: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    secret_key_fallbacks: str = ""  # old keys, separated by spaces, while rotating
    media_key: str = ""
    seal_key: str = ""  # opens the secrets that the database holds sealed
    seal_key_fallbacks: str = ""  # old seal keys, separated by spaces, while rotating
    trusted_proxies: int = 0  # hops in front of us that set X-Forwarded-*
    home_province: str = "12"
    market_name: str = "Chợ Phiên"
    code_prefix: str = "LC"
    operator: str = ""
    hotline: str = ""
    zalo: str = ""
    logo: str = "img/logo.svg"
    smtp_url: str = ""  # smtp://user:password@host:587 ; empty: mails wait in outgoing_mail
    mail_from: str = "Chợ Phiên <no-reply@chophien.example>"
    sms_url: str = ""  # an eSMS-style HTTP sender ; empty: SMS wait in outgoing_sms
    sms_api_key: str = ""
    sms_secret_key: str = ""
    zalo_url: str = "https://business.openapi.zalo.me/message/template"
    zalo_access_token: str = ""  # a key that is not renewed here; with the three below it is not needed
    zalo_app_id: str = ""  # with the two below: the key is renewed here; all empty: no Zalo messages
    zalo_app_secret: str = ""
    zalo_refresh_token: str = ""  # the first one; later ones are kept sealed in the database
    zalo_oauth_url: str = "https://oauth.zaloapp.com/v4/oa/access_token"
    zalo_templates: str = ""  # kind:number pairs with spaces between, e.g. order_placed:207449
    phone_first: str = "zalo"  # zalo or sms: by which a phone is told first; the other follows where it fails
    vapid_private_key: str = ""  # a P-256 scalar in base64url; empty: no push
    vapid_subject: str = ""  # mailto:… of whoever answers to push services; empty: ORIGIN
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_connect_webhook_secret: str = ""  # of the endpoint for events of sellers' accounts
    stripe_connect_country: str = ""  # where sellers' own accounts are opened (two letters); empty: none are
    stripe_api_url: str = ""  # empty: Stripe itself
    stripe_least: int = 15_000  # đồng
    stripe_most: int = 50_000_000  # đồng
    bank_account_delay_hours: int = 48  # before another account of a cooperative counts
    transfer_hours: int = 12  # so long the goods of an order are kept for a bank transfer
    cod_most: int = 5_000_000  # đồng an order, cash on delivery
    unpaid_orders: int = 10  # open orders in cash, and as many by transfer, of one phone number or account
    unpaid_most: int = 10_000_000  # đồng of them together
    orders_a_network: int = 300  # purchases a day of one network: many phones share one, so only a bound for machines
    cod_confirm_from: int = 1_000_000  # đồng: cash orders from here on are confirmed by the buyer first; 0: none
    cod_confirm_first: int = 1  # 1: so is the first cash order of a phone number; 0: not
    kept_pages: int = 16  # MiB of public pages that each process keeps until they change; 0: none
    sandbox_url: str = ""  # set: stand-ins are in use, the red bar shows
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings from a mapping of names to texts; raises BadSettings with a sentence for the operator."""
        values: dict[str, str | int] = {}
        for item in fields(cls):
            text = env.get(item.name.upper())
            if text is None or text == "":
                continue
            values[item.name] = _whole_number(item.name, text) if item.type in (int, "int") else text
        settings = cls(**values)  # type: ignore[arg-type]
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse to start where a setting would make the market unsafe; raises BadSettings."""
        if self.environment not in {"development", "test", "production"}:
            raise BadSettings("ENVIRONMENT must be development, test or production")
        if urlsplit(self.origin).scheme not in {"http", "https"} or urlsplit(self.origin).path not in {"", "/"}:
            raise BadSettings("ORIGIN must look like https://market.example")
        if not (2 <= len(self.code_prefix) <= 3 and self.code_prefix.isascii() and self.code_prefix.isupper()):
            raise BadSettings("CODE_PREFIX must be two or three capital letters, like LC")
        if self.phone_first not in {"zalo", "sms"}:
            raise BadSettings("PHONE_FIRST must be zalo or sms")
        if self.environment == "production":
            self._check_production()

    def _check_production(self) -> None:
        for name in ("secret_key", "media_key", "seal_key"):
            value = getattr(self, name)
            if value in UNSAFE_KEYS or len(value) < 32:
                raise BadSettings(f"{name.upper()} must be a random text of 32 characters or more in production")
        if urlsplit(self.origin).scheme != "https":
            raise BadSettings("ORIGIN must begin with https:// in production")
        if self.sandbox_url or self.stripe_api_url:
            raise BadSettings("SANDBOX_URL and STRIPE_API_URL must be empty in production")

    @property
    def zalo_renews(self) -> bool:
        """True where the key for Zalo is renewed by ourselves."""
        return bool(self.zalo_app_id and self.zalo_app_secret and self.zalo_refresh_token)

    @property
    def zalo_speaks(self) -> bool:
        """True where there is a key for Zalo at all."""
        return self.zalo_renews or bool(self.zalo_access_token)

    @property
    def production(self) -> bool:
        """True on a real market."""
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        """False only where the configured origin is plain http on loopback."""
        parts = urlsplit(self.origin)
        return not (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"})

    @property
    def session_cookie(self) -> str:
        """The name of the session cookie (decision on people: `__Host-session`, or `session` on loopback)."""
        return "__Host-session" if self.secure_cookies else "session"


def _p256_scalar() -> str:
    """Return a random private key of the curve P-256 (its order is FIPS 186-4, D.1.2.3) in base64url."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    scalar = secrets.randbelow(order - 1) + 1
    return base64.urlsafe_b64encode(scalar.to_bytes(32, "big")).rstrip(b"=").decode()


@dataclass(frozen=True)
class GeneratedKeys:
    """Random keys for a new market."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    media_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    vapid_private_key: str = field(default_factory=_p256_scalar)
    seal_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))


def _whole_number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadSettings(f"{name.upper()} must be a whole number") from None


def read_settings_file(path: Path) -> dict[str, str]:
    """Read KEY=VALUE lines (# begins a comment line) of a settings file; a missing file gives no settings."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {key.strip(): value.strip().strip('"') for key, value in pairs}

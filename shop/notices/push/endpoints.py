"""To which addresses we ever post a push message: those of the browsers' own services, nowhere else."""

from urllib.parse import urlsplit

from shop.config import Settings

# The services of Chrome and most others, Firefox, Edge, Safari; a name that begins with a dot stands for all below it.
KNOWN = ("fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", "web.push.apple.com")
LONGEST = 1000


def is_known(endpoint: str, settings: Settings) -> bool:
    """Say whether an address, which a browser gave us, lies at a push service.

    Without this list anybody could let our server post into its own network (SSRF). The stand-in's address is allowed
    by SANDBOX_URL, which production refuses.
    """
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    if settings.sandbox_url and endpoint.startswith(f"{settings.sandbox_url.rstrip('/')}/push/send/"):
        return True
    try:
        parts = urlsplit(endpoint)
        plain = parts.scheme == "https" and parts.port in {None, 443} and "@" not in parts.netloc
    except ValueError:
        return False
    host = parts.hostname or ""
    return plain and any(host == name or (name[0] == "." and host.endswith(name)) for name in KNOWN)

"""What nobody shall take as a password, though it stands on no list: one's own name and the market's."""

from shop.core.phones import show_phone
from shop.core.present import settings
from shop.places.queries import province


def own_words(*personal: str | None) -> list[str]:
    """Return the words of a person (name, E.164 phone, e-mail) with their parts, and those of market and province."""
    home = province(settings().home_province)
    words = [settings().market_name, home.short_name if home else "", settings().code_prefix]
    for word in filter(None, personal):
        words += [word, word.partition("@")[0], *word.split()]
        words += [show_phone(word), word.removeprefix("+84")] if word.startswith("+") else []
    return words

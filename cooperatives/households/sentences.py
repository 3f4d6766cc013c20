"""What a household says aloud to agree; a text that was ever spoken is never changed, a new one gets the next number.

Not in the catalogues: what somebody agreed to is what was read to them then.
"""

VERSION = 1
_TEXTS = {
    1: {
        "vi": (
            "Tôi đồng ý cho {helper} làm thay tôi việc hàng, đơn hàng và trả lời ở chợ này, đến ngày {day}. "
            "{helper} không được đụng đến tiền. Tôi muốn dừng lúc nào cũng được."
        ),
        "en": (
            "I agree that {helper} may act for me with goods, orders and replies on this market until {day}. "
            "{helper} may not touch any money. I can stop it whenever I want."
        ),
        "hi": (
            "मैं सहमत हूँ कि {helper} {day} तक इस बाज़ार में मेरी ओर से सामान, ऑर्डर और उत्तर का काम करें। "
            "{helper} पैसे को हाथ नहीं लगाएँगे। मैं जब चाहूँ इसे रोक सकता/सकती हूँ।"
        ),
    },
}


def sentence(version: int, lang: str, helper: str, day: str) -> str:
    """Return the sentence of a version in vi, en or hi, with the helper's name and the last day in words."""
    return _TEXTS[version][lang].format(helper=helper, day=day)

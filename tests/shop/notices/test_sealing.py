"""Sealing as RFC 8291 shows it; only known push services are ever posted to."""

from dataclasses import replace

import pytest

from shop.config import GeneratedKeys
from shop.notices.push.endpoints import LONGEST, is_known
from shop.notices.push.sealing import from_text, point, private_key, sealed, to_text

# RFC 8291, appendix A.
ONCE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard() -> None:
    message = b"When I grow up, I want to be a watermelon"
    assert to_text(sealed(message, P256DH, AUTH, once=private_key(ONCE), salt=from_text(SALT))) == SEALED


def test_never_the_same_twice() -> None:
    assert sealed(b"x", P256DH, AUTH) != sealed(b"x", P256DH, AUTH)


def test_a_new_market_gets_a_good_key() -> None:
    keys = {GeneratedKeys().vapid_private_key for _ in range(20)}
    assert len(keys) == 20
    assert all(len(point(private_key(key))) == 65 for key in keys)


KNOWN = (
    "https://fcm.googleapis.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc",
    "https://web.push.apple.com/abc",
    "https://fcm.googleapis.com:443/fcm/send/abc",
)
STRANGE = (
    *("http://fcm.googleapis.com/x", "https://fcm.googleapis.com.evil.example/x", "https://evil.example/x"),
    *("https://push.services.mozilla.com.evil.example/", "https://xpush.services.mozilla.com/"),
    *("https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest", "https://localhost/x", "file:///x"),
    *("https://fcm.googleapis.com:22/x", "https://me@fcm.googleapis.com/x", "https://fcm.googleapis.com@evil.example/"),
    *("https://fcm.googleapis.com\\@evil.example/", "https://fcm.googleapis.com/\nx", "https://[fcm", "", "//x"),
    *("http://127.0.0.1:8025/push/send/x", f"https://fcm.googleapis.com/{'x' * LONGEST}"),
)


@pytest.mark.parametrize(("endpoint", "known"), [(one, True) for one in KNOWN] + [(one, False) for one in STRANGE])
def test_which_addresses_are_posted_to(app, endpoint, known) -> None:
    assert is_known(endpoint, app.extensions["settings"]) is known


def test_the_stand_in_only_where_it_is_set(app) -> None:
    chosen = replace(app.extensions["settings"], sandbox_url="http://127.0.0.1:8025")
    assert is_known("http://127.0.0.1:8025/push/send/x", chosen)
    assert not is_known("http://127.0.0.1:8025/_control/forgetting", chosen)
    assert not is_known("http://127.0.0.1:80250/push/send/x", chosen)

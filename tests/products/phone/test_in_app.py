"""Inside Zalo's or Facebook's browser the form says how to leave it."""

import pytest

ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A045F; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
INSIDE = [
    f"{ANDROID} Zalo android/24010001 ZaloTheme/light",
    f"{ANDROID} [FB_IAB/FB4A;FBAV/446.0.0.0;]",
    f"{IPHONE} [FBAN/FBIOS;FBAV/446.0.0.0]",
    f"{IPHONE} Instagram 312.0.0.0",
]
NEW = "/my/products/new"


@pytest.mark.parametrize("agent", INSIDE)
def test_the_form_says_how_to_leave(browser, cast, agent):
    browser.sign_in(cast.member)
    browser.get(NEW, headers={"User-Agent": agent})
    assert browser.says("This window forgets easily. Open the page in Chrome; what is sent goes on there.")
    leave = browser.all("a[data-part=open]")
    assert len(leave) == ("Android" in agent)
    for link in leave:
        assert (
            link.get("href")
            == f"intent://{browser.origin.split('//')[1]}{NEW}#Intent;scheme=http;package=com.android.chrome;end"
        )


@pytest.mark.parametrize("agent", [ANDROID, IPHONE, "Zaloha/1.0"])
def test_a_browser_of_its_own_is_left_alone(browser, cast, agent):
    browser.sign_in(cast.member)
    browser.get(NEW, headers={"User-Agent": agent})
    assert not browser.all("[data-behaviour=copy-link]")

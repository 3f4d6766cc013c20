"""Addresses as limits count them and as their owners read them."""

import pytest

from shop.core.networks import network_of, shown_network


@pytest.mark.parametrize(
    ("address", "counted", "shown"),
    [
        ("113.160.1.2", "113.160.1.2", "113.160.*"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:*"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64", "2001:db8:1:*"),
        ("::ffff:113.160.1.2", "113.160.1.2", "113.160.*"),
        ("", "", ""),
        (None, "", ""),
        ("unix:", "", ""),
    ],
)
def test_networks(address, counted: str, shown: str) -> None:
    assert network_of(address) == counted
    assert shown_network(address) == shown

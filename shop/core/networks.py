"""Network addresses as limits count them: IPv4 whole, IPv6 by /64, which is one household or phone."""

from ipaddress import ip_address, ip_network


def network_of(address: str | None) -> str:
    """Return what a limit counts an address under: 113.160.1.2, or 2001:db8:1:2::/64; '' where there is none."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return ""
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed.ipv4_mapped if parsed.version == 6 else parsed)


def shown_network(address: str | None) -> str:
    """Return as much of an address as its owner needs to know it again: 113.160.*, 2001:db8:1:*; '' for none."""
    network = network_of(address)
    if ":" in network:
        return ":".join(network.split(":")[:3]) + ":*"
    return ".".join(network.split(".")[:2]) + ".*" if network else ""

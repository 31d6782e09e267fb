"""Which network addresses are everybody's: what a webhook may be sent to, and an inner network keeps for itself."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Public by their number, and not meant for anybody outside: Azure's host, and ranges Python does not know as private.
KEPT_BACK = tuple(
    ip_network(each) for each in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "5f00::/16")
)
EVERYBODYS_IPV6 = ip_network("2000::/3")
NAT64 = ip_network("64:ff9b::/96")  # an IPv4 address in its last 32 bits


def is_public(host: str) -> bool:
    """Whether an address, as text, belongs to no inner network; False for what is no address."""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return all(_is_everybodys(each) for each in _meant(found))


def is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _meant(found: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """The addresses a packet may end at: an IPv6 address can carry an IPv4 one."""
    if isinstance(found, IPv4Address):
        return (found,)
    if found.ipv4_mapped:
        return (found.ipv4_mapped,)
    if found in NAT64:
        return (IPv4Address(int(found) & 0xFFFFFFFF),)
    carried = (found.sixtofour, *(found.teredo or ()))
    return (found, *(each for each in carried if each))


def _is_everybodys(found: IPv4Address | IPv6Address) -> bool:
    if found.version == 6 and found not in EVERYBODYS_IPV6:  # noqa: PLR2004 - the other one is 4
        return False
    return found.is_global and not found.is_multicast and not any(found in each for each in KEPT_BACK)

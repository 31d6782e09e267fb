"""A webhook reaches what is everybody's, and nothing of an inner network, however its address is written."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.addresses import is_address, is_public

PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
INNER = {
    "loopback": ["127.0.0.1", "127.255.255.254", "::1"],
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fd00::1", "fec0::1"],
    "link-local": ["169.254.0.1", "fe80::1", "fe80::1%eth0"],
    "metadata": ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"],
    "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
    "multicast and broadcast": ["224.0.0.1", "239.255.255.250", "255.255.255.255", "ff02::1", "ff0e::1"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],  # noqa: S104 - an address nobody may reach
    "reserved and for documents": ["240.0.0.1", "198.18.0.1", "192.0.2.1", "203.0.113.7", "2001:db8::1", "5f00::1"],
    "an IPv4 address in an IPv6 one": [
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:a9fe:a9fe",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
        ),
        *("64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
}
NONE = ["localhost", "example.com", "", "127.1", "2130706433", "0x7f.0.0.1", "10.0.0.01", "[::1]", "1.2.3.4 "]


@pytest.mark.parametrize("address", PUBLIC)
def test_everybodys(address: str):
    assert is_public(address)


@pytest.mark.parametrize(("kind", "address"), [(kind, each) for kind, some in INNER.items() for each in some])
def test_of_an_inner_network(kind: str, address: str):
    assert is_address(address)
    assert not is_public(address), kind


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_is_nobodys(text: str):
    assert not is_address(text)
    assert not is_public(text)


@given(st.ip_addresses(v=4))
def test_an_address_is_no_more_public_for_being_written_in_ipv6(address: IPv4Address):
    for carrier in (0xFFFF << 32, 0x64FF9B << 96):
        assert is_public(str(IPv6Address(carrier | int(address)))) == is_public(str(address))

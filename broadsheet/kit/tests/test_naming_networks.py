import pytest

from broadsheet.kit.networks import in_networks, network_of, wider_network_of


@pytest.mark.parametrize(
    ("address", "network", "wider"),
    [
        ("192.0.2.7", "192.0.2.7/32", "192.0.2.0/24"),
        (" 192.0.2.7 ", "192.0.2.7/32", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.7/32", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
    ],
)
def test_an_address_belongs_to_its_network(address, network, wider):
    assert network_of(address) == network
    assert wider_network_of(address) == wider


@pytest.mark.parametrize(
    "address", ["", "unix:", "192.0.2", "192.0.2.007", "1.2.3.4, 5.6.7.8", "x" * 5000, "2130706433"]
)
def test_what_is_no_address_is_one_unknown_source(address):
    assert network_of(address) == wider_network_of(address) == "unknown"
    assert not in_networks(address, ["0.0.0.0/0", "::/0"])


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("10.200.0.1", True),
        ("11.0.0.1", False),
        ("192.0.2.7", True),
        ("192.0.2.8", False),
        ("::ffff:10.0.0.1", True),
        ("2001:db8:ffff::1", True),
        ("2001:db9::1", False),
        ("a00::1", False),  # begins with the same bits as 10.0.0.0/8
    ],
)
def test_networks_of_all_lengths_are_searched(address, inside):
    assert in_networks(address, ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]) is inside


def test_nobody_is_inside_no_networks():
    assert not in_networks("192.0.2.7", [])


def test_a_network_that_can_not_be_read_is_not_ignored():
    with pytest.raises(ValueError, match=r"10\.0\.0\.300"):
        in_networks("10.0.0.1", ["10.0.0.300/8"])

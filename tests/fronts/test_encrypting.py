"""TLS as nginx.conf proposes it: its lines work as they stand, and the application learns that nobody listens in."""

import datetime
import json
import re
import ssl
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests import homes
from tests.fronts import fronts
from tests.fronts.conftest import ARTICLE, PRINTS
from tests.homes import Home
from tests.patience import PATIENCE

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of 127.0.0.1 that nobody but this test trusts."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.example.org")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder


@pytest.fixture(scope="module")
def ports(telling_home: Home, certificate: Path) -> Iterator[tuple[int, int]]:
    """The one that is encrypted, and the one that leads there."""
    encrypted, plain = homes.free_port(), homes.free_port()
    with fronts.short_directory() as place:
        web_socket = place / "web.sock"
        site = with_tls((fronts.DEPLOY / "nginx.conf").read_text())
        for placeholder, value in {
            "/etc/letsencrypt/live/paper.example.org": str(certificate),
            "/srv/paper": str(telling_home.path),
            "/run/broadsheet/web.sock": str(web_socket),
            "listen 443": f"listen 127.0.0.1:{encrypted}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
        }.items():
            site = site.replace(placeholder, value)
        site = re.sub(r"listen \[::\].*;", "", site)
        if not fronts.BROTLI.exists():
            site = re.sub("brotli_static o.*;", "", site)
        with (
            fronts.application(telling_home, "tests.fronts.telling_application:application", at=web_socket),
            fronts.nginx_of(site, encrypted),
        ):
            yield encrypted, plain


def with_tls(site: str) -> str:
    """The file after somebody has done what it says about TLS."""
    site = site.replace("    listen 80;\n    listen [::]:80;\n    server_name", "    server_name", 1)
    return re.sub(r"^( *)#  (?=\S| {4})", r"\1", site, flags=re.MULTILINE)


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate / "fullchain.pem"))


def test_a_print_is_handed_out_encrypted(ports: tuple[int, int], trusting: ssl.SSLContext):
    connection = HTTPSConnection("127.0.0.1", ports[0], timeout=PATIENCE, context=trusting)
    connection.request("GET", ARTICLE)
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, PRINTS[ARTICLE])
    connection.close()


def test_the_application_learns_that_it_was_asked_encrypted(ports: tuple[int, int], trusting: ssl.SSLContext):
    connection = HTTPSConnection("127.0.0.1", ports[0], timeout=PATIENCE, context=trusting)
    connection.request("GET", "/newsroom/x/", headers={"X-Forwarded-Proto": "http"})
    assert json.loads(connection.getresponse().read())["scheme"] == "https"
    connection.close()


def test_browsers_are_spoken_to_in_http_2(ports: tuple[int, int], trusting: ssl.SSLContext):
    trusting.set_alpn_protocols(["h2", "http/1.1"])
    connection = HTTPSConnection("127.0.0.1", ports[0], timeout=PATIENCE, context=trusting)
    connection.connect()
    assert connection.sock.selected_alpn_protocol() == "h2"
    connection.close()


def test_whoever_comes_unencrypted_is_led_to_the_encrypted_address(ports: tuple[int, int]):
    connection = HTTPConnection("127.0.0.1", ports[1], timeout=PATIENCE)
    connection.request("GET", f"{ARTICLE}?p=3")
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://paper.example.org{ARTICLE}?p=3"
    connection.close()
    connection = HTTPConnection("127.0.0.1", ports[1], timeout=PATIENCE)
    connection.request("GET", "/.well-known/acme-challenge/nothing")
    assert connection.getresponse().status == 404, "a certificate is renewed without encryption"
    connection.close()

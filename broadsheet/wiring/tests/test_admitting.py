import re

from tests.homes import Home


def test_a_link_is_printed_for_the_publisher_and_for_nobody_unknown(publication: Home):
    printed = publication.run("admit").stdout
    assert "Sign in as publisher@localhost" in printed
    assert re.search(r"http://127\.0\.0\.1:\d+/newsroom/sign-in/\S{40,}/", printed)
    refused = publication.run("admit", "nobody@example.org", check=False)
    assert refused.returncode == 1
    assert "Nobody of the staff has the address nobody@example.org" in refused.stderr
    assert "sign-in" not in refused.stdout

"""How much one source may post: exactly what the options allow, however it is sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import RequestFactory

from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import filled_in, post, posted
from broadsheet.wiring.wsgi import Entrance

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def allow(settings):
    def allow(**rates):
        settings.OPTIONS = settings.OPTIONS | {f"limit_comments_{name}": rate for name, rate in rates.items()}

    return allow


def numbered(article, count, **fields):
    return [post(article, f"Word {n} of {fields}", **fields).status_code for n in range(count)]


def test_one_network_gets_what_it_is_allowed_and_then_is_told_when_to_come_back(article, allow):
    allow(network="3/60")
    assert numbered(article, 3) == [303, 303, 303]
    answer = post(article, "One more & <more>")
    html = answer.content.decode()
    assert answer.status_code == 429
    assert 18 <= int(answer["Retry-After"]) <= 20
    assert filled_in(html, "text") == "One more & <more>"
    assert f"Wait {answer['Retry-After']} seconds" in html


def test_whoever_waits_as_long_as_told_is_admitted(article, allow, clock):
    allow(network="2/60")
    numbered(article, 2)
    wait = int(post(article, "Too soon")["Retry-After"])
    clock.forward(wait)
    assert post(article, "Now").status_code == 303
    assert post(article, "And again").status_code == 429


def test_another_network_is_another_allowance(article, allow):
    allow(network="1/60", wider_network="100/60")
    assert [post(article, "Hello", address=f"192.0.2.{n}").status_code for n in (1, 2, 1)][:2] == [303, 303]
    assert post(article, "Hello again", address="192.0.2.1").status_code == 429


def test_an_ipv6_household_is_one_network_and_its_provider_a_wider_one(article, allow):
    allow(network="2/60", wider_network="3/60")
    household = ["2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:1:abcd::3"]
    assert [post(article, n, address=n).status_code for n in household] == [303, 303, 429]
    assert post(article, "next door", address="2001:db8:1:2::1").status_code == 303
    assert post(article, "another door", address="2001:db8:1:3::1").status_code == 429
    assert post(article, "far away", address="2001:db8:2::1").status_code == 303


def test_one_thread_takes_only_so_much_from_everybody_together(article, allow):
    allow(thread="3/60")
    assert [post(article, f"{n}", address=f"10.{n}.0.1").status_code for n in range(5)] == [303] * 3 + [
        429
    ] * 2


def test_a_shared_network_over_its_limit_is_held_and_never_refused(article, allow, settings):
    allow(shared_network="2/60", network="1/60", thread="1/60")
    settings.OPTIONS = settings.OPTIONS | {"shared_networks": ["203.0.113.0/24"]}
    comments = [posted(article, f"Word {n}", address="203.0.113.9") for n in range(4)]
    held = [comment.state == Comment.State.HELD for comment in comments]
    assert held[-2:] == [True, True]
    assert "its network" in comments[-1].holds.get().reason


def test_staff_are_not_limited(article, allow, carol, client):
    allow(network="1/3600", thread="1/3600")
    client.force_login(carol)
    own = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    assert {post(article, f"{n}", client=client, **own).status_code for n in range(4)} == {303}


def test_this_very_machine_is_limited_too(article, allow):
    allow(network="1/3600")
    assert [post(article, f"{n}", address="127.0.0.1").status_code for n in range(2)] == [303, 429]


def test_a_form_that_is_refused_for_its_fields_costs_nothing(article, allow):
    allow(network="1/3600")
    assert [post(article, "").status_code for _ in range(5)] == [422] * 5
    assert post(article).status_code == 303


SPOOFED = (
    "X_FORWARDED_FOR",
    "X_REAL_IP",
    "FORWARDED",
    "CLIENT_IP",
    "TRUE_CLIENT_IP",
    "CF_CONNECTING_IP",
    "X_FORWARDED_HOST",
)


def test_headers_that_claim_another_address_do_not_widen_a_limit(article, allow):
    allow(network="2/3600")
    statuses = [
        post(
            article, f"Word {n}", **{f"HTTP_{header}": f"198.51.100.{n}" for header in SPOOFED[:6]}
        ).status_code
        for n in range(6)
    ]
    assert statuses == [303, 303, 429, 429, 429, 429]


@pytest.mark.parametrize(
    ("behind_front", "forwarded", "believed"),
    [
        (False, "198.51.100.1", "127.0.0.1"),
        (True, "198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1, 203.0.113.5, 198.51.100.1", "198.51.100.1"),
        (True, "", ""),
    ],
)
def test_only_a_front_on_the_socket_is_believed_and_only_what_it_appended(behind_front, forwarded, believed):
    seen = {}

    def application(environ, start_response):
        seen.update(environ)
        return []

    environ = RequestFactory(HTTP_X_FORWARDED_FOR=forwarded).get("/").environ
    Entrance(application, behind_front=behind_front)(environ, lambda *_: None)
    assert seen["REMOTE_ADDR"] == believed
    assert "HTTP_X_FORWARDED_FOR" not in seen


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_forty_at_once_from_sixteen_threads_exactly_as_many_pass_as_are_allowed(article, allow):
    allow(network="7/3600")

    def send(n):
        try:
            answer = post(article, f"Word {n}")
            return answer.status_code, answer.headers.get("Retry-After")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(send, range(40)))
    statuses = [status for status, _ in answers]
    assert (statuses.count(303), statuses.count(429)) == (7, 33)
    assert all(1 <= int(wait) <= 515 for status, wait in answers if status == 429)
    assert Comment.objects.filter(thread__article=article).count() == 7
    assert sorted(Comment.objects.filter(thread__article=article).values_list("seq", flat=True)) == list(
        range(1, 8)
    )
    assert sorted(Comment.objects.filter(thread__article=article).values_list("rev", flat=True)) == list(
        range(1, 8)
    )

"""Every hostile and odd string there is, through the comment form, into pages, receipts, feeds and the open API."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django.test import Client

from broadsheet.discussion import reading, receipts
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import filled_in, make_article, page, post, write
from broadsheet.kit import text
from broadsheet.kit.tests import corpora
from broadsheet.kit.tests.oracle import COMMENT, problems_in
from tests import patience

pytestmark = pytest.mark.django_db(databases="__all__")

IN_ONE = 9_000
"""Characters of payloads put together into one comment, so that thousands go the whole way in little time."""


@pytest.fixture(autouse=True)
def unlimited(settings):
    rates = dict.fromkeys(
        (f"limit_comments_{name}" for name in ("network", "wider_network", "thread")), "1000000/1"
    )
    settings.OPTIONS = settings.OPTIONS | rates | {"gates": []}


def encodable(payload):
    return payload.encode("utf-8", "replace").decode()


def bundles(payloads):
    """Payloads, separated by paragraphs, in as few comments as they fit."""
    bundle: list[str] = []
    for payload in map(encodable, payloads):
        if bundle and sum(map(len, bundle)) + 2 * len(bundle) + len(payload) > IN_ONE:
            yield "\n\n".join(bundle)
            bundle = []
        bundle.append(payload[:IN_ONE])
    yield "\n\n".join(bundle)


def published(article):
    return Comment.objects.filter(thread__article=article).order_by("seq")


def test_the_naughty_strings_as_texts_come_back_as_they_were_and_break_nothing(article, shared_dir):
    strings = list(map(encodable, corpora.naughty_strings(shared_dir)))
    assert len(strings) == 515
    for n, string in enumerate(strings):
        answer = post(article, string, name=f"guest {n}")
        wanted = text.clean(string).strip()
        if answer.status_code == 422:
            assert (
                not text.clean(string).strip()
                or "\0" in string
                or "Write something" in answer.content.decode()
            )
            continue
        assert answer.status_code == 303, (n, string)
        comment = Comment.objects.filter(thread__article=article).order_by("pk").last()
        assert comment.source == wanted
        assert problems_in(comment.html, COMMENT) == [], string


def test_the_naughty_strings_as_names_addresses_parents_and_traps_break_nothing(article, shared_dir):
    for n, string in enumerate(map(encodable, corpora.naughty_strings(shared_dir))):
        named = post(article, f"Word {n}", name=string)
        assert named.status_code in {303, 422}, string
        if named.status_code == 303:
            assert Comment.objects.order_by("pk").last().author_name == text.clean_line(string)
        other = post(
            article, f"Another word {n}", name=f"guest {n}", email=string, parent=string, website=string
        )
        assert other.status_code in {303, 409, 422}, string
        for answer, field in ((named, "name"), (other, "email")):
            if answer.status_code == 422 and not re.search("[\r\n\0]", string):
                assert filled_in(answer.content.decode(), field) == string


@pytest.mark.hostile("comments")
def test_every_payload_is_harmless_wherever_a_comment_is_shown(article, shared_dir):
    comments = 0
    for bundle in bundles(corpora.hostile(shared_dir)):
        with patience.ends():
            answer = post(article, bundle, name=f"<b onclick=x>{comments}")
        assert answer.status_code in {303, 422}, bundle[:200]
        comments += answer.status_code == 303
    assert comments > 50
    for comment in published(article):
        assert problems_in(comment.html, COMMENT) == []
    _shown_harmlessly(article)


def _shown_harmlessly(article):
    thread = reading.thread_of(article)
    inside = re.compile(r'<div class="comment-text"[^>]*>(.*?)</div>', re.S)
    places = ["", "comments/newest/", *(f"c/{seq}/" for seq in range(1, thread.last_seq, 17))]
    for place in places:
        try:
            html = page(article.path + place)
        except Exception as moved:
            assert place == "comments/newest/" and type(moved).__name__ == "Moved"
            continue
        for shown in inside.findall(html):
            assert problems_in(shown, COMMENT) == [], place
        assert not re.findall(
            r"<(?:b|img|iframe|svg|object|embed|math|form(?! class=\"say\"))[\s>]", inside.sub("", html)
        ), place
    everything = json.loads(Client().get(f"{article.path}comments.json?limit=1000").content)
    for comment in everything["comments"]:
        assert problems_in(comment["html"], COMMENT) == []
    for feed in (f"{article.path}comments/feed.xml", "/comments/feed.xml"):
        for item in ElementTree.fromstring(page(feed).encode()).findall("channel/item"):
            assert problems_in(item.findtext("description"), COMMENT) == []


@pytest.mark.hostile("receipt_revisions")
def test_every_payload_is_harmless_as_a_changed_comment(article, shared_dir):
    where = post(article, "Not yet hostile.")["Location"]
    for bundle in list(bundles(corpora.hostile(shared_dir)))[::4]:
        with patience.ends():
            answer = Client().post(f"{where}revisions/", {"text": bundle})
        assert answer.status_code in {303, 422}, bundle[:200]
    comment = published(article).get()
    earlier = comment.revisions.values_list("html", flat=True)
    assert len(earlier) > 10
    for html in (comment.html, *earlier):
        assert problems_in(html, COMMENT) == []
    _shown_harmlessly(article)


@pytest.mark.hostile("receipt_appeals")
def test_every_payload_is_text_as_an_appeal(article, thread, shared_dir):
    for bundle in list(bundles(corpora.hostile(shared_dir)))[::4]:
        where = receipts.path_of(write(thread, "Held.", state=Comment.State.HELD))
        answer = Client().post(f"{where}appeals/", {"text": bundle[:2000]})
        assert answer.status_code in {303, 422}, bundle[:200]
        page = Client().get(where).content.decode()
        said = re.search(r'<blockquote dir="auto">(.*?)</blockquote>', page, re.S)
        assert answer.status_code == 422 or (said and not re.search("<(?!p>|/p>|br>)", said[1]))


def test_a_refused_payload_comes_back_as_text_and_nothing_else(article, shared_dir):
    for bundle in list(bundles(corpora.hostile(shared_dir)))[::5]:
        html = post(article, bundle, name="").content.decode()
        assert (
            filled_in(html, "text") == bundle.replace("\0", "").replace("\r\n", "\n")
            or "\0" in bundle
            or "\r" in bundle
        )
        inside = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)
        assert inside and "<" not in inside[1]
        assert len(re.findall("<textarea", html)) == 1


def test_hostile_queries_and_paths_of_the_open_api_are_answered_plainly(article, shared_dir):
    for n, string in enumerate(map(encodable, corpora.naughty_strings(shared_dir))):
        parameter = ("after", "since", "limit")[n % 3]
        answer = Client().get(f"{article.path}comments.json", {parameter: string})
        plain = re.fullmatch("[0-9]{1,10}", string) is not None
        assert answer.status_code in ({200, 400} if plain else {400}), (parameter, string)
        if "/" not in string and string.strip():
            assert Client().get(f"{article.path}c/{quote(string, safe='')}/").status_code in {301, 404}


def test_hostile_headlines_are_text_in_every_feed_of_comments(section, shared_dir):
    for n, string in enumerate(map(encodable, corpora.naughty_strings(shared_dir)[::16])):
        headline = text.clean_line(string)[:200] or "Nothing"
        article = make_article(headline, section=section, slug=f"headline-{n}")
        post(article, "A word.")
        feed = ElementTree.fromstring(page(f"{article.path}comments/feed.xml").encode())
        assert feed.findtext("channel/title") == f"Comments on {headline}"
        shown = re.search("<h1>(.*?)</h1>", page(article.path), re.S)
        assert shown and unescape(shown[1]) == headline and "<" not in shown[1]

"""oEmbed, as provider: what it answers by https://oembed.com, to whom, and that nothing in it is a program."""

import json
import re
from html import unescape
from urllib.parse import urlencode

import pytest
from defusedxml import ElementTree
from django.test import Client

from broadsheet.articles.models import OldAddress
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import make_article, page, write

pytestmark = pytest.mark.django_db(databases="__all__")
HOME = "http://127.0.0.1:8000"
REQUIRED = {"type", "version", "html", "width", "height"}


def asked(address, **query):
    return Client().get(f"/oembed?{urlencode({'url': address, **query})}")


def test_an_article_is_a_quotation_with_a_link(article, author):
    article.standfirst = "Nobody knows why."
    article.save()
    answer = asked(f"{HOME}{article.path}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert "max-age" in answer["Cache-Control"] and not answer.cookies
    found = answer.json()
    assert set(found) >= REQUIRED
    assert (found["type"], found["version"], found["title"]) == ("rich", "1.0", "The tide is late")
    assert (found["provider_name"], found["provider_url"]) == ("The Gannet", f"{HOME}/")
    assert (found["author_name"], found["author_url"]) == ("Ines Aldana", f"{HOME}/by/ines-aldana/")
    assert found["html"] == (
        f'<blockquote cite="{HOME}{article.path}"><p><a href="{HOME}{article.path}">The tide is late</a></p>'
        "<p>Nobody knows why.</p><footer>Ines Aldana · The Gannet</footer></blockquote>"
    )


def test_a_comment_is_a_frame_with_its_page_for_that(article, thread):
    write(thread, "It came at *noon*.", name="alice")
    for address in (f"{HOME}{article.path}c/1/", f"{HOME}{article.path}#c-1"):
        found = asked(address).json()
        assert found["author_name"] == "alice"
        assert found["title"] == "alice on “The tide is late”"
        assert found["html"].startswith(
            f'<iframe src="{HOME}{article.path}c/1/embed/" title="{found["title"]}" '
        )
        assert f'width="{found["width"]}" height="{found["height"]}"' in found["html"]
    narrow = asked(f"{HOME}{article.path}c/1/", maxwidth=300, maxheight=100).json()
    assert (narrow["width"], narrow["height"]) == (300, 100) and 'width="300" height="100"' in narrow["html"]


def test_in_xml_it_says_the_same(article):
    answer = asked(f"{HOME}{article.path}", format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    wanted = {name: str(value) for name, value in asked(f"{HOME}{article.path}").json().items()}
    assert {element.tag: element.text for element in root} == wanted


@pytest.mark.parametrize("width", ["1", "320", "99999", "x", "-5", "٣", ""])
def test_it_asks_for_no_more_room_than_there_is(article, width):
    found = asked(f"{HOME}{article.path}", maxwidth=width, maxheight=width).json()
    room = int(width) if width.isascii() and width.isdecimal() else 600
    assert 0 < found["width"] <= min(room, 600)
    assert 0 < found["height"] <= min(room, 400)


def test_a_format_that_is_not_spoken_is_501(article):
    assert asked(f"{HOME}{article.path}", format="yaml").status_code == 501


def test_what_is_no_public_article_or_comment_of_ours_is_404(article, thread):
    withdrawn = make_article("Withdrawn", live=False)
    held = write(thread, "A held word.", state=Comment.State.HELD)
    for address in (
        "", "x", f"{HOME}/", f"{HOME}/about/", f"{HOME}/2020/01/01/none/", f"https://evil.example{article.path}",
        f"http://127.0.0.1:8000@evil.example{article.path}", "http://[", "file:///etc/passwd", f"{HOME}/%00/",
        f"{HOME}{withdrawn.path}", f"{HOME}{article.path}c/{held.seq}/", f"{HOME}{article.path}c/99/",
    ):  # fmt: skip
        answer = asked(address)
        assert answer.status_code == 404, address
        assert b"held word" not in answer.content


@pytest.mark.parametrize("state", [Comment.State.HELD, Comment.State.REMOVED, Comment.State.PRIVATE])
def test_a_comment_that_is_not_shown_is_not_told_even_where_it_keeps_its_place(article, thread, state):
    hidden = write(thread, "A hidden word.")
    write(thread, "An answer.", parent=hidden)
    Comment.objects.filter(pk=hidden.pk).update(state=state)
    answer = asked(f"{HOME}{article.path}c/{hidden.seq}/")
    assert answer.status_code == 404
    assert b"hidden word" not in answer.content


def test_an_old_address_leads_to_the_article(article):
    OldAddress.remember("/2019/05/tide/", article.path)
    assert asked(f"{HOME}/2019/05/tide/").json()["title"] == "The tide is late"


def test_nobody_s_words_are_markup_in_another_site(section, thread):
    words = "</blockquote><script>alert(1)</script>\x08"
    article = make_article(words, slug="x", section=section, standfirst=words)
    found = asked(f"{HOME}{article.path}").json()
    assert "<script" not in found["html"] and "\x08" not in json.dumps(found)
    ElementTree.fromstring(asked(f"{HOME}{article.path}", format="xml").content)
    write(thread, f"`{words}`", name="<script>")
    assert "<script" not in asked(f"{HOME}{thread.article.path}c/1/").json()["html"]


def test_the_pages_say_where_to_ask(article, thread):
    write(thread, "A word.")
    for path in (article.path, f"{article.path}c/1/"):
        html = page(path)
        for kind in ("application/json", "text/xml"):
            link = re.search(
                rf'<link rel="alternate" type="{re.escape(kind)}\+oembed"[^>]*href="([^"]+)"', html
            )
            assert link
            answer = Client().get(unescape(link[1]).removeprefix(HOME))
            assert answer.status_code == 200
            assert f"{HOME}{path}".encode() in answer.content


def test_the_stand_passes_the_question_on(ask, article):
    answer = ask("/oembed", query=urlencode({"url": f"{HOME}{article.path}"}))
    assert answer.status == 200
    assert json.loads(answer.body)["title"] == "The tide is late"


def test_one_network_may_not_ask_without_an_end(article, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_oembed_network": "2/60"}
    answers = [asked(f"{HOME}{article.path}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0

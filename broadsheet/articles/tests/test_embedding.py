"""What stands elsewhere: asked about by the worker, shown as a link, loaded by nobody but a reader."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from broadsheet.articles import body, embedding, feeds, renditions
from broadsheet.articles.models import Article, Embed, Picture
from broadsheet.articles.tests.making import HOSTILE, make_article, make_publication
from broadsheet.events.models import Event
from broadsheet.kit.fetching import Fetched, NotFetched
from broadsheet.press import refresh

pytestmark = pytest.mark.django_db

FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
PLAYER = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"


def preview():
    out = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(out, "JPEG")
    return out.getvalue()


class Site:
    """The other side: answers what it was given, and remembers what it was asked."""

    def __init__(self, picture=b"", **told):
        self.told, self.picture, self.asked = told, picture, []

    def __call__(self, url, *, most_bytes):
        self.asked.append(url)
        if "oembed" in url:
            return Fetched(json.dumps(self.told).encode(), "application/json", url)
        if not self.picture:
            raise NotFetched("the other site answered with 404")
        return Fetched(self.picture, "image/jpeg", url)


def shown(url=FILM, **value):
    return {"type": "embed", "value": {"url": url, "title": "", **value}}


def drafted(*blocks, **facts):
    article = make_article(blocks=blocks, **facts)
    article.save_revision()
    return article


def html_of(article):
    return body.body_html(Article.objects.get(pk=article.pk).body, {})


def test_keeping_a_draft_asks_nobody_and_leaves_work_for_the_worker():
    drafted(shown(), shown(), shown("https://films.example/1"))
    assert list(Embed.objects.values_list("url", flat=True)) == [FILM]
    assert Embed.objects.get().due_at <= timezone.now()
    drafted(shown())
    assert Embed.objects.count() == 1


def test_what_the_provider_tells_is_shown_and_its_preview_becomes_a_picture_of_ours():
    article = drafted(shown())
    site = Site(
        preview(), title="The  open film", author_name="A studio", thumbnail_url="https://i.example/1.jpg"
    )
    assert embedding.fetch_waiting(fetch=site) == 1
    assert embedding.fetch_waiting(fetch=site) == 0
    assert site.asked[0].startswith("https://www.youtube.com/oembed?format=json&url=https%3A%2F%2F")
    renditions.prepare_waiting()
    html = html_of(article)
    assert "<cite>The open film</cite> <span>A studio · YouTube</span>" in html
    assert 'src="/media/images/preview-' in html
    assert "i.example" not in html
    assert Picture.objects.get().collection.name == embedding.COLLECTION


def test_a_page_holds_a_link_and_the_address_of_a_player_but_no_frame():
    html = html_of(drafted(shown(title="Our own title")))
    assert f'<a href="{FILM}" rel="noopener"><cite>Our own title</cite>' in html
    assert f'data-player="{PLAYER}"' in html
    assert "Load from youtube-nocookie.com" in html
    assert "<iframe" not in html
    assert "<script" not in html


def test_what_no_player_is_known_for_is_a_link_alone():
    html = html_of(drafted(shown("https://films.example/1", title="A film")))
    assert "data-player" not in html
    assert "Load from" not in html


def test_a_feed_offers_no_button():
    make_publication()
    drafted(shown(title="A film"))
    told = feeds.feed_json().content.decode()
    assert "A film" in told
    assert "Load from" not in told


def test_what_a_provider_tells_is_no_markup():
    article = drafted(shown())
    embedding.fetch_waiting(fetch=Site(title=HOSTILE, author_name=HOSTILE))
    assert "<script>" not in html_of(article)
    assert "<b>" not in html_of(article)


@pytest.mark.parametrize(
    "told", ["[]", "no json", '{"title": null, "thumbnail_url": 7}', '{"title": {"a": 1}}', "[" * 5000]
)
def test_an_odd_answer_harms_nothing(told):
    article = drafted(shown())
    embedding.fetch_waiting(fetch=lambda url, *, most_bytes: Fetched(told.encode(), "text/html", url))
    assert FILM in html_of(article)


def test_a_preview_that_is_no_picture_is_left_out():
    drafted(shown())
    embedding.fetch_waiting(fetch=Site(b"<svg/>", title="A film", thumbnail_url="https://i.example/1.jpg"))
    assert Embed.objects.get().title == "A film"
    assert not Picture.objects.exists()


def test_a_silent_provider_is_asked_again_later_and_given_up_after_some_tries():
    drafted(shown())

    def silent(url, *, most_bytes):
        raise NotFetched("the other site took too long")

    for tried in range(1, embedding.MOST_TRIES + 1):
        assert embedding.fetch_waiting(fetch=silent) == 1
        assert embedding.fetch_waiting(fetch=silent) == 0
        embed = Embed.objects.get()
        assert embed.tries == tried
        assert embed.problem == "the other site took too long"
        Embed.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(seconds=1))
    assert Embed.objects.get().due_at is None


def test_pages_that_show_it_are_printed_again_when_more_is_known():
    showing = drafted(shown())
    showing.save()  # publishing does
    other = drafted()
    embedding.fetch_waiting(fetch=Site(title="A film"))
    stale = refresh.read(list(Event.objects.filter(kind="embed.fetched"))).printed
    assert showing.path in stale
    assert other.path not in stale


def test_pages_that_name_a_related_article_are_printed_again_when_it_changes():
    named = make_article("Fog")
    naming = make_article(blocks=[{"type": "related", "value": {"heading": "", "articles": [named.pk]}}])
    Article.objects.get(pk=named.pk).unpublish()
    assert naming.path in refresh.read(list(Event.objects.filter(kind="article.unpublished"))).printed

"""An editor asks about a passage: readers answer there, the article tells how many, and comments keep the words."""

import re

import pytest
from django.test import Client

from broadsheet.articles import pages as article_pages
from broadsheet.discussion.models import Comment, Passage
from broadsheet.discussion.tests.asked_cast import PASSAGE, asking_article, paragraph, published
from broadsheet.discussion.tests.cast import filled_in, page, post, posted, seqs, write
from broadsheet.kit.pages import NotThere
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def asking(section):
    return asking_article(section, paragraph(f"<p>At noon. {PASSAGE}, they say.</p>"))


def test_the_article_marks_the_passage_and_tells_how_many_speak_of_it(asking):
    assert '<mark class="asked" id="passage-1">The bell rang <b>twice</b></mark>' in page(asking.path)
    first = posted(asking, "Twice, and late.", passage="1")
    posted(asking, "Once only.", parent=str(first.seq))
    posted(asking, "About something else.")
    drain()
    html = page(asking.path)
    assert "2 comments on this passage" in html
    assert re.search(r'class="asked-count" href="[^"]*passages/1/"', html)


def test_the_passage_has_a_page_with_its_comments_alone_and_a_form_that_answers_it(asking):
    about = posted(asking, "Twice, and late.", passage="1")
    beneath = posted(asking, "Once only.", parent=str(about.seq))
    posted(asking, "About something else.")
    html = page(f"{asking.path}passages/1/")
    assert seqs(html) == [about.seq, beneath.seq]
    assert "Did you hear it?" in html
    assert "The bell rang twice" in html
    assert filled_in(html, "passage") == "1"
    assert f'href="{asking.path}#passage-1"' in html


def test_a_comment_on_a_passage_shows_the_passage_in_the_thread_and_leads_back_to_it(asking):
    comment = posted(asking, "Twice, and late.", passage="1")
    for place in ("", f"c/{comment.seq}/", "transcript.html"):
        html = page(asking.path + place) if "transcript" not in place else _get(asking.path + place)
        assert f'<a href="{asking.path}#passage-1">' in html, place
        assert "The bell rang twice" in html.partition("of-passage")[2], place
    assert "> The bell rang twice" in _get(f"{asking.path}transcript.md")
    told = Client().get(f"{asking.path}comments.json").json()["comments"][0]
    assert told["passage"] == {"number": 1, "question": "Did you hear it?", "text": "The bell rang twice"}


def test_a_passage_that_is_edited_away_stays_with_its_comments_and_takes_no_new_ones(asking):
    comment = posted(asking, "Twice, and late.", passage="1")
    published(asking, paragraph("<p>At noon it was quiet.</p>"))
    assert "passages/1/" in page(asking.path).partition("of-passage")[2]
    html = page(f"{asking.path}passages/1/")
    assert "no longer stand in the article" in html
    assert seqs(html) == [comment.seq]
    assert 'id="say"' not in html
    refused = post(asking, "Too late.", passage="1", address="192.0.2.9")
    assert refused.status_code == 409
    assert "Too late." in refused.content.decode()
    assert 'name="passage"' not in refused.content.decode()
    published(asking, paragraph(f"<p>{PASSAGE}</p>"))
    assert Passage.objects.get().stands
    assert posted(asking, "In time.", passage="1", address="192.0.2.10").passage_id


def test_a_passage_keeps_its_number_when_its_words_change(asking):
    posted(asking, "Twice, and late.", passage="1")
    published(asking, paragraph(f"<p>{PASSAGE.replace('rang', 'tolled')}</p>"))
    assert Passage.objects.get().number == 1
    assert "The bell tolled" in page(asking.path).partition("of-passage")[2]


def test_a_refused_comment_on_a_passage_keeps_the_passage(asking):
    refused = post(asking, "", passage="1").content.decode()
    assert filled_in(refused, "passage") == "1"
    assert "The bell rang twice" in refused


@pytest.mark.parametrize("number", ["2", "x", "-1", "0", "1.0", "٢", "9" * 19, "9" * 30, "1; DROP"])
def test_an_unknown_passage_is_refused_with_what_was_typed(asking, number):
    refused = post(asking, "It rang.", passage=number)
    assert refused.status_code in {409, 422}
    assert "It rang." in refused.content.decode()
    assert not Comment.objects.filter(source="It rang.").exists()


def test_twenty_conversations_stand_on_a_page_and_none_is_shown_twice(asking):
    passage = Passage.objects.get()
    made = [write(passage.thread, f"Word {n}.", passage=passage).seq for n in range(45)]
    path, found = f"{asking.path}passages/1/", []
    while path:
        html = page(path)
        found += seqs(html)
        onward = re.search(r'rel="next" href="([^"]+)"', html)
        path = onward[1] if onward else ""
    assert found == made
    with pytest.raises(NotThere):
        page(f"{asking.path}passages/1/after/400/")
    with pytest.raises(NotThere):
        page(f"{asking.path}passages/2/")


def test_a_printed_page_of_a_passage_goes_when_a_comment_on_it_comes_or_changes(asking):
    page(f"{asking.path}passages/1/")
    assert store.stands(f"{asking.path}passages/1/")
    posted(asking, "Twice, and late.", passage="1")
    drain()
    assert not store.stands(f"{asking.path}passages/1/")


def test_feeds_and_the_markdown_twin_say_the_words_without_marks(asking):
    year, month, day = f"{asking.published_on:%Y/%m/%d}".split("/")
    twin = article_pages.markdown_twin(year, month, day, asking.slug).content.decode()
    feed = article_pages_feed()
    for text in (twin, feed):
        assert "The bell rang" in text
        assert "asked" not in text
        assert "passage" not in text


def test_hostile_words_and_questions_in_a_mark_are_harmless(section):
    evil = (
        '<passage key="a&quot;><script>x" question="y">w</passage><passage key="b" question="&lt;img src=x '
        'onerror=y&gt;">good <script>evil()</script></passage><passage key="c" question=""><p>a</p><p>b</p></passage>'
        '<passage key="d" question=""><em>half</passage></em>'
    )
    article = asking_article(section, paragraph(f"<p>{evil}</p>"))
    html = page(article.path)
    assert "evil()" not in html
    assert "<img src=x" not in html
    assert "\ufdd2" not in html
    assert html.count("<mark") == html.count("</mark>")


def article_pages_feed():
    from broadsheet.articles import feeds

    return feeds.feed_rss().content.decode()


def _get(path):
    return Client().get(path).content.decode()

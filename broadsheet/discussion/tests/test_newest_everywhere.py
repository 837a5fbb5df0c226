"""`/comments/`: where regulars come in, whatever article was talked about."""

import pytest

from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import MORNING, fill, page, posted, write
from broadsheet.kit.pages import NotThere
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def test_each_comment_says_whom_it_answers_and_under_which_article(article, thread):
    root = write(thread, name="alice")
    write(thread, name="bob", parent=root)
    html = page("/comments/")
    assert (
        f'in answer to <a href="{article.path}c/{root.seq}/">alice</a>, on <a href="{article.path}">' in html
    )
    assert html.count("in answer to") == 1
    assert '<a href="/comments/feed.xml">Feed</a>' in html


def test_whoever_answers_what_was_removed_answers_nobody_in_particular(article, thread, carol):
    root = write(thread, name="mallory")
    write(thread, name="bob", parent=root)
    deciding.remove(root, by=carol)
    assert "mallory" not in page("/comments/")


def test_older_ones_follow_page_by_page_and_the_last_page_leads_no_further(article, thread):
    fill(thread, 118)  # and one beside
    first, second, third = (page(path) for path in ("/comments/", "/comments/page/2/", "/comments/page/3/"))
    assert first.count("<article") == second.count("<article") == 50 and third.count("<article") == 19
    assert 'rel="next" href="/comments/page/2/"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="/comments/"' in second and 'rel="next" href="/comments/page/3/"' in second
    assert 'rel="next"' not in third
    for number in (4, 21, 9999):
        with pytest.raises(NotThere):
            page(f"/comments/page/{number}/")


def test_a_new_comment_moves_the_pages_that_were_printed(article, thread):
    fill(thread, 60)
    page("/comments/page/2/")
    posted(article, "New", name="dora")
    drain()
    assert store.read("/comments/page/2/") is None, "it is printed anew when somebody asks"


def test_what_stands_out_in_a_discussion_is_said_in_words(article, thread):
    comment = write(thread, name="Ines Aldana")
    Comment.objects.filter(pk=comment.pk).update(mark="author", edited_at=MORNING)
    html = page(article.path)
    assert '<span class="mark staff">Author</span>' in html
    assert '<span class="edited">edited <time datetime="2026-03-02T08:30:00Z">2 March 2026, ' in html

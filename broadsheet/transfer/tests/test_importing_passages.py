"""wpDiscuz's questions about passages arrive as ours, with the comments that answer them."""

import pytest

from broadsheet.discussion.models import Passage
from broadsheet.transfer.tests import importing_cast as cast
from broadsheet.transfer.tests import wxr_writer as wxr

pytestmark = pytest.mark.django_db(databases="__all__")

ASKED = (
    '[wpdiscuz-feedback id="{id}" question="Did it?" opened="1"]The <em>bell</em> rang.[/wpdiscuz-feedback]'
)
ABOUT = (("wpdiscuz_feedback_form_id", "9"),)


def asking_post(*ids):
    content = " And then. ".join(ASKED.format(id=each) for each in ids)
    comments = [
        wxr.comment(101, text="Twice.", meta=ABOUT),
        wxr.comment(102, text="Once.", parent=101),
        wxr.comment(103, text="Elsewhere."),
    ]
    return wxr.post(10, content=content, comments=comments)


def test_comments_on_the_one_passage_of_a_text_know_it_and_its_mark_tells_how_many():
    cast.run(asking_post("q1"))
    passage = Passage.objects.get()
    assert (passage.words, passage.question, passage.comment_count) == ("The bell rang.", "Did it?", 2)
    about = [cast.comment(number).passage_id for number in (101, 102, 103)]
    assert about == [passage.pk, passage.pk, None]
    html = cast.page(cast.comment(101).thread.article.path)
    assert 'id="passage-1">The <em>bell</em> rang.</mark>' in html
    assert "2 comments on this passage" in html
    assert "Twice." in cast.page(f"{cast.comment(101).thread.article.path}passages/1/")


def test_which_of_several_passages_a_comment_is_about_nobody_knows_and_the_report_says_so():
    report = cast.run(asking_post("q1", "q2"))
    assert Passage.objects.count() == 2
    assert cast.comment(101).passage_id is None
    assert cast.comment(101).extra == {"feedback_form": 9}
    assert any("about passages" in problem for problem in report.problems)


def test_a_second_run_changes_nothing():
    cast.run(asking_post("q1"))
    before = cast.dump()
    cast.run(asking_post("q1"))
    assert cast.dump() == before

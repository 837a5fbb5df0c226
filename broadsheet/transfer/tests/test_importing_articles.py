"""Posts become articles, pages standing pages, and what belongs to them comes along."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article, OldAddress, Section, StandingPage, Tag
from broadsheet.articles.publishing import due_revisions
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.tests.importing_cast import page, run, run_text

pytestmark = pytest.mark.django_db


def only() -> Article:
    return Article.objects.get()


def test_a_post_is_live_under_the_day_and_the_name_it_had():
    run(
        wxr.post(1, title="Fish &amp; <em>chips</em>", post_name="fish-and-chips", excerpt="<p>A supper.</p>")
    )
    article = only()
    assert (article.live, article.headline, article.standfirst) == (True, "Fish & chips", "A supper.")
    assert article.path == "/2019/03/04/fish-and-chips/"
    assert article.published_at == datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
    assert "A short report from the quay" in page(article.path)


def test_the_day_in_the_address_is_that_of_the_old_sites_own_clock():
    run(wxr.post(1, post_date="2020-01-01 00:30:00", post_date_gmt="2019-12-31 23:30:00"))
    assert only().published_on == date(2020, 1, 1)
    assert only().published_at == datetime(2019, 12, 31, 23, 30, tzinfo=UTC)


def test_a_date_that_is_missing_in_gmt_is_read_on_the_publications_clock(settings):
    settings.TIME_ZONE = "Europe/Lisbon"
    with timezone.override("Europe/Lisbon"):
        run(wxr.post(1, post_date="2019-07-01 10:00:00", post_date_gmt=wxr.ZERO))
    assert only().published_at == datetime(2019, 7, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", ["draft", "pending", "private", "future", "auto-draft", "something-else"])
def test_what_was_not_public_is_a_draft(state):
    run(wxr.post(1, status=state))
    assert not only().live
    assert only().published_at is None


def test_a_post_with_a_password_is_a_draft_and_reported():
    report = run(wxr.post(1, post_password="quay", title="Behind a door"))
    assert not only().live
    assert "password" in report.problems[0]


def test_what_was_in_the_trash_is_left_out_and_counted():
    report = run(wxr.post(1, status="trash"), wxr.post(2))
    assert only().slug == "post-2"
    assert (report.articles, report.skipped) == (1, {"trash": 1})


def test_a_post_that_waits_for_its_moment_waits_here_too():
    later = timezone.now().replace(microsecond=0) + timedelta(days=3)
    run(wxr.post(1, status="future", when=later.strftime("%Y-%m-%d %H:%M:%S")))
    assert not only().live
    assert only().go_live_at == later
    assert only().latest_revision.approved_go_live_at == later
    assert list(due_revisions()) == []


def test_two_posts_of_one_day_and_name_get_two_addresses():
    run(wxr.post(1, post_name="tide"), wxr.post(2, post_name="tide"))
    assert {article.path for article in Article.objects.all()} == {"/2019/03/04/tide/", "/2019/03/04/tide-2/"}


def test_a_name_in_other_letters_stays_readable():
    run(wxr.post(1, post_name="%d0%bc%d0%b8%d1%80"), wxr.post(2, post_name="%f0%9f%8c%8a", title="A wave"))
    assert set(Article.objects.values_list("slug", flat=True)) == {"мир", "a-wave"}


def test_a_post_that_was_reworked_much_later_says_so():
    later = "2020-06-01 10:00:00"
    run(
        wxr.post(1, post_modified_gmt=later),
        wxr.post(2, post_modified_gmt="2019-03-04 10:00:00"),
    )
    first, second = Article.objects.order_by("published_at")
    assert first.updated_at == datetime(2020, 6, 1, 10, tzinfo=UTC)
    assert second.updated_at is None


def test_the_first_category_is_the_section_and_further_ones_are_tags():
    head = (
        wxr.category("harbour", "The Harbour"),
        wxr.category("ferries", "Ferries", parent="harbour", ident=2),
    )
    terms = [("category", "ferries"), ("category", "harbour"), ("post_tag", "tides")]
    run(wxr.post(1, terms=terms), head=head)
    section = Section.objects.get(name="Ferries")
    assert only().section == section
    assert section.parent == Section.objects.get(name="The Harbour")
    assert set(only().tags.names()) == {"Harbour", "Tides"}


def test_no_section_is_made_for_posts_without_a_category():
    run(wxr.post(1, terms=[("category", "uncategorized")]))
    assert only().section is None
    assert not Section.objects.exists()


def test_authors_get_bylines_but_no_accounts():
    before = Reader.objects.count()
    report = run(wxr.post(1, creator="carol"), wxr.post(2, creator="nobody-listed"))
    assert [person.name for person in Article.objects.get(slug="post-1").people] == ["Carol Wharf"]
    assert [person.name for person in Article.objects.get(slug="post-2").people] == ["nobody-listed"]
    assert report.authors == 2
    assert Reader.objects.count() == before


def test_an_author_who_writes_here_already_is_the_same_person():
    known = Person.objects.create(name="Carol Wharf", slug="carol")
    run(wxr.post(1))
    assert only().people == [known]


def test_a_first_line_that_may_be_a_credit_is_only_suggested():
    report = run(wxr.post(1, content="Via the Harbour Wire\n\nThe bell rang."))
    assert list(report.credit_suggestions.values()) == ["Via the Harbour Wire"]
    assert only().credit == ""
    assert "Via the Harbour Wire" in page(only().path)


def test_a_page_stands_at_its_old_path_though_its_parent_comes_later_in_the_file():
    run(
        wxr.page(
            20, post_parent=21, post_name="crew", link="https://lamp.example/?page_id=20", drop=["link"]
        ),
        wxr.page(21, post_name="about", drop=["link"]),
    )
    assert set(StandingPage.objects.values_list("path", flat=True)) == {"/about/crew/", "/about/"}
    assert "number 20" in page("/about/crew/")


def test_a_page_where_the_publication_itself_stands_moves_aside_and_is_reported():
    report = run(wxr.page(20, post_name="archive", drop=["link"]))
    assert StandingPage.objects.get().path == "/pages/archive/"
    assert "/archive/" in report.problems[0]


def test_pages_that_name_each_other_as_parents_end_somewhere():
    run(wxr.page(20, post_parent=21, drop=["link"]), wxr.page(21, post_parent=20, drop=["link"]))
    assert StandingPage.objects.count() == 2


def test_the_discussion_of_a_page_is_kept_in_an_article_of_its_own():
    report = run(
        wxr.page(20, post_name="about", drop=["link"], comments=[wxr.comment(5, text="A word on it.")])
    )
    article = only()
    assert "A word on it." in page(article.path)
    assert article.path in page("/about/")
    assert (report.pages, report.articles, report.comments["published"]) == (1, 0, 1)


def test_every_old_address_leads_on():
    head = (wxr.author("carol", 1, name="Carol Wharf"), wxr.category("harbour"))
    run(
        wxr.post(1, post_name="tide", link_path="", meta=[("_wp_old_slug", "ebb")]),
        wxr.attachment(9, parent=1),
        head=head,
    )
    ways = dict(OldAddress.objects.values_list("path", "target"))
    here = "/2019/03/04/tide/"
    assert ways["/?p=1"] == here
    assert ways["/2019/03/04/ebb/"] == here
    assert ways["/?p=9"] == here
    assert ways["/category/harbour/"] == "/section/harbour/"
    assert ways["/author/carol/"] == "/by/carol-wharf/"
    assert here not in ways


def test_another_kind_of_permalink_leads_to_where_the_article_is_now():
    text = wxr.export([wxr.post(1, post_name="tide")]).replace(
        "https://lamp.example/2019/03/04/tide/", "https://lamp.example/news/tide"
    )
    run_text(text)
    assert OldAddress.objects.get(path="/news/tide/").target == "/2019/03/04/tide/"


def test_a_draft_has_no_address_that_leads_to_it():
    run(wxr.post(1, status="draft"))
    assert not OldAddress.objects.filter(path="/?p=1").exists()


def test_kinds_that_have_no_place_here_are_counted_by_name():
    report = run(wxr.post(1, kind="recipe", comments=[wxr.comment(1)]), wxr.wpdiscuz_form(2))
    assert report.skipped == {"recipe": 1, "wpdiscuz_form": 1}
    assert report.problems == ["Comments on items of the kind “recipe” were left out: 1."]
    assert not Article.objects.exists()


def test_an_imported_article_opens_in_the_newsroom_and_can_be_published_again(client):
    run(wxr.post(1, content="First.\n\n<blockquote>Quoted.</blockquote>\n\n<pre>code</pre>"))
    article = only()
    staff = Reader.objects.create_superuser(
        email="editor@lamp.example", password="a long enough phrase", name="Ed"
    )
    client.force_login(staff)
    answer = client.get(f"/newsroom/snippets/articles/article/edit/{article.pk}/")
    assert answer.status_code == 200
    assert "The post of number 1" in answer.content.decode()
    revision = article.save_revision()
    revision.publish()
    article.refresh_from_db()
    assert article.path == "/2019/03/04/post-1/"
    assert "Quoted." in page(article.path)


def test_a_post_without_a_number_comes_over_once():
    for _ in range(2):
        report = run(wxr.post(1, drop=["post_id"]), wxr.post(2, drop=["post_id"], comments=[wxr.comment(1)]))
    assert Article.objects.count() == report.articles == 2
    assert not +report.new


def test_comments_on_the_page_of_a_file_are_told_of():
    picture = wxr.attachment(9).replace("</item>", f"{wxr.comment(1)}</item>")
    assert run(picture).problems == ["Comments on items of the kind “attachment” were left out: 1."]


def test_tags_of_one_name_do_not_collide():
    run(wxr.post(1, terms=[("post_tag", "tide"), ("post_tag", "tide-2")]).replace("Tide-2", "Tide"))
    assert Tag.objects.count() == 2

"""Reading an export record by record: everything that WordPress and wpDiscuz write comes out, and in order."""

import io
from datetime import UTC, datetime

import pytest

from broadsheet.transfer.tests import wxr_writer
from broadsheet.transfer.tests.wxr_writer import comment, everything, export, post
from broadsheet.transfer.wordpress import wxr
from broadsheet.transfer.wordpress.comments import CommentState, Uploads, Votes
from broadsheet.transfer.wordpress.records import Author, Category, Comment, Post, Record, Site, Tag, Term


def records(text: str) -> list[Record]:
    return list(wxr.read(io.BytesIO(text.encode())))


def posts(text: str) -> dict[int, Post]:
    return {record.id: record for record in records(text) if isinstance(record, Post)}


def comments(*written: str) -> list[Comment]:
    return list(posts(export([post(1, comments=written)]))[1].comments)


@pytest.fixture(scope="module")
def full() -> dict[int, Post]:
    return posts(everything())


@pytest.fixture(scope="module")
def commented(full: dict[int, Post]) -> dict[int, Comment]:
    return {each.id: each for each in full[10].comments}


def test_the_site_comes_first_then_people_and_terms_then_posts() -> None:
    kinds = [type(record) for record in records(everything())]
    assert kinds[:7] == [Site, Author, Author, Category, Category, Tag, Term]
    assert set(kinds[7:]) == {Post}


def test_the_site_names_its_address_and_version() -> None:
    site = records(everything())[0]
    assert isinstance(site, Site)
    assert (site.title, site.base_blog_url, site.wxr_version) == (
        "The Harbour Lamp",
        "https://lamp.example",
        "1.2",
    )


def test_a_category_knows_its_parent_and_an_author_their_name() -> None:
    found = records(everything())
    assert (
        Category("ferries", "Ferries", parent="harbour", description="All about the ferries", id=2) in found
    )
    assert [record.name for record in found if isinstance(record, Author)] == ["Carol Wharf", "Bob"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_all_three_namespaces_are_understood_with_cdata_and_without(version: str) -> None:
    plainly = post(1, comments=[comment(1, text="a < b & c", wrap=wxr_writer.plain)], wrap=wxr_writer.plain)
    read = posts(export([plainly], version=version))[1]
    assert read.title == "The post of number 1"
    assert [each.content for each in read.comments] == ["a < b & c"]


def test_another_prefix_for_the_same_namespace_is_understood() -> None:
    read = posts(export([post(1, comments=[comment(1)])], prefix="press"))[1]
    assert (read.id, read.name, len(read.comments)) == (1, "post-1", 1)


def test_every_kind_of_item_is_a_post_of_its_type(full: dict[int, Post]) -> None:
    assert {each.type for each in full.values()} == {
        *("post", "page", "attachment", "nav_menu_item", "wpdiscuz_form", "recipe"),
    }
    assert [full[ident].status for ident in (10, 12, 13, 14, 15)] == [
        *("publish", "draft", "future", "private", "trash"),
    ]
    assert (full[20].parent, full[80].terms[0].domain) == (21, "cuisine")


def test_a_post_tells_its_picture_its_old_name_and_its_followers(full: dict[int, Post]) -> None:
    read = full[10]
    assert read.thumbnail_id == 50
    assert read.old_names == ["an-older-name"]
    since = datetime(2019, 3, 6, 10, tzinfo=UTC)
    assert list(read.subscriptions) == [("bob@reader.example", since, "Y")]


def test_an_attachment_tells_its_file_its_words_and_the_comment_it_came_with(full: dict[int, Post]) -> None:
    picture, upload = full[50].attachment, full[52].attachment
    assert picture is not None and upload is not None
    assert picture.url == "https://lamp.example/wp-content/uploads/2019/03/quay-50.jpg"
    assert (picture.alt, picture.caption, picture.parent) == ("A gull on a post", "The gull of the quay", 10)
    assert (picture.comment_id, upload.comment_id) == (0, 101)
    assert full[10].attachment is None


def test_a_post_without_dates_has_no_moment(full: dict[int, Post]) -> None:
    assert full[12].moment is None
    assert full[10].moment == datetime(2019, 3, 4, 17, 30, tzinfo=UTC)


def test_every_comment_has_the_state_that_wordpress_gave_it(commented: dict[int, Comment]) -> None:
    expected = {
        CommentState.PUBLISHED: {101, 102, 111, 112, 113, 114, 116, 117, 118, 119, 120},
        CommentState.HELD: {103, 115},
        CommentState.TRASHED: {104, 105},
        CommentState.PRIVATE: {106, 107},
        CommentState.PINGBACK: {108, 109},
        CommentState.NEVER: {110},
    }
    found: dict[CommentState, set[int]] = {state: set() for state in CommentState}
    for each in commented.values():
        found[each.state].add(each.id)
    assert found == expected


@pytest.mark.parametrize("approved", [None, "", "maybe"])
def test_a_comment_of_which_nobody_said_that_it_is_approved_is_held(approved: str | None) -> None:
    assert comments(comment(1, approved=approved))[0].state is CommentState.HELD


def test_a_private_comment_stays_private_whatever_else_is_said_of_it() -> None:
    for approved in ("1", "0", "trash"):
        assert comments(comment(1, kind="private", approved=approved))[0].state is CommentState.PRIVATE


def test_every_key_of_wpdiscuz_is_told(commented: dict[int, Comment]) -> None:
    read = commented[101]
    assert read.pinned and read.closed and commented[102].closed
    assert not commented[102].pinned and not commented[103].closed
    assert read.votes == Votes(likes=3, dislikes=1, net=2)
    assert read.feedback_form_id == 9
    assert (read.edited_at, read.edited_by) == (datetime(2019, 3, 5, 9), "carol@lamp.example")  # noqa: DTZ001
    assert read.uploads == Uploads(images=(52,))


def test_what_nobody_knows_is_kept_as_extra(commented: dict[int, Comment]) -> None:
    extra = commented[101].extra
    assert extra["custom_field_2"] == "starboard"
    assert list(extra) == ["custom_field_1", "custom_field_2", "rating"]
    assert commented[102].extra == {}


def test_a_comment_keeps_who_wrote_it_from_where_and_when(commented: dict[int, Comment]) -> None:
    read = commented[120]
    assert (read.author, read.email, read.ip, read.user_id) == (
        "alice",
        "alice@reader.example",
        "192.0.2.44",
        2,
    )
    assert read.moment == read.date_gmt == datetime(2019, 3, 4, 9, 30, tzinfo=UTC)
    assert read.anchor == "comment-120"


def test_damaged_meta_is_no_meta() -> None:
    broken = [("wpdiscuz_votes_seperate", 'a:2:{s:4:"like";i:'), ("wmu_attachments", "rubbish")]
    read = comments(comment(1, meta=broken))[0]
    assert read.votes is None and read.uploads == Uploads()


def test_a_number_that_no_database_takes_is_no_number() -> None:
    assert comments(comment(1, meta=[("wpdiscuz_feedback_form_id", "9" * 30)]))[0].feedback_form_id is None


@pytest.mark.parametrize(
    "published", ["Wed, 30 Nov -0001 00:00:00 +0000", "Mon, 01 Jan 0001 00:00:00 +0900", "x"]
)
def test_an_impossible_date_is_no_date(published: str) -> None:
    item = post(1, when="0000-00-00 00:00:00").replace("<guid>", f"<pubDate>{published}</pubDate><guid>")
    assert posts(export([item]))[1].moment is None


def test_the_date_of_the_feed_stands_in_for_a_missing_one() -> None:
    item = post(1, drop=["post_date", "post_date_gmt"])
    dated = item.replace("<guid>", "<pubDate>Tue, 05 Mar 2019 09:00:00 +0100</pubDate><guid>")
    assert posts(export([dated]))[1].moment == datetime(2019, 3, 5, 8, tzinfo=UTC)


def test_net_votes_alone_are_still_votes() -> None:
    assert comments(comment(1, meta=[("wpdiscuz_votes", "-4")]))[0].votes == Votes(0, 0, -4)


def test_the_last_of_several_values_counts() -> None:
    meta = [("wpdiscuz_votes", "1"), ("wpdiscuz_votes", "7")]
    assert comments(comment(1, meta=meta))[0].votes == Votes(0, 0, 7)


def test_a_zero_date_falls_back_to_the_local_one_then_to_the_posts(full: dict[int, Post]) -> None:
    by_id = {each.id: each for each in full[10].comments}
    assert by_id[113].date_gmt is None
    assert by_id[113].moment == datetime(2019, 3, 4, 9, 23, tzinfo=UTC)
    assert by_id[114].date is None
    assert by_id[114].moment == full[10].moment


def test_comments_come_oldest_first_and_then_by_id() -> None:
    same = "2019-03-04 08:00:00"
    found = comments(comment(9, when=same), comment(4, when=same), comment(7, when="2019-03-04 07:00:00"))
    assert [each.id for each in found] == [7, 4, 9]


def test_a_parent_comes_before_its_replies_even_if_the_clock_says_otherwise() -> None:
    found = comments(
        comment(3, parent=2, when="2019-03-04 07:00:00"),
        comment(2, parent=1, when="2019-03-04 08:00:00"),
        comment(1, when="2019-03-04 09:00:00"),
        comment(4, when="2019-03-04 10:00:00"),
    )
    assert [each.id for each in found] == [1, 2, 3, 4]
    assert [each.parent for each in found] == [0, 1, 2, 0]


def test_an_orphan_is_told_and_stays_in_its_place(full: dict[int, Post]) -> None:
    assert full[10].comments.orphans == [(112, 999)]
    assert 112 in {each.id for each in full[10].comments}
    assert full[11].comments.orphans == []


def test_comments_that_answer_each_other_in_a_ring_lose_nobody() -> None:
    read = posts(export([post(1, comments=[comment(1, parent=2), comment(2, parent=1), comment(3)])]))[1]
    assert sorted(each.id for each in read.comments) == [1, 2, 3]
    assert read.comments.orphans == [(1, 2)]


def test_a_comment_that_stands_twice_comes_once_and_is_counted() -> None:
    read = posts(export([post(1, comments=[comment(5), comment(5), comment(6)])]))[1]
    assert [each.id for each in read.comments] == [5, 6]
    assert (len(read.comments), read.comments.repeated) == (3, 1)


def test_missing_tags_are_missing_values() -> None:
    bare = comment(1, drop=["author", "author_email", "date", "date_gmt", "type", "parent", "user_id"])
    read = posts(export([post(1, comments=[bare], drop=["post_type", "post_name", "status"])]))[1]
    assert (read.type, read.name, read.status) == ("post", "", "")
    only = next(iter(read.comments))
    assert (only.author, only.parent, only.type, only.moment) == ("", 0, "", read.moment)


def test_terms_named_twice_in_old_exports_are_kept_once() -> None:
    old = post(1).replace("</item>", "<category><![CDATA[Harbour]]></category></item>")
    assert [term.nicename for term in posts(export([old], version="1.0"))[1].categories] == ["harbour"]


def test_progress_is_told_in_bytes_and_in_comments() -> None:
    text = everything().encode()
    reading = wxr.read(io.BytesIO(text))
    assert (reading.position, reading.size) == (0, len(text))
    assert len(list(reading)) > 10
    assert (reading.position, reading.comments_read) == (len(text), 23)


def test_comments_can_be_left_aside_and_still_be_counted() -> None:
    reading = wxr.read(io.BytesIO(everything().encode()), with_comments=False)
    assert all(len(record.comments) == 0 for record in reading if isinstance(record, Post))
    assert reading.comments_read == 23

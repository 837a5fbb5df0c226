"""The sample publication's words and pictures: complete, coherent, and the same every time."""

import hashlib
import re
from io import BytesIO

import pytest
from PIL import Image

from broadsheet.transfer.sample import bodies, chatter, pictures, reading, threads
from broadsheet.transfer.sample.reading import SampleArticle, SamplePublication
from broadsheet.transfer.sample.threads import SampleComment

MINUTES_A_DAY = 24 * 60
WORD = re.compile(r"[\w’']+")


@pytest.fixture(scope="module")
def sample() -> SamplePublication:
    return reading.read_sample()


def article(sample: SamplePublication, slug: str) -> SampleArticle:
    return next(article for article in sample.articles if article.slug == slug)


def depths(comments: list[SampleComment]) -> dict[int, int]:
    found: dict[int, int] = {}
    for comment in comments:
        found[comment.number] = 0 if comment.parent is None else found[comment.parent] + 1
    return found


def words_of(one: SampleArticle) -> int:
    texts = [str(block["value"]) for block in one.blocks]
    return sum(len(WORD.findall(re.sub(r"<[^>]+>", " ", text))) for text in texts)


def test_slugs_are_unique_and_addresses_are_plain(sample: SamplePublication) -> None:
    for things in (sample.articles, sample.sections, sample.people, sample.pages):
        slugs = [thing.slug for thing in things]
        assert len(set(slugs)) == len(slugs)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_there_is_a_paper_to_look_at(sample: SamplePublication) -> None:
    assert sample.name and sample.motto
    assert len(sample.articles) >= 12
    assert {page.slug for page in sample.pages} == {"about", "house-rules", "privacy"}
    assert {one.section for one in sample.articles} == {section.slug for section in sample.sections}
    assert {byline for one in sample.articles for byline in one.bylines} == {
        person.slug for person in sample.people
    }


def test_every_article_has_what_a_front_page_shows(sample: SamplePublication) -> None:
    for one in sample.articles:
        assert one.title and one.standfirst and one.tags and one.bylines
        assert one.lead.alt and one.lead.caption and one.lead.credit
        assert one.days_ago >= 1
        assert words_of(one) >= 250
    assert max(words_of(one) for one in sample.articles) > 1000


def test_some_stories_came_from_elsewhere_and_say_so(sample: SamplePublication) -> None:
    given = [one.credit for one in sample.articles if one.credit]
    assert len(given) >= 3
    assert all(credit.source and credit.url.startswith("https://") for credit in given)


def test_all_kinds_of_blocks_are_shown_but_raw_html(sample: SamplePublication) -> None:
    kinds = {block["type"] for one in sample.articles for block in one.blocks}
    assert kinds == {"paragraph", "image", "gallery", "quote", "pull_quote", "code", "embed", "separator"} | {
        "callout",
        "related",
        "table",
        "poll",
    }


def test_prose_uses_only_the_tags_that_a_paragraph_may_hold(sample: SamplePublication) -> None:
    bodies_of_all = [one.blocks for one in sample.articles] + [page.blocks for page in sample.pages]
    prose = [
        str(block["value"]) for blocks in bodies_of_all for block in blocks if block["type"] == "paragraph"
    ]
    tags = {tag for html in prose for tag in re.findall(r"<(\w+)", html)}
    assert tags <= {
        "h2",
        "h3",
        "h4",
        "p",
        "strong",
        "em",
        "a",
        "ul",
        "ol",
        "li",
        "br",
        "code",
        "footnote",
        "passage",
    }


def test_every_picture_that_is_named_can_be_drawn(sample: SamplePublication) -> None:
    leads = [
        one.lead.name for one in sample.articles if not one.translation_of
    ]  # which shares its original's
    assert len(set(leads)) == len(leads)
    named = set(leads)
    for block in (block for one in sample.articles for block in one.blocks):
        if isinstance(block["value"], dict):
            images = block["value"].get("images", [block["value"]])
            assert isinstance(images, list)
            named |= {image["image"] for image in images if "image" in image}
    assert named == set(pictures.NAMES)


def test_the_threads_have_the_promised_sizes(sample: SamplePublication) -> None:
    sizes = {one.slug: len(one.comments) for one in sample.articles}
    assert sizes["the-ferry-will-not-wait"] == 60
    assert sizes["seven-oclock-count"] == 1000
    assert [slug for slug, size in sizes.items() if size == 27] == ["tide-tables"]
    untold = {one.slug for one in sample.articles if not one.comments and not one.translation_of}
    assert untold == {"dredging-in-the-inner-basin"}
    assert all(not (comment.held or comment.removed) for comment in article(sample, "tide-tables").comments)


def test_comments_are_numbered_by_time_and_answer_earlier_ones(sample: SamplePublication) -> None:
    for one in sample.articles:
        by_number = {comment.number: comment for comment in one.comments}
        assert list(by_number) == list(range(1, len(one.comments) + 1))
        moments = [comment.minutes for comment in one.comments]
        assert moments == sorted(moments)
        for comment in one.comments:
            assert comment.text and len(comment.text) <= 10_000 and comment.author
            assert comment.edited is None or comment.edited > comment.minutes
            if comment.parent:
                assert by_number[comment.parent].minutes < comment.minutes


def test_nothing_was_said_in_the_future_even_if_the_first_run_is_at_midnight(
    sample: SamplePublication,
) -> None:
    for one in sample.articles:
        room = one.days_ago * MINUTES_A_DAY - one.at.hour * 60 - one.at.minute
        assert all(max(comment.minutes, comment.edited or 0) < room for comment in one.comments), one.slug


def test_the_lively_thread_shows_everything_a_thread_can_hold(sample: SamplePublication) -> None:
    ferry = article(sample, "the-ferry-will-not-wait")
    comments = ferry.comments
    assert max(depths(comments).values()) == 9
    assert sum(comment.pinned for comment in comments) == 1
    assert sum(comment.held for comment in comments) == 1
    removed = [comment for comment in comments if comment.removed]
    assert len(removed) == 1
    assert sum(comment.parent == removed[0].number for comment in comments) >= 2
    assert any(comment.edited for comment in comments)
    assert any(re.search(r"[\u0600-\u06ff]{3}", comment.text) for comment in comments)
    assert any(comment.text.startswith("> ") for comment in comments)
    assert any("\n- " in comment.text for comment in comments)
    assert any("<https://" in comment.text and not comment.held for comment in comments)


def test_staff_answer_under_their_own_names_only(sample: SamplePublication) -> None:
    names = {person.slug: person.name for person in sample.people}
    comments = [comment for one in sample.articles for comment in one.comments]
    assert any(comment.byline for comment in comments)
    for comment in comments:
        if comment.byline:
            assert comment.author == names[comment.byline]
        else:
            assert comment.author not in names.values()


def test_one_discussion_is_closed(sample: SamplePublication) -> None:
    assert [one.slug for one in sample.articles if not one.comments_open] == ["name-the-tug"]


def test_the_long_thread_is_the_same_every_time_and_another_for_another_seed() -> None:
    assert chatter.make_thread(300, seed=3) == chatter.make_thread(300, seed=3)
    assert chatter.make_thread(300, seed=3) != chatter.make_thread(300, seed=4)


def test_the_long_thread_reads_like_people_and_nests_deep(sample: SamplePublication) -> None:
    comments = article(sample, "seven-oclock-count").comments
    assert max(depths(comments).values()) == chatter.DEEPEST
    assert len({comment.author for comment in comments}) > 150
    assert all(len(comment.text) <= 600 for comment in comments)
    assert len({comment.text for comment in comments}) > 750
    assert not any("{" in comment.text for comment in comments)


@pytest.mark.parametrize("name", pictures.NAMES)
def test_a_picture_is_small_and_of_the_right_size(name: str) -> None:
    picture = pictures.draw_picture(name)
    assert len(picture) < 80_000
    with Image.open(BytesIO(picture)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 900))


def test_a_picture_is_the_same_every_time_and_unlike_the_others() -> None:
    drawn = [
        hashlib.sha256(pictures.draw_picture(name)).hexdigest() for name in ("strand", "window", "strand")
    ]
    assert drawn[0] == drawn[2] != drawn[1]


def test_a_body_with_every_fence_becomes_blocks_in_order() -> None:
    text = "\n".join(
        [
            'One "two".',
            "",
            "## Three",
            "::: pull",
            "Four",
            "five.",
            "-- Six",
            ":::",
            "```text",
            "a  b",
            "```",
            "***",
            "Last.",
        ]
    )
    blocks = bodies.read_body(text)
    assert [block["type"] for block in blocks] == [
        "paragraph",
        "pull_quote",
        "code",
        "separator",
        "paragraph",
    ]
    assert blocks[0]["value"] == "<p>One “two”.</p>\n<h2>Three</h2>"
    assert blocks[1]["value"] == {"text": "Four five.", "attribution": "Six"}
    assert blocks[2]["value"] == {"text": "a  b", "language": "text"}


@pytest.mark.parametrize("text", ["::: nonsense\nx\n:::", "::: quote\nnever closed", "```\nnever closed"])
def test_a_body_that_cannot_be_understood_is_refused(text: str) -> None:
    with pytest.raises(bodies.BodyError):
        bodies.read_body(text)


def test_a_thread_file_is_read_with_its_marks_and_put_in_order_of_time() -> None:
    text = "\n".join(
        [
            "#1 | Alice | 2h",
            "First.\n\nSecond.\n",
            "#2 | Bob | 5m | pinned; edited: 1d2h3m",
            "Earlier.\n",
            "#3 > 1 | Carol | 3h1m | by: carol",
            "Reply.",
        ]
    )
    bob, alice, carol = threads.read_thread(text)
    assert (bob.number, bob.minutes, bob.pinned, bob.edited) == (1, 5, True, 1563)
    assert (alice.number, alice.text) == (2, "First.\n\nSecond.")
    assert (carol.parent, carol.byline, carol.removed) == (2, "carol", None)


@pytest.mark.parametrize("head", ["#1 | Alice | 5m | praised", "#1 | Alice | 5m5m", "#1 | Alice | h"])
def test_a_thread_file_with_an_unknown_mark_or_time_is_refused(head: str) -> None:
    with pytest.raises(threads.ThreadError):
        threads.read_thread(f"{head}\nText.")

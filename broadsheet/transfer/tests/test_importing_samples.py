"""Real exports, and hostile ones: everything is accounted for, nothing gets through."""

import json
import re

import pytest

from broadsheet.articles.models import Article, StandingPage
from broadsheet.discussion.models import Comment, Pingback
from broadsheet.kit.tests import corpora, oracle
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.tests.importing_cast import dump, page, run
from broadsheet.transfer.wordpress import importing
from broadsheet.transfer.wordpress import wxr as reading
from broadsheet.transfer.wordpress.records import CommentState, Post
from broadsheet.transfer.wordpress.unreadable import ExportUnreadable
from tests import patience

pytestmark = pytest.mark.django_db

WRITTEN = {"post", "page"}
PUBLIC = Comment.State.PUBLISHED


def items(file):
    """The posts of an export, and all comments of each as (number, state)."""
    with reading.read(file) as export:
        for record in export:
            if isinstance(record, Post):
                with record.comments:
                    yield record, [(each.id, each.state) for each in record.comments]


@pytest.mark.parametrize("name", ["small-export", "wordpress-theme-unit-test"])
def test_every_published_post_and_every_comment_of_a_sample_is_accounted_for(shared_dir, name):
    file = shared_dir / "samples" / f"{name}.xml"
    report = importing.import_site(file)
    found = list(items(file))
    live = {
        kind: [p for p, _ in found if p.type == kind and p.status == "publish" and not p.password]
        for kind in WRITTEN
    }
    carriers = StandingPage.objects.filter(imported__article__live=True).count()
    assert Article.objects.filter(live=True).count() == len(live["post"]) + carriers
    assert StandingPage.objects.filter(live=True).count() == len(live["page"])
    of_written = [each for post, comments in found if post.type in WRITTEN for each in comments]
    linkbacks = {number for number, state in of_written if state is CommentState.PINGBACK}
    assert Pingback.objects.count() == len(linkbacks)
    assert (
        Comment.objects.count()
        == len(of_written) - len(linkbacks)
        == sum(report.comments.values()) - len(linkbacks)
    )
    public = {f"comment-{number}" for number, state in of_written if state is CommentState.PUBLISHED}
    assert set(Comment.objects.filter(state=PUBLIC).values_list("anchor", flat=True)) == public
    assert not [each for post, comments in found if post.type not in WRITTEN for each in comments]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("name", ["small-export", "wordpress-theme-unit-test"])
def test_every_old_permalink_of_a_sample_answers(shared_dir, client, name):
    file = shared_dir / "samples" / f"{name}.xml"
    importing.import_site(file)
    for post, _ in items(file):
        if post.type in WRITTEN and post.status == "publish" and not post.password:
            for address in (post.link, f"/?p={post.id}"):
                path = re.sub(r"^(https?://[^/]+)?/*", "/", address)
                answer = client.get(path, follow=True)
                assert answer.status_code == 200, address


@pytest.mark.only_on("sqlite")
def test_the_samples_pages_are_safe_and_load_nothing_from_elsewhere(shared_dir):
    importing.import_site(shared_dir / "samples" / "wordpress-theme-unit-test.xml")
    paths = [thing.path for kind in (Article, StandingPage) for thing in kind.objects.filter(live=True)]
    assert loads_from_elsewhere({path: page(path) for path in ["/", *paths]}) == []


def test_crazy_cdata_keeps_its_text(shared_dir):
    importing.import_site(shared_dir / "samples" / "crazy-cdata.xml")
    article = Article.objects.get()
    shown = page(article.path)
    assert "Content with nested &lt;![CDATA[ tags ]]&gt; " in shown


@pytest.mark.parametrize(
    "name",
    ["samples/malformed.xml", *[f"xml-bombs/{n}" for n in ("dtd", "xmlbomb", "quadratic", "external")]],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_changes_nothing(shared_dir, name):
    file = shared_dir / name if name.startswith("samples") else shared_dir / "corpora" / f"{name}.xml"
    before = dump()
    with pytest.raises(ExportUnreadable, match=r"^line \d+, column \d+: .+\."):
        importing.import_site(file)
    assert dump() == before


LOADING = re.compile(
    r"""<(?:img|script|iframe|source|video|audio|embed|object|link rel="stylesheet")\b"""
    r"""[^>]*(?:src|srcset|href|data)="(?:https?:)?//[^"]*\""""
)


def loads_from_elsewhere(pages):
    """Whatever a browser would fetch from another site, by page."""
    return [(path, found) for path, text in pages.items() for found in LOADING.findall(text)]


@pytest.fixture
def hostile(shared_dir):
    """Everything hostile that an XML file can hold."""
    kept = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
    return [kept.sub("", payload) for payload in corpora.hostile(shared_dir)]


def test_hostile_texts_in_comments_leave_nothing_unlisted(hostile):
    written = [wxr.comment(n, text=payload, name=payload[:60]) for n, payload in enumerate(hostile, start=1)]
    report = run(wxr.post(1, comments=written))
    assert sum(report.comments.values()) == len(hostile) > 9_000
    rows = Comment.objects.values_list("source", "html")
    assert {
        source: found for source, html in rows if (found := oracle.problems_in(html, oracle.COMMENT))
    } == {}
    assert "\u202e" not in "".join(Comment.objects.values_list("author_name", flat=True))


@pytest.mark.only_on("sqlite")
def test_hostile_texts_in_articles_load_nothing_and_run_nothing(hostile):
    pieces = [hostile[start : start + 150] for start in range(0, len(hostile), 150)]
    run(
        *(
            wxr.post(
                n, title=piece[0][:200], content="\n\n".join(piece), excerpt=piece[1], creator=piece[2][:50]
            )
            for n, piece in enumerate(pieces, start=1)
        ),
        wxr.attachment(5000, alt=hostile[0], caption=hostile[1]),
    )
    pages = {path: page(path) for path in ["/", *(article.path for article in Article.objects.all())]}
    assert loads_from_elsewhere(pages) == []
    for article in Article.objects.all():
        text = pages[article.path]
        body = text.partition("<article")[2].partition('<section id="discussion"')[0]
        assert not re.search(
            r"<(?:script|iframe|svg|object|embed|style|form)\b|\son\w+=|javascript:", _tags(body), re.I
        )


def _tags(html):
    """The tags alone: what a text says about scripts is no script."""
    return " ".join(re.findall(r"<[^>]*>", html))


def test_a_report_of_hostile_texts_is_plain_json(hostile):
    report = run(
        *(
            wxr.post(n, title=text[:200], content=f"[x{n} a=1]{text}[/x{n}]")
            for n, text in enumerate(hostile[:300], 1)
        )
    )
    assert json.loads(json.dumps(report.as_dict())) == report.as_dict()
    assert all("\n" not in line for line in report.in_words())


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "[" * n,
        lambda n: "<b>" * n,
        lambda n: "[a]" * n,
        lambda n: "<!-- wp:x -->" * n,
        lambda n: "]]>" * n,
    ],
)
def test_a_text_made_to_take_long_does_not(make):
    with patience.ends():
        run(wxr.post(1, content=make(20_000), comments=[wxr.comment(1, text=make(20_000))]))

"""After anything that happened, no print shows what is no longer so."""

import shutil
from contextlib import contextmanager, suppress
from copy import deepcopy

import pytest
from django.db import transaction

from broadsheet.articles import correcting, sealing
from broadsheet.articles.models import Article, Byline, Section, StandingPage
from broadsheet.discussion import closing, deciding, editing, pinning, ruling, voicing, withdrawing
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import chain, fill, make_article, posted, write
from broadsheet.events.recording import record
from broadsheet.kit.pages import NotThere
from broadsheet.masthead.models import Publication
from broadsheet.press import printing, store
from broadsheet.press.refresh import REFRESH
from broadsheet.press.tests.paper import publish
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def changed(thing, **fields):
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()
    return thing


def rename_publication(paper, carol):
    changed(paper.publication, name="The Tern")
    record("publication.changed", id=1)


def rename_section(paper, carol):
    record("section.changed", id=changed(paper.section, name="Quays").pk)


def rename_tag(paper, carol):
    record("tag.changed", id=changed(paper.tag, name="Ebb").pk)


def rename_person(paper, carol):
    record("person.changed", id=changed(paper.person, name="Ines Brink").pk)


def remove_answered(paper, carol):
    deciding.remove(paper.root, by=carol, reason="attacks a person")


def remove_and_restore(paper, carol):
    deciding.remove(paper.reply, by=carol)
    paper.press()
    paper.look()
    deciding.restore(paper.reply, by=carol)


def approve_late(paper, carol):
    held = posted(paper.article, "https://example.org/", parent=paper.root.seq)
    paper.press()
    deciding.approve(held, by=carol)


def edit(paper, carol):
    comment = posted(paper.article, "At noon.", parent=paper.reply.seq)
    paper.press()
    paper.look()
    editing.edit_comment(comment, text="At dusk.", address="192.0.2.1")


def edit_what_is_held_then(paper, carol):
    comment = posted(paper.article, "At noon.", parent=paper.reply.seq)
    paper.press()
    paper.look()
    editing.edit_comment(comment, text="See https://example.org/", address="192.0.2.1")


def rule(subject, carol, **said):
    """Rules of an article, set by an editor, or of the publication, set by its publisher."""
    carol.is_superuser = isinstance(subject, Publication)
    ruling.set_rules(subject, dict.fromkeys(ruling.NAMES) | {"who": "", "hold": ""} | said, by=carol)


def pin_and_pick(paper, carol):
    pinning.pin(paper.root, by=carol)
    pinning.pick(paper.leaf, by=carol)


def unpublish(paper, carol):
    paper.article.save_revision().publish()
    paper.article.refresh_from_db()
    paper.article.unpublish()


def file_elsewhere(paper, carol):
    paper.article.tags.set([paper.other_tag])
    paper.article.bylines = [Byline(person=paper.other_person)]
    publish(paper.article, section=paper.other_section)


def publish_new(paper, carol):
    draft = make_article("Fog", live=False, published_at=None, section=paper.section)
    paper.filed(draft, paper.person, paper.tag)
    publish(draft)


def publish_first_of_a_section(paper, carol):
    section = Section.objects.create(name="Weather", slug="weather", parent=paper.section.parent)
    publish(make_article("Rain", live=False, published_at=None, section=section))


def translate(paper, carol):
    publish(paper.other, language="de", translation_of=paper.article)
    assert paper.other.path not in store.read(paper.article.path).decode()
    paper.press()
    assert paper.other.path in store.read(paper.article.path).decode()


def translate_and_take_it_back(paper, carol):
    translate(paper, carol)
    publish(paper.other, language="", translation_of=None)


def correct(paper, carol):
    publish(paper.article, standfirst="By an hour.")
    return correcting.correct(paper.article, by=carol, kind="correction", text="It was an hour.")


def withdraw_a_retraction(paper, carol):
    made = correcting.correct(paper.article, by=carol, kind="retraction", text="It was not late.")
    paper.press()
    paper.look()
    correcting.withdraw(made, by=carol, reason="It was.")


def seal_and_unseal(paper, carol):
    publish(paper.article, standfirst="By an hour.")
    publish(paper.article, standfirst="By two.")
    paper.press()
    paper.look()
    version = paper.article.versions.get(number=2)
    sealing.seal(version, by=carol, reason="named a child")
    paper.press()
    assert paper.stale() == []
    paper.look()
    sealing.unseal(version, by=carol)


DEEDS = {
    "a comment is posted": lambda paper, carol: posted(paper.article, "New."),
    "a reply is posted": lambda paper, carol: posted(paper.article, "New.", parent=paper.reply.seq),
    "a held comment is approved": approve_late,
    "a comment is liked": lambda paper, carol: voicing.give(paper.leaf, 1, by=Commenter("203.0.113.5")),
    "a comment is edited": edit,
    "an edit is held": edit_what_is_held_then,
    "a comment is withdrawn": lambda paper, carol: withdrawing.withdraw(paper.leaf),
    "an answered comment is withdrawn": lambda paper, carol: withdrawing.withdraw(paper.root),
    "a comment is hidden": lambda paper, carol: deciding.hold(paper.leaf, by=carol, reason="a look"),
    "a comment is removed": lambda paper, carol: deciding.remove(paper.leaf, by=carol),
    "an answered comment is removed": remove_answered,
    "a removed comment is restored": remove_and_restore,
    "an article is published": publish_new,
    "the first article of a section is published": publish_first_of_a_section,
    "an article gets another headline": lambda paper, carol: publish(
        paper.article, headline="The tide is early"
    ),
    "an article gets another slug": lambda paper, carol: publish(paper.article, slug="tide"),
    "an article is filed elsewhere": file_elsewhere,
    "comments are closed": lambda paper, carol: closing.close(paper.article, by=carol, reason="enough"),
    "a discussion is slowed down": lambda paper, carol: rule(paper.article, carol, slow_seconds=60),
    "the publication reads everything first": lambda paper, carol: rule(
        Publication.current(), carol, hold="everything"
    ),
    "a comment is pinned and picked": pin_and_pick,
    "an article is unpublished": unpublish,
    "an article turns out to be a translation": translate,
    "an article turns out to be no translation": translate_and_take_it_back,
    "an article is corrected": correct,
    "an article is retracted": lambda paper, carol: correcting.correct(
        paper.article, by=carol, kind="retraction", text="It was not late."
    ),
    "a retraction is withdrawn": withdraw_a_retraction,
    "a version is sealed and given back": seal_and_unseal,
    "a standing page is published": lambda paper, carol: publish(
        StandingPage.objects.create(title="House rules", path="/rules/", menu_order=2, live=False)
    ),
    "a standing page is changed": lambda paper, carol: publish(paper.standing, title="About us"),
    "a standing page is unpublished": lambda paper, carol: paper.standing.unpublish(),
    "a person changes": rename_person,
    "a section changes": rename_section,
    "a tag changes": rename_tag,
    "the publication changes": rename_publication,
}


@pytest.mark.only_on("sqlite")
def test_no_print_is_stale_after(paper, carol, prints, tmp_path, subtests):
    """One publication for all deeds, each of which is undone: to print all of it takes longer than most of them."""
    before = shutil.copytree(prints, tmp_path / "before")
    for deed, done in DEEDS.items():
        with subtests.test(deed), undone():
            again = deepcopy(paper, {id(paper.clock): paper.clock})
            done(again, carol)
            again.press()
            assert again.stale() == []
        shutil.rmtree(prints)
        shutil.copytree(before, prints)


@contextmanager
def undone():
    """What is written to the database here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_no_print_of_a_paged_thread_is_stale_after_anything_in_it(paper, carol):
    fill(paper.thread, 110)
    paper.look()
    posted(paper.article, "A new root.")
    posted(paper.article, "A new reply.", parent=paper.root.seq)
    paper.press()
    assert paper.stale() == []
    deciding.remove(Comment.objects.get(thread=paper.thread, seq=30), by=carol)
    deciding.remove(paper.leaf, by=carol)
    paper.press()
    assert paper.stale() == []


def test_no_print_is_stale_when_a_thread_outgrows_its_one_page_and_shrinks_back(paper, carol):
    paper.grow()
    new = posted(paper.article, "The hundred and first.")
    paper.press()
    paper.look()
    assert paper.stale() == []
    assert store.read(f"{paper.article.path}comments/oldest/5/")
    deciding.remove(paper.leaf, by=carol)
    deciding.remove(new, by=carol)
    paper.press()
    assert paper.stale() == []


def test_a_like_takes_away_the_comments_pages_that_show_it_and_no_others(paper):
    path = paper.article.path
    voicing.give(paper.leaf, 1, by=Commenter("203.0.113.5"))
    paper.press()
    standing = [seq for seq in (1, 2, 3, 4) if store.read(f"{path}c/{seq}/")]
    assert standing == [paper.reply.seq, paper.reply.seq + 1], "the root's page shows the leaf beside it"
    look_at(paper, {f"{path}c/{seq}/{rest}" for seq in (1, 2, 3, 4) for rest in ("", "replies/1/")})
    voicing.give(paper.reply, 1, by=Commenter("203.0.113.5"))
    paper.press()
    assert paper.stale() == []


def test_no_page_of_a_very_deep_comment_is_stale_after_a_like(paper):
    deep = chain(paper.thread, 35)
    path = paper.article.path
    for liked in (deep[31], deep[33]):
        look_at(paper, {f"{path}c/{each.seq}/{rest}" for each in deep[27:] for rest in ("", "replies/1/")})
        voicing.give(liked, 1, by=Commenter("203.0.113.5"))
        paper.press()
        assert paper.stale() == []


def look_at(paper, paths):
    """Somebody reads these pages, and no others are asked about from now on."""
    paper.read = paths
    for path in paths:
        with suppress(NotThere):
            printing.print_page(path)


def test_a_comment_that_is_held_touches_no_print(paper):
    before = mtimes(paper)
    posted(paper.article, "https://example.org/")
    paper.press()
    assert mtimes(paper) == before


def test_every_kind_of_event_that_is_recorded_about_pages_has_its_row(paper):
    assert {"article.published", "article.unpublished", "comment.published", "comment.hidden"} <= set(REFRESH)


def test_a_posted_comment_is_in_every_print_it_belongs_to_after_one_drain(paper):
    posted(paper.article, "Quite new.", parent=paper.reply.seq)
    drain()
    for place in ("", "comments/feed.xml", "comments/feed.atom", "comments/feed.json"):
        assert b"Quite new." in store.read(paper.article.path + place), place
    assert b'"last_seq": 5' in store.read(f"{paper.article.path}thread.json")


def test_a_removed_comment_is_in_no_print_after_one_drain(paper, carol, prints):
    deciding.remove(paper.leaf, by=carol)
    drain()
    paper.clock.forward(25)
    drain()
    assert [file for file in prints.rglob("*") if file.is_file() and b"A leaf" in file.read_bytes()] == []


@pytest.mark.parametrize(
    "path", ["/comments/", *(f"/comments/feed.{kind}" for kind in ("xml", "atom", "json"))]
)
def test_a_removed_comment_leaves_the_newest_of_all_threads_at_once(paper, carol, path):
    assert b"A leaf" in store.read(path)
    deciding.remove(paper.leaf, by=carol)
    drain()
    assert b"A leaf" not in store.read(path)


def test_an_unpublished_article_leaves_no_print_and_answers_that_it_is_gone(paper, carol, prints, client):
    unpublish(paper, carol)
    paper.press()
    left = [
        file for file in prints.rglob("*") if file.is_file() and paper.article.path.strip("/") in str(file)
    ]
    assert left == []
    for place in ("", "thread.json", "comments/feed.xml", "c/1/", "comments.json"):
        assert client.get(paper.article.path + place).status_code == 410


def test_a_changed_slug_leads_on_from_every_old_address(paper, client):
    old = paper.article.path
    publish(paper.article, slug="tide")
    paper.press()
    new = paper.article.path
    assert old != new
    for place in ("", "c/1/", "comments/feed.xml", "thread.json"):
        answer = client.get(old + place)
        assert (answer.status_code, answer.headers.get("Location")) == (301, new + place), place
        assert client.get(new + place).status_code == 200


def test_writing_what_changes_no_page_prints_nothing(paper):
    before = store.read(paper.article.path), mtimes(paper)
    paper.look()
    assert (store.read(paper.article.path), mtimes(paper)) == before


def mtimes(paper):
    return {
        path: (store.root() / store.name_of(path)).stat().st_mtime for path in paper.read if store.read(path)
    }


def test_comments_elsewhere_touch_no_print_of_this_article(paper):
    before = (store.root() / store.name_of(paper.article.path)).stat().st_mtime_ns
    posted(paper.other, "Elsewhere.")
    write(paper.thread, "Nobody recorded this.")
    paper.press()
    assert (store.root() / store.name_of(paper.article.path)).stat().st_mtime_ns == before


def test_what_is_related_is_new_on_every_page_that_names_it(paper):
    """`filed()` gives Earlier 2 and the article one tag, so each names the other."""
    earlier = Article.objects.get(headline="Earlier 2")
    assert earlier.path in store.read(paper.article.path).decode()
    publish(earlier, headline="Earlier by far")
    paper.press()
    assert "Earlier by far" in store.read(paper.article.path).decode()
    earlier.unpublish()
    paper.press()
    assert earlier.path not in store.read(paper.article.path).decode()
    assert paper.stale() == []

"""Somebody of each role, and one of everything that the newsroom has addresses for."""

import io
import json

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from broadsheet.articles import approving
from broadsheet.articles.models import (
    Arrangement,
    Article,
    Correction,
    KeptArrangement,
    Picture,
    Section,
    StandingPage,
    Tag,
    Version,
)
from broadsheet.discussion import posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import AttachedPicture, Comment, Thread
from broadsheet.discussion.models.attached_picture import SMALL
from broadsheet.masthead import founding, roles
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

PEOPLE = (*roles.ROLES, "reader", "anonymous")


def found() -> dict[str, Reader | None]:
    """The publication and its people: one of each role, an account without any, nobody."""
    founding.found(name="The Ebb", email="founder@example.org")
    approving.found_workflow()
    return {name: _somebody(name) for name in PEOPLE}


def _somebody(name: str) -> Reader | None:
    if name == "anonymous":
        return None
    if name == roles.PUBLISHER:
        return Reader.objects.create_superuser("publisher@example.org", name="Publisher")
    reader = Reader.objects.create_user(f"{name}@example.org", name=name.title())
    if name in roles.GROUP_OF:
        reader.groups.add(Group.objects.get(name=roles.GROUP_OF[name]))
    return reader


def article_of(reader: Reader | None, headline: str = "The tide is late") -> Article:
    """A draft with two revisions that waits for approval."""
    article = Article(headline=headline, begun_by=reader, live=False, body=json.dumps([]))
    article.save()
    for standfirst in ("first", "second"):
        article.standfirst = standfirst
        article.save_revision(user=reader)
    article.get_workflow().start(article, reader)
    return article


def picture_of(reader: Reader | None) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    picture = Picture(title="A pier", uploaded_by_user=reader)
    picture.file.save("pier.png", ContentFile(file.getvalue()), save=False)
    picture.width, picture.height = 8, 8
    picture.save()
    return picture


def held_comment(article: Article) -> Comment:
    thread = Thread.objects.create(article=article)
    return posting.post_comment(
        thread, draft=Draft("See https://example.org/", "Mallory"), by=Commenter("192.0.2.1")
    )


def comment_under(article: Article) -> str:
    """Where readers see a comment of it, without the first slash."""
    thread = Thread.objects.create(article=article)
    comment = posting.post_comment(thread, draft=Draft("Well said", "Mara"), by=Commenter("192.0.2.7"))
    return f"{article.path[1:]}c/{comment.seq}/"


def picture_with(article: Article) -> dict[str, object]:
    """A picture that came with a comment of it."""
    comment = Comment.objects.get(thread__article=article)
    sent = AttachedPicture.objects.create(
        comment=comment, key="A" * 22, stem="B" * 32, width=8, height=8, leaves_at=timezone.now()
    )
    default_storage.save(sent.file(SMALL), ContentFile(b"RIFF"))
    return {"key": sent.key, "width": SMALL}


def samples(people: dict[str, Reader | None], mine: Article) -> dict[str, dict[str, object]]:
    """What the parameters of addresses are filled with, by the beginning of their names; "" is for all."""
    page = StandingPage.objects.create(title="About", path="/about/", live=False)
    first, second = (page.save_revision().pk for _ in range(2))
    picture = picture_of(mine.begun_by)
    section = Section.objects.create(name="Harbour", slug="harbour")
    tag = Tag.objects.create(name="Ferries", slug="ferries")
    person = Person.objects.create(name="Ines", slug="ines")
    shown = Article.objects.create(headline="The tide is in", live=True, body=json.dumps([]))
    return {
        "": {"image_id": picture.pk, "app_label": "articles", "model_name": "picture"},
        "wagtail_bulk_action": {"action": "add_tags"},
        "wagtailimages_chooser": {"pk": picture.pk},
        "wagtailsnippets_articles_article": of_article(mine),
        "wagtailsnippets_articles_standingpage": {
            "pk": page.pk, "revision_id": first, "revision_id_a": first, "revision_id_b": second,
        },
        "wagtailsnippets_articles_section": {"pk": section.pk},
        "wagtailsnippets_articles_tag": {"pk": tag.pk},
        "wagtailsnippets_masthead_person": {"pk": person.pk},
        "wagtailsnippetchoosers_masthead_person": {"pk": person.pk},
        "wagtailsnippets_masthead_publication": {"pk": 1},
        "wagtailsnippets_articles_arrangement": {"pk": Arrangement.objects.create(pk=1).pk},
        "newsroom_front": {"pk": KeptArrangement.objects.create(parts=[]).pk},
        "wagtailsnippetchoosers_articles_article": {"pk": shown.pk},
        "wagtailusers_users": {"pk": people["reader"].pk},
        "newsroom_comment": {
            "pk": held_comment(mine).pk, "name": "waiting", "address": comment_under(shown),
        },
        "newsroom_comment_picture": picture_with(shown),
        "newsroom_rules_section": {"pk": section.pk},
        "newsroom_rules_article": {"pk": mine.pk},
        "newsroom_discussion": {"pk": mine.pk},
        "newsroom_asking": {"pk": shown.pk},
        "wagtailadmin_tag_model_autocomplete": {"app_name": "articles", "model_name": "tag"},
        "wagtailadmin_editing_sessions": {
            "model_name": "article", "object_id": mine.pk, "session_id": 1,
        },
        **of_corrected_article(),
    }  # fmt: skip


def of_corrected_article() -> dict[str, dict[str, object]]:
    """Published twice, the first time wrongly."""
    article = Article(headline="The tide is early", live=True, body=json.dumps([]))
    article.save()
    first = Version.keep(article, at=timezone.now())
    article.headline = "The tide is late"
    Version.keep(article, at=timezone.now())
    made = Correction.objects.create(article=article, text="It is late.", made_at=timezone.now())
    return {
        "newsroom_correction": {"pk": made.pk},
        "newsroom_corrections": {"pk": article.pk},
        "newsroom_version": {"pk": first.pk if first else 0},
    }


def of_article(article: Article) -> dict[str, object]:
    """The parameters of addresses about one article."""
    state = article.current_workflow_state
    revisions = article.revisions.order_by("pk").values_list("pk", flat=True)
    return {
        "pk": article.pk,
        "revision_id": revisions[0],
        "revision_id_a": revisions[0],
        "revision_id_b": revisions[1],
        "action_name": "approve",
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
    }

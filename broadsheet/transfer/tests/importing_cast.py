"""What the tests of importing share: an export in, a report out; pages as everybody sees them; all rows as text."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.test import Client
from PIL import Image

from broadsheet.articles.models import Article, Section, StandingPage, Tag
from broadsheet.discussion.models import Comment
from broadsheet.masthead.models import Person
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.wordpress import importing
from broadsheet.transfer.wordpress.report import Report

NOT_CONTENT = {"contenttypes", "auth", "sessions", "migrations", "limits"}


def run(
    *items: str, head: tuple[str, ...] = (wxr.author("carol", 1, name="Carol Wharf"),), **more: Any
) -> Report:
    """Import an export that holds these items."""
    return run_text(wxr.export(items, head=head), **more)


def run_text(text: str, **more: Any) -> Report:
    return importing.import_site(BytesIO(text.encode()), **more)


def comment(number: int) -> Comment:
    """An imported comment by its old number."""
    return Comment.objects.select_related("thread__article", "parent", "guest").get(
        anchor=f"comment-{number}"
    )


def dump() -> str:
    """Every row of every table of ours."""
    models = [model for model in apps.get_models() if model._meta.app_label not in NOT_CONTENT]
    rows = [
        row
        for model in models
        for row in serializers.serialize("python", model._default_manager.order_by("pk"))
    ]
    return json.dumps(rows, default=str, indent=1)


def page(path: str) -> str:
    """A public page as everybody gets it."""
    answer = Client().get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def everything_public() -> dict[str, str]:
    """Every page, feed and JSON that could show a comment or an article, hidden ones asked for too, by its path."""
    paths = {
        "/",
        "/feed.xml",
        "/feed.atom",
        "/feed.json",
        "/archive/",
        "/comments/",
        "/comments/feed.xml",
        "/sitemap.xml",
    }
    for article in Article.objects.all():
        paths |= {article.path + each for each in ("", "thread.json", "comments.json", "comments/feed.xml")}
        paths |= {f"{article.path}comments/{order}/1/" for order in ("oldest", "newest")}
        seqs = Comment.objects.filter(thread__article=article).values_list("seq", flat=True)
        paths |= {f"{article.path}c/{seq}/" for seq in seqs}
    paths |= {each.path for each in (*Section.objects.all(), *Tag.objects.all(), *Person.objects.all())}
    paths |= set(StandingPage.objects.values_list("path", flat=True))
    return {path: Client().get(path).content.decode() for path in sorted(paths)}


def picture(path: Path, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "teal").save(path, kind)
    return path

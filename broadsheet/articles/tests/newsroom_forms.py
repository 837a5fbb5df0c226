"""What the newsroom's editing forms send, for tests that go through them."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.articles.models import Article
from broadsheet.readers.models import Reader


def staff(group: str, name: str = "") -> Client:
    """A browser in which somebody of this group has signed in."""
    name = name or group.rstrip("s")
    reader = Reader.objects.create_user(f"{name.lower()}@example.org", name=name)
    reader.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(reader)
    return client


def filled(
    headline: str = "The tide is late", *, text: str = "<p>It came at noon.</p>", **fields: Any
) -> dict[str, Any]:
    data = {
        "headline": headline, "standfirst": "", "slug": "", "body": streamfield([("paragraph", rich_text(text))]),
        "lead_alt": "", "lead_caption": "", "lead_credit": "", "lead_picture": "", "section": "", "tags": "",
        "credit": "", "credit_url": "", "comments_open": "on", "updated_at": "", "go_live_at": "", "expire_at": "",
        "bylines": inline_formset([]), **fields,
    }  # fmt: skip
    return nested_form_data(data)


def url(name: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_articles_article:{name}", args=args)


def write(client: Client, action: str = "", **fields: Any) -> Article:
    """Write a new article; `action` is publish or submit."""
    answer = client.post(url("add"), {**filled(**fields), **({f"action-{action}": "on"} if action else {})})
    assert answer.status_code == 302, answer.context["form"].errors
    return Article.objects.latest("pk")


def revise(client: Client, article: Article, action: str = "", **fields: Any) -> Any:
    return client.post(
        url("edit", article.pk), {**filled(**fields), **({f"action-{action}": "on"} if action else {})}
    )

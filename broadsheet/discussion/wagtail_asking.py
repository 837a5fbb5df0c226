"""What readers are asked, in the newsroom's menu and beside articles: its addresses and the ways there."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem

from broadsheet.articles.models import Article
from broadsheet.discussion import answering, asking, newsroom_asking


def urls() -> list[URLPattern]:
    screens = newsroom_asking
    return [
        path("questions/", screens.questions, name="newsroom_questions"),
        path("articles/<int:pk>/asking/", screens.article_asking, name="newsroom_asking"),
        path("articles/<int:pk>/question-time/", screens.question_time, name="newsroom_asking_question_time"),
        path(
            "articles/<int:pk>/question-time/end/",
            screens.question_time_end,
            name="newsroom_asking_question_time_end",
        ),
        path("articles/<int:pk>/experts/", screens.experts, name="newsroom_asking_experts"),
        path("experts/<int:pk>/end/", screens.expert_end, name="newsroom_asking_expert_end"),
    ]


class QuestionsMenuItem(MenuItem):
    """For whoever asks, and for experts while they are."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.has_perm(asking.PERMISSION) or answering.answers_somewhere(user.pk or 0))


def menu_item() -> QuestionsMenuItem:
    url = reverse("newsroom_questions")
    return QuestionsMenuItem("Questions", url, name="questions", icon_name="openquote", order=115)


def buttons(thing: Any, user: Any) -> Iterator[Button]:
    """In the list of articles."""
    if isinstance(thing, Article) and thing.published_on and user.has_perm(asking.PERMISSION):
        url = reverse("newsroom_asking", args=[thing.pk])
        yield Button("Ask readers", url, icon_name="openquote", priority=60)


class AskMenuItem(ActionMenuItem):
    """In the editor of a published article."""

    name = "action-ask"
    label = "Ask readers"
    icon_name = "openquote"

    def is_shown(self, context: dict[str, Any]) -> bool:
        article = context.get("instance")
        may = context["request"].user.has_perm(asking.PERMISSION)
        return bool(context["view"] == "edit" and may and article and article.published_on)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("newsroom_asking", args=[parent_context["instance"].pk])

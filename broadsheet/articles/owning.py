"""Whose article it is: writers change their own, editors everybody's. Wagtail's screens ask here."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from broadsheet.articles.models import Article, StandingPage

ADD, CHANGE, REVISE, PUBLISH = (f"articles.{deed}_article" for deed in ("add", "change", "revise", "publish"))


def is_own(user: Any, article: Article) -> bool:
    """Whether somebody began it or stands in its byline."""
    return bool(article.begun_by_id == user.pk) or article.bylines.filter(person__reader=user).exists()


def may_change(user: Any, article: Article) -> bool:
    """An editor may; a writer may change what is their own, after its publication only with that right."""
    if user.has_perm(CHANGE):
        return True
    wanted = REVISE if article.published_on else ADD
    return bool(user.has_perm(wanted)) and is_own(user, article)


def may_publish(user: Any, thing: Article | StandingPage) -> bool:
    if isinstance(thing, StandingPage):
        return bool(user.has_perm("articles.publish_standingpage"))
    return bool(user.has_perm(PUBLISH)) and may_change(user, thing)


def may_delete(user: Any, article: Article) -> bool:
    """What was public keeps its address, whoever asks."""
    return article.published_on is None and may_change(user, article)


def changeable(user: Any) -> QuerySet[Article]:
    """The articles that somebody sees in the newsroom: everybody's for an editor, for a writer their own."""
    articles: QuerySet[Article] = Article.objects.all()
    if user.has_perm(CHANGE):
        return articles
    if not user.has_perm(ADD):
        return articles.none()
    own = Q(begun_by=user) | Q(pk__in=Article.objects.filter(bylines__person__reader=user))
    return articles.filter(own)


class ArticlePolicy(ModelPermissionPolicy):
    """Who may do what with articles at all, and with one of them."""

    _OF_ONE = {"change": may_change, "publish": may_publish, "delete": may_delete}

    def user_has_permission(self, user: Any, action: str) -> bool:
        """With some article: whoever writes may change and delete their own."""
        asked = "add" if action in {"change", "delete"} else action
        return bool(super().user_has_permission(user, asked))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Article) -> bool:
        if action in self._OF_ONE and instance.pk:
            return self._OF_ONE[action](user, instance)
        return self.user_has_permission(user, action)

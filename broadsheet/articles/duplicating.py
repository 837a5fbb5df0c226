"""A copy of an article as a draft of one's own: the same words, people and pictures; no discussion, no history."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from broadsheet.articles import owning
from broadsheet.articles.models import Article

_CHILDREN = ("bylines", "tagged")
_OF_THE_ORIGINAL = {
    "pk": None, "slug": "", "live": False, "live_revision": None, "latest_revision": None, "locked": False,
    "locked_at": None, "locked_by": None, "go_live_at": None, "expire_at": None, "expired": False,
    "first_published_at": None, "last_published_at": None, "published_at": None, "published_on": None,
    "updated_at": None, "has_unpublished_changes": False, "comment_count": 0, "commented_at": None,
    "comments_open": True,
    "translation_of": None,
}  # fmt: skip


def duplicate(article: Article, *, by: Any) -> Article:
    """Its newest version, published or not, under a headline that tells the two apart."""
    if not owning.may_change(by, article):
        raise PermissionDenied("Only whoever may change an article can copy it.")
    content = json.loads(article.get_latest_revision_as_object().to_json()) | _OF_THE_ORIGINAL
    for child in (child for name in _CHILDREN for child in content.get(name, [])):
        child["pk"] = None
    with transaction.atomic():
        copy: Article = Article.from_serializable_data(content, check_fks=False)
        copy.headline = f"{copy.headline[:240]} (copy)"
        copy.begun_by = by
        copy.save()
        copy.save_revision(user=by)
        log(copy, "broadsheet.duplicate", user=by, data={"said": f"Copied from “{article}”"})
    return copy

"""The sample's corrections: what an article said at first, when it was put right, and what was said about that."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from broadsheet.articles.models import Article, Correction, Version
from broadsheet.transfer.sample.reading import SampleChange


def replay(article: Article, changes: Sequence[SampleChange], at: datetime) -> None:
    """Keep every version the article has had since `at`, and the correction that came with each."""
    present = article.body.get_prep_value()
    for done in range(len(changes) + 1):
        article.body = _before(present, changes[done:])
        moment = at if done == 0 else _after(at, changes[done - 1])
        version = Version.keep(article, at=moment)
        if done and version:
            change = changes[done - 1]
            Correction.objects.create(
                article=article, kind=change.kind, text=change.text, version=version, made_at=moment
            )
            article.updated_at = moment
    article.save()


def _after(at: datetime, change: SampleChange) -> datetime:
    return min(at + timedelta(hours=change.hours_later), timezone.now())


def _before(body: list[dict[str, Any]], changes: Sequence[SampleChange]) -> str:
    """The body as it stood before these changes, for a StreamField."""
    text = json.dumps(body, ensure_ascii=False)
    for change in reversed(changes):
        text = text.replace(change.now, change.was)
    return text

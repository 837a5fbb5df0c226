"""A page that stands: About, House rules, Privacy. Imported ones keep their paths."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin

from broadsheet.articles import reserved
from broadsheet.articles.blocks import BodyBlock
from broadsheet.articles.models.embed import ShowsEmbeds
from broadsheet.articles.models.old_address import OldAddress
from broadsheet.articles.models.recall import Recall
from broadsheet.events.recording import record


class StandingPage(
    ShowsEmbeds, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    title = models.CharField(max_length=255)
    path = models.CharField(max_length=255, unique=True, help_text="Such as /about/ or /about/contact/.")
    body = StreamField(BodyBlock(), blank=True)
    menu_order = models.PositiveSmallIntegerField(
        default=0, help_text="Its place in the footer; 0 leaves it out of the footer."
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    _revisions = GenericRelation(Revision, related_query_name="standing_page")

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        self.path = f"/{self.path.strip('/')}/"
        if self.path == "//":
            raise ValidationError(
                {"path": "The front page has its own place; choose a path such as /about/."}
            )
        if reserved.is_ours(self.path):
            raise ValidationError({"path": "The paper itself answers there; choose a path such as /about/."})

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish (or schedule) a revision; a changed path leaves a redirect behind."""
        with self._recording("standing_page.published"):
            super().publish(revision, *args, **kwargs)
            if StandingPage.objects.filter(pk=self.pk, live=True).exists():  # not where it was only scheduled
                Recall.end(self)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with self._recording("standing_page.unpublished"):
            super().unpublish(*args, **kwargs)

    @contextmanager
    def _recording(self, kind: str) -> Iterator[None]:
        with transaction.atomic():
            before = StandingPage.objects.get(pk=self.pk)
            yield
            now = StandingPage.objects.get(pk=self.pk).path
            moved = before.was_public and before.path != now
            if moved:
                OldAddress.remember(before.path, now)
            record(kind, page=self.pk, was=before.path if moved else None)

    @property
    def was_public(self) -> bool:
        """Whether readers may know its path; an imported page has only one of these moments."""
        return bool(self.live or self.published_at or self.first_published_at)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "articles/standing_page.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from broadsheet.articles.pages import standing_context
        from broadsheet.articles.site import site_context

        return {**site_context(), **standing_context(self), "preview": True}

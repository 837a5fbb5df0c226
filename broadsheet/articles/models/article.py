"""An article: a flat model with Wagtail's abilities, no page tree (docs/decisions says why)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
    WorkflowState,
)

from broadsheet.articles import licences
from broadsheet.articles.blocks import BodyBlock
from broadsheet.articles.licences import Licence
from broadsheet.articles.models.embed import ShowsEmbeds
from broadsheet.articles.models.old_address import OldAddress
from broadsheet.articles.models.picture import Picture
from broadsheet.articles.models.recall import Recall
from broadsheet.articles.models.section import Section
from broadsheet.articles.models.tag import Tag
from broadsheet.articles.models.version import Version
from broadsheet.events.recording import record
from broadsheet.kit import locales
from broadsheet.kit.slugs import slug_of
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Person


class Article(
    ShowsEmbeds,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    headline = models.CharField(max_length=255)
    standfirst = models.TextField(blank=True, help_text="The line under the headline.")
    slug = models.SlugField(
        max_length=200,
        blank=True,
        allow_unicode=True,
        help_text="Its name in the address; made from the headline.",
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="articles", null=True, blank=True
    )
    tags = ClusterTaggableManager(through="articles.ArticleTag", blank=True)
    credit = models.CharField(
        max_length=200, blank=True, help_text="Whom it came from, such as “the Coastal Wire”."
    )
    credit_url = models.URLField(max_length=500, blank=True, verbose_name="Address of the original")
    agency = models.CharField(
        max_length=200,
        blank=True,
        verbose_name="Agency line",
        help_text="As the agency wants it: “CW/Brandt”.",
    )
    licence = models.CharField(max_length=20, blank=True, choices=licences.choices)
    licence_name = models.CharField(max_length=200, blank=True, verbose_name="Licence in own words")
    licence_url = models.URLField(max_length=500, blank=True, verbose_name="Address of its terms")
    lead_picture = models.ForeignKey(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="leading"
    )
    lead_alt = models.CharField(
        max_length=500, blank=True, verbose_name="Description of the picture for those who cannot see it"
    )
    lead_caption = models.CharField(max_length=500, blank=True, verbose_name="Caption")
    lead_credit = models.CharField(max_length=200, blank=True, verbose_name="Credit of the picture")
    body = StreamField(BodyBlock(), blank=True)
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[RegexValidator(rf"\A{locales.TAG.pattern}\Z", "A language's tag, such as ar or pt-BR.")],
        help_text="What it is written in, where that is not the publication's language.",
    )
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        help_text="The article that this one says in another language: each then leads to the other.",
    )
    """The original, never another translation (articles/translations.py)."""
    comments_open = models.BooleanField(default=True, editable=False)
    """Whether its discussion takes comments; whoever closes or opens it keeps a record, and writes it here."""
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_on = models.DateField(null=True, editable=False)
    """The day in the publication's zone when it first appeared: part of its address, so it never changes."""
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When readers were last given another wording, or a correction."""
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    """How lively its discussion is, as lists show it; whoever counts comments writes it here."""
    commented_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When the newest comment that can be seen was posted; written with their number."""
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    """Who began it in the newsroom; null where it was imported."""

    _revisions = GenericRelation(Revision, related_query_name="article")
    workflow_states = GenericRelation(
        WorkflowState,
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="article",
        for_concrete_model=False,
    )

    class Meta:
        permissions = [
            ("revise_article", "Can draft changes of own articles after they are published"),
            ("review_article", "Can read what was done by whom"),
            ("write_html", "Can write HTML by hand"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["published_on", "slug"], name="article_address"),
        ]
        indexes = [
            models.Index(fields=["-published_at"], condition=models.Q(live=True), name="article_newest"),
            models.Index(fields=["published_on"], condition=models.Q(live=True), name="article_day"),
            models.Index(
                fields=["section", "-published_at"], condition=models.Q(live=True), name="article_in_section"
            ),
            # The newsroom's lists and desk: which articles a page shows is told by one of these alone, however many
            # there are; only their rows are read then.
            models.Index(fields=["id", "headline"], name="article_begun"),
            models.Index(fields=["headline", "id"], name="article_headline"),
            models.Index(fields=["section", "id"], name="article_section"),
            models.Index(fields=["live", "id"], name="article_live"),
            models.Index(fields=["published_at", "id"], name="article_published"),
            models.Index(
                fields=["-latest_revision"],
                condition=models.Q(live=False) | models.Q(has_unpublished_changes=True),
                name="article_unfinished",
            ),
            # The clock asks at every tick, or nearly.
            models.Index(
                fields=["expire_at"], condition=models.Q(expire_at__isnull=False), name="article_expiring"
            ),
            models.Index(
                fields=["published_at"],
                condition=models.Q(live=True, comments_open=True),
                name="article_discussable",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slug_of(self.headline)
        if self.live and self.published_at is None:
            self.published_at = timezone.now()
        if self.published_at is not None and self.published_on is None:
            self.published_on = timezone.localdate(self.published_at)
        if self.published_on is not None:
            self.slug = self._free_slug(self.published_on)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.licence == licences.OWN_WORDS and not self.licence_name:
            raise ValidationError({"licence_name": "Say the licence in your own words, or choose one."})

    def with_content_json(self, content: Any) -> "Article":
        """A revision carries no moment of publication, nothing of the discussion, no owner: the article has those."""
        revised: Article = super().with_content_json(_without_what_is_gone(content))
        revised.published_at = self.published_at
        revised.updated_at = self.updated_at
        revised.published_on = self.published_on
        revised.comment_count, revised.commented_at = self.comment_count, self.commented_at
        revised.comments_open = self.comments_open
        revised.begun_by_id = self.begun_by_id
        return revised

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish (or schedule) a revision; a changed slug leaves a redirect behind, a changed wording a version."""
        with transaction.atomic():
            before = Article.objects.select_for_update(of=("self",)).get(pk=self.pk)
            Version.keep_first(before)
            super().publish(revision, *args, **kwargs)
            after = Article.objects.get(pk=self.pk)
            if (
                after.comments_open != before.comments_open
            ):  # it was closed or opened while an editor had it in hand
                Article.objects.filter(pk=self.pk).update(comments_open=before.comments_open)
            if after.live and after.live_revision_id == revision.pk:
                self._keep_version(after, by=kwargs.get("user") or revision.user)
            if before.published_on and before.path != after.path:
                OldAddress.remember(before.path, after.path)
            if after.live:
                Recall.end(after)
                was = before.path if before.published_on else None
                record(
                    "article.published",
                    article=self.pk,
                    was=was,
                    stood_in=before.lists if was else [],
                    translated=before.translation_of_id,
                )

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            Version.keep_first(Article.objects.get(pk=self.pk))
            super().unpublish(*args, **kwargs)
            record("article.unpublished", article=self.pk)

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def approved_schedule(self) -> bool:
        """Whether it is scheduled; a list has found that out for all its articles (`scheduling.with_schedule`)."""
        if "scheduled_revision_id" in self.__dict__:
            return self.__dict__["scheduled_revision_id"] is not None
        return bool(super().approved_schedule)

    @property
    def path(self) -> str:
        """Its address from the root; a draft has the one it would have today."""
        return self.path_of(self.published_on or timezone.localdate(), self.slug)

    @staticmethod
    def path_of(on: date, slug: str) -> str:
        """The address of what appeared on a day under a slug, for lists too long to load every article."""
        return f"/{on:%Y/%m/%d}/{slug}/"

    def get_absolute_url(self) -> str:
        return self.path

    @property
    def written_in(self) -> str:
        """The tag of the language it is written in."""
        return self.language or speaking.publication_language()

    @property
    def lists(self) -> list[str]:
        """The paths of the lists it stands in: its section and those above, its people, its tags."""
        sections, above = [], self.section
        while above is not None and above not in sections:
            sections.append(above)
            above = above.parent
        return [each.path for each in (*sections, *self.people, *self.tags.all())]

    @property
    def terms(self) -> Licence | None:
        """The licence it is shown under."""
        return licences.terms(self.licence, self.licence_name, self.licence_url)

    @property
    def people(self) -> list[Person]:
        """The people in its byline, in order."""
        return [
            byline.person for byline in self.bylines.select_related("person").order_by("sort_order", "pk")
        ]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "articles/article.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from broadsheet.articles.pages import article_context
        from broadsheet.articles.site import site_context

        return {**site_context(), **article_context(self), "preview": True}

    def _keep_version(self, published: "Article", by: Any) -> None:
        """Keep what readers are given now; if it is not the first, it is an update."""
        moment = published.last_published_at or timezone.now()
        version = Version.keep(published, at=moment, by=by)
        if version and version.number > 1:
            self.updated_at = moment
            Article.objects.filter(pk=self.pk).update(updated_at=moment)

    def _free_slug(self, on: date) -> str:
        """`slug`, or the next free `slug-2`, `slug-3`, … of that day."""
        same_day = Article.objects.filter(published_on=on, slug__startswith=self.slug).exclude(pk=self.pk)
        taken = set(same_day.values_list("slug", flat=True))
        if self.slug not in taken:
            return self.slug
        return next(free for n in range(2, len(taken) + 3) if (free := f"{self.slug[:190]}-{n}") not in taken)


def _without_what_is_gone(content: Any) -> Any:
    """An older version may name a section or people that were deleted since; modelcluster gives up on such a one."""
    bylines = content.get("bylines", [])
    people = Person.objects.filter(pk__in=[byline["person"] for byline in bylines])
    known = set(people.values_list("pk", flat=True))
    section = Section.objects.filter(pk=content.get("section")).first()
    left = [byline for byline in bylines if byline["person"] in known]
    return {**content, "section": section and section.pk, "bylines": left}


class Byline(Orderable):
    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bylines")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="one_byline")]

    def __str__(self) -> str:
        return f"{self.article} by {self.person}"


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")
    content_object = ParentalKey(Article, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        indexes = [models.Index(fields=["tag", "content_object"], name="article_tagged")]

    def __str__(self) -> str:
        return f"{self.content_object}: {self.tag}"

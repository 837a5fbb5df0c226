"""What is scheduled: the moment, and the version that will be published then."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from broadsheet.articles.models import Article


def with_schedule(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with `scheduled_for` and `scheduled_revision_id`, in the same query."""
    approved = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Article),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    ).order_by("approved_go_live_at")
    scheduled: QuerySet[Article] = articles.annotate(
        scheduled_for=Subquery(approved.values("approved_go_live_at")[:1]),
        scheduled_revision_id=Subquery(approved.values("pk")[:1]),
    )
    return scheduled

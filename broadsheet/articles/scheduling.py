"""What is scheduled: the moment, and the version to be published then; and what else a list says of an article."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState

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


def for_lists(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what the newsroom's lists say of each article, in as many queries for fifty as for one.

    Of its newest revision they want the headline only, not the words.
    """
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    workflows = Prefetch("workflow_states", states, to_attr="_current_workflow_states")  # where Wagtail looks
    named = with_schedule(articles).select_related("section", "latest_revision")
    return named.defer("latest_revision__content").prefetch_related(workflows)

"""What is scheduled: the moment, and the version to be published then; and what else a list says of an article."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState

from broadsheet.articles.models import Article


def with_schedule(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with `scheduled_for` and `scheduled_revision_id`, in the same query."""
    approved = _approved().filter(object_id=Cast(OuterRef("pk"), CharField())).order_by("approved_go_live_at")
    scheduled: QuerySet[Article] = articles.annotate(
        scheduled_for=Subquery(approved.values("approved_go_live_at")[:1]),
        scheduled_revision_id=Subquery(approved.values("pk")[:1]),
    )
    return scheduled


def scheduled(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those articles of `with_schedule` that are scheduled. Nothing is asked of any other."""
    return articles.filter(pk__in=_numbers())


def by_schedule(articles: QuerySet[Article], *, latest_first: bool = False) -> QuerySet[Article]:
    """Articles of `with_schedule`: those that are scheduled by their moments, then the others, the newest first."""
    numbers = _numbers()
    if not numbers:
        return articles.order_by("-pk")
    moment = Case(When(pk__in=numbers, then=F("scheduled_for")))
    order = moment.desc(nulls_last=True) if latest_first else moment.asc(nulls_last=True)
    return articles.order_by(order, "-pk")


def for_lists(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what the newsroom's lists say of each article, in as many queries for fifty as for one.

    Of its newest revision they want the headline only, not the words.
    """
    states = WorkflowState.objects.active().select_related("current_task_state__task")
    workflows = Prefetch("workflow_states", states, to_attr="_current_workflow_states")  # where Wagtail looks
    named = with_schedule(articles).select_related("section", "latest_revision")
    return named.defer("latest_revision__content").prefetch_related(workflows)


def _approved() -> QuerySet[Revision]:
    kind = ContentType.objects.get_for_model(Article)
    approved: QuerySet[Revision] = Revision.objects.filter(
        base_content_type=kind, approved_go_live_at__isnull=False
    )
    return approved


def _numbers() -> list[int]:
    """Of the articles that are scheduled: few, however many there are."""
    return [int(pk) for pk in _approved().values_list("object_id", flat=True)]

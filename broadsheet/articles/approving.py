"""Approval: a writer submits, an editor approves or sends back with a comment. Wagtail's workflow, with one step."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from broadsheet.articles.models import Article
from broadsheet.masthead import roles

NAME = "Approval"


def found_workflow() -> None:
    """Let editors approve articles; a publication that has a workflow for them keeps it."""
    articles = ContentType.objects.get_for_model(Article)
    if WorkflowContentType.objects.filter(content_type=articles).exists():
        return
    workflow = Workflow.objects.create(name=NAME)
    task = GroupApprovalTask.objects.create(name=NAME)
    task.groups.add(Group.objects.get(name=roles.GROUP_OF[roles.EDITOR]))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=articles)

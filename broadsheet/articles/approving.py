"""Approval: a writer submits, an editor approves or sends back with a comment. Wagtail's workflow, with one step."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from broadsheet.articles.models import Article
from broadsheet.masthead import roles

NAME = "Approval"


def send_no_letters() -> None:
    """Wagtail would mail every editor inside the request and its transaction: the desk says what waits for them.

    https://docs.wagtail.org/en/stable/reference/signals.html
    """
    task_submitted.disconnect(
        sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    for signal, deed in (
        (workflow_submitted, "submitted"),
        (workflow_approved, "approved"),
        (workflow_rejected, "rejected"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{deed}_email_notification")


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

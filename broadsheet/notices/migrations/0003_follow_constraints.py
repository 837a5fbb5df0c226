"""Each kind of follow has its own foreign key and no other; apart from what moved the rows, which PostgreSQL asks."""

from django.db import migrations, models
from django.db.models import Q

TARGETS = ("thread", "reader", "byline", "section", "tag")


def only(*targets):
    return Q(**{f"{target}__isnull": target not in targets for target in TARGETS})


def once(name, *fields, kind=""):
    condition = {"condition": Q(kind=kind)} if kind else {}
    return migrations.AddConstraint(
        "follow", models.UniqueConstraint(fields=["follower", *fields], name=name, **condition)
    )


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_follow_more_than_comments")]

    operations = [
        migrations.AddConstraint(
            "follow",
            models.CheckConstraint(
                condition=(
                    (Q(kind="replies", comment__isnull=False) & only("thread"))
                    | (Q(kind="thread") & only("thread"))
                    | (Q(kind="answers", comment__isnull=True) & only("thread"))
                    | (Q(kind="mentions", comment__isnull=True) & only())
                    | (Q(kind="reader", comment__isnull=True) & only("reader"))
                    | (Q(kind="byline", comment__isnull=True) & only("byline"))
                    | (Q(kind="section", comment__isnull=True) & only("section"))
                    | (Q(kind="tag", comment__isnull=True) & only("tag"))
                ),
                name="follow_target",
            ),
        ),
        once("follow_replies_once", "comment", kind="replies"),
        once("follow_thread_once", "thread", kind="thread"),
        once("follow_answers_once", "thread", kind="answers"),
        once("follow_mentions_once", kind="mentions"),
        once("follow_reader_once", "reader"),
        once("follow_byline_once", "byline"),
        once("follow_section_once", "section"),
        once("follow_tag_once", "tag"),
        migrations.AddConstraint(
            "telling",
            models.CheckConstraint(
                condition=Q(comment__isnull=True, article__isnull=False)
                | Q(comment__isnull=False, article__isnull=True),
                name="telling_of_one",
            ),
        ),
    ]

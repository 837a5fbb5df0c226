"""More than comments can be followed: `extent` becomes `kind`, with a foreign key for each thing.

A discussion could be followed once for every comment it was asked for with; now once. What stands is kept before what
waits, and what waits before what ended.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_one_of_a_discussion(apps, schema_editor):
    Follow = apps.get_model("notices", "Follow")
    seen, doubled = set(), []
    rows = Follow.objects.filter(kind="thread").values_list("pk", "follower_id", "thread_id")
    rank = models.Case(
        models.When(ended_at__isnull=True, confirmed_at__isnull=False, then=0),
        models.When(ended_at__isnull=True, then=1),
        default=2,
    )
    for pk, follower, thread in rows.order_by("follower_id", "thread_id", rank, "-pk").iterator():
        if (follower, thread) in seen:
            doubled.append(pk)
        else:
            seen = {(follower, thread)}
    for start in range(0, len(doubled), 500):
        Follow.objects.filter(pk__in=doubled[start : start + 500]).delete()


def foreign(to, **more):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=to, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("articles", "0020_discussable"),
        ("masthead", "0008_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("follow", "follow_once"),
        migrations.RenameField("follow", "extent", "kind"),
        migrations.AlterField(
            "follow",
            "kind",
            models.CharField(
                choices=[
                    ("replies", "replies to the comment"),
                    ("answers", "replies to one's comments in the discussion"),
                    ("mentions", "being mentioned"),
                    ("thread", "the whole discussion"),
                    ("reader", "the comments of a reader"),
                    ("byline", "new articles of somebody's"),
                    ("section", "new articles of a section"),
                    ("tag", "new articles with a tag"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField("follow", "thread", foreign("discussion.thread", db_index=False)),
        migrations.AlterField("follow", "comment", foreign("discussion.comment")),
        migrations.AddField("follow", "reader", foreign(settings.AUTH_USER_MODEL)),
        migrations.AddField("follow", "byline", foreign("masthead.person")),
        migrations.AddField("follow", "section", foreign("articles.section")),
        migrations.AddField("follow", "tag", foreign("articles.tag")),
        migrations.AlterField(
            "telling",
            "comment",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="discussion.comment",
            ),
        ),
        migrations.AddField(
            "telling",
            "article",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.article",
            ),
        ),
        migrations.RunPython(keep_one_of_a_discussion, migrations.RunPython.noop),
    ]

from django.db import migrations

NOTE = """
UPDATE articles_article SET commented_at = (
    SELECT MAX(comment.posted_at)
    FROM discussion_comment comment JOIN discussion_thread thread ON thread.id = comment.thread_id
    WHERE thread.article_id = articles_article.id AND comment.state = 1
) WHERE comment_count > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_commented_at"),
        ("discussion", "0002_initial"),
    ]

    operations = [migrations.RunSQL(NOTE, migrations.RunSQL.noop)]

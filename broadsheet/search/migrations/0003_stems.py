"""The index of stems, which Django has no models for; each database keeps it in its own way."""

from django.db import migrations, models

BEFORE = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS {table}_insert",
        "DROP TRIGGER IF EXISTS {table}_delete",
        "DROP TRIGGER IF EXISTS {table}_update",
        "DROP TABLE IF EXISTS {table}_words",
    ],
    "postgresql": ["ALTER TABLE {table} DROP COLUMN IF EXISTS words"],
}
"""What kept words before stems did."""


def build(apps, schema_editor):
    from broadsheet.search.engines import engine

    vendor = schema_editor.connection.vendor
    for table in ("search_indexedarticle", "search_indexedcomment"):
        for statement in BEFORE[vendor]:
            schema_editor.execute(statement.format(table=table))
        schema_editor.execute(f"DELETE FROM {table}")  # noqa: S608 - one of the two above
    if vendor == "postgresql":
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS broadsheet_search")
        schema_editor.execute("DROP TEXT SEARCH DICTIONARY IF EXISTS broadsheet_search_stem")
    engine().build()
    due = apps.get_model("search", "Due")
    due.objects.bulk_create(
        [due(kind=kind, number=0) for kind in ("articles", "comments")], ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexedLanguage',
            fields=[
                ('tag', models.CharField(max_length=35, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Reindexing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('articles_after', models.BigIntegerField(default=0)),
                ('comments_after', models.BigIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(build, migrations.RunPython.noop, elidable=False),
    ]

"""The index of words, which Django has no models for; each database keeps it in its own way."""

from django.db import migrations


def build(apps, schema_editor):
    from broadsheet.masthead.speaking import publication_language
    from broadsheet.search.engines import engine

    engine().build(publication_language())
    due = apps.get_model("search", "Due")
    for kind in ("articles", "comments"):  # what is there already
        due.objects.create(kind=kind, number=0)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop, elidable=False)]

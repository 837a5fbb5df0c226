"""What is there already is to be indexed; the index itself is made in 0003."""

from django.db import migrations


def note(apps, schema_editor):
    due = apps.get_model("search", "Due")
    for kind in ("articles", "comments"):
        due.objects.create(kind=kind, number=0)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop, elidable=False)]

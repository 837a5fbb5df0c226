from django.db import migrations


def unlog(apps, schema_editor):
    """A limit that a crash forgets costs nothing, and an unlogged table costs no write-ahead log."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE limits_bucket SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [("limits", "0001_initial")]
    operations = [migrations.RunPython(unlog, migrations.RunPython.noop)]

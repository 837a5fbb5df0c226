from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("discussion", "0014_closures_of_threads"),
    ]

    operations = [
        migrations.AddField(
            model_name="reservedname",
            name="left_at",
            field=models.DateTimeField(null=True),
        ),
    ]

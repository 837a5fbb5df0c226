"""Apart from the migration before: a table whose rows have just changed cannot change itself in the same transaction."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0009_rules'),
    ]

    operations = [
        migrations.AlterField(
            model_name='pin',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='discussion.thread'),
        ),
    ]

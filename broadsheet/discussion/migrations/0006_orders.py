import django.db.models.deletion
from django.db import migrations, models

ALL = """
INSERT INTO discussion_staleorder (thread_id, due_at, marked)
SELECT id, 0, 0 FROM discussion_thread WHERE comment_count >= 50
"""


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0005_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaleOrder',
            fields=[
                ('thread', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='discussion.thread')),
                ('due_at', models.FloatField(db_index=True)),
                ('marked', models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='comment',
            name='best',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='thread',
            name='order_version',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('numbers', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='orders', to='discussion.thread')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('thread', 'version'), name='order_version')],
            },
        ),
        migrations.RunSQL(ALL, migrations.RunSQL.noop),
    ]

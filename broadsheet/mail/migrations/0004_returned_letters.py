from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0003_outages'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='taken_as',
            field=models.CharField(blank=True, db_default='', default='', max_length=255),
        ),
        migrations.AlterField(
            model_name='letter',
            name='state',
            field=models.CharField(choices=[('queued', 'waits'), ('sending', 'is being sent'), ('sent', 'sent'), ('returned', 'came back'), ('failed', 'failed'), ('unknown', 'fate unknown'), ('dropped', 'not needed')], default='queued', max_length=8),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('taken_as__gt', '')), fields=['taken_as'], name='letter_taken_as'),
        ),
    ]

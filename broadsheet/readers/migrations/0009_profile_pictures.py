import django.db.models.deletion
from django.db import migrations, models

import broadsheet.readers.models.profile_picture


class Migration(migrations.Migration):

    dependencies = [
        ('readers', '0008_profiles_departures_and_moves'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProfilePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default=broadsheet.readers.models.profile_picture.new_name, max_length=32, unique=True)),
                ('content', models.BinaryField()),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='readers.profile')),
            ],
        ),
    ]

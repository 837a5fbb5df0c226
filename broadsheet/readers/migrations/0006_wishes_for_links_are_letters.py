"""Whoever asked for a link just before the upgrade gets it: the wish moves to the outbox."""

from django.conf import settings
from django.db import migrations


def move(apps, schema_editor):
    digest, letters = settings.KEYRING.digest, []
    for request in apps.get_model("readers", "LinkRequest").objects.all():
        address = settings.KEYRING.unseal(request.address)
        letters.append(
            apps.get_model("mail", "Letter")(
                kind="sign-in",
                address_sealed=settings.KEYRING.seal(address),
                address_digest=digest("mail address", address.strip().casefold()),
                domain_digest=digest("mail domain", address.rpartition("@")[2].casefold()),
                facts={"code": request.code_id},
                urgent=True,
                written_at=request.asked_at,
                due_at=request.due_at,
            )
        )
    apps.get_model("mail", "Letter").objects.bulk_create(letters)


class Migration(migrations.Migration):

    dependencies = [
        ('readers', '0005_link_request_due_at'),
        ('mail', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name='LinkRequest'),
    ]

"""A name that somebody confirmed to be theirs: by an address, or by having an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.discussion.models.guest import Guest


class ReservedName(models.Model):
    skeleton = models.CharField(max_length=320, unique=True)
    """What the name looks like (see `kit/confusables.py`). In another case it may look otherwise: a row more."""
    name = models.CharField(max_length=80)
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, null=True, related_name="reserved_names")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="reserved_names"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)
    """When its reader took another name; None while they go by it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guest__isnull=False, reader__isnull=True)
                | Q(guest__isnull=True, reader__isnull=False),
                name="reserved_name_holder",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

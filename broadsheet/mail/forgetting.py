"""What the outbox forgets, and when: addresses first, then the rows themselves. The clock calls all."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from broadsheet.mail.models import Letter, Outage, Suppression

ADDRESSES_KEPT = timedelta(days=14)
"""Long enough to answer "why did I get no letter?"."""
LETTERS_KEPT = timedelta(days=60)
"""Longer than any cap looks back."""
BOUNCES_KEPT = timedelta(days=180)
"""A mailbox that did not exist may have been made since."""


def forget_addresses() -> int:
    ended = Letter.objects.filter(ended_at__lt=timezone.now() - ADDRESSES_KEPT, address_sealed__isnull=False)
    return int(ended.update(address_sealed=None))


def forget_letters() -> int:
    """Those that nothing was ever done about, for want of a mail server, too."""
    long_ago = timezone.now() - LETTERS_KEPT
    return int(
        Letter.objects.filter(Q(ended_at__lt=long_ago) | Q(written_at__lt=long_ago, ended_at=None)).delete()[
            0
        ]
    )


def forget_bounces() -> int:
    old = Suppression.objects.filter(
        cause=Suppression.Cause.BOUNCED, made_at__lt=timezone.now() - BOUNCES_KEPT
    )
    return int(old.delete()[0])


def forget_outages() -> int:
    """As long as letters that went another way because of them."""
    return int(Outage.objects.filter(ended_at__lt=timezone.now() - LETTERS_KEPT).delete()[0])

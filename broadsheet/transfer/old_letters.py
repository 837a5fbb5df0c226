"""Where a link in a letter of wpDiscuz leads: to the page of whoever it was sent to, where they end it or confirm."""

import secrets

from broadsheet.notices import keys
from broadsheet.transfer.models import ImportedSubscription
from broadsheet.transfer.subscriptions.importing import digest_of


def path_of(number: str, key: str) -> str:
    """Empty where no such letter was sent, or the key is not the one that stood in it."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19 and key):
        return ""
    digest = digest_of(key)
    found = ImportedSubscription.objects.filter(foreign_id=int(number)).select_related("follow__follower")
    for each in found:
        if secrets.compare_digest(each.key_digest, digest) and each.follow is not None:
            return keys.path_of(each.follow.follower)
    return ""

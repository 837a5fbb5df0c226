"""Which kinds of letter there are: one table."""

from functools import partial

from broadsheet.mail import sending
from broadsheet.readers import mailing

KINDS = {kind.name: kind for kind in (mailing.SIGN_IN,)}

send_due = partial(sending.send_due, KINDS)
"""The worker's round through the outbox."""

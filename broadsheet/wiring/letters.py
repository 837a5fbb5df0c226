"""Which kinds of letter there are: one table."""

from functools import partial

from broadsheet.mail import sending, testing
from broadsheet.notices import lettering
from broadsheet.readers import mailing, moving

KINDS = {
    kind.name: kind
    for kind in (
        testing.TEST,
        mailing.SIGN_IN,
        mailing.READER_SIGN_IN,
        moving.TO_NEW,
        moving.TO_OLD,
        lettering.CONFIRMATION,
        lettering.REPLIES,
        lettering.ARTICLES,
        lettering.HOURLY,
        lettering.DAILY,
        lettering.WEEKLY,
    )
}

send_due = partial(sending.send_due, KINDS)
"""The worker's round through the outbox."""

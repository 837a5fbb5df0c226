"""What is kept of those who follow something: rows of the table that readers are shown."""

from django.utils.translation import gettext_lazy

from broadsheet.mail import forgetting
from broadsheet.masthead.keeping import Kept
from broadsheet.notices import following, noticing

KEPT = [
    Kept(
        gettext_lazy("What you follow by mail, and the address, sealed"),
        gettext_lazy("to tell you of answers"),
        until=gettext_lazy("until you follow it no more, or withdraw the comment it was asked with"),
    ),
    Kept(
        gettext_lazy("Your notices: what happened that you asked to hear of, and whether you read it"),
        gettext_lazy("to be found at your account"),
        period=lambda: noticing.KEPT,
        job="forget old notices",
    ),
    Kept(
        gettext_lazy("An address that something was to be sent to, and whose owner never said yes, sealed"),
        gettext_lazy("to ask once whether it was you"),
        period=lambda: following.UNCONFIRMED_KEPT,
        job="forget addresses that follow nothing",
    ),
    Kept(
        gettext_lazy("What you followed before, and the address, sealed"),
        gettext_lazy("so that the links in earlier letters still lead you there"),
        period=lambda: following.ENDED_KEPT,
        job="forget addresses that follow nothing",
    ),
    Kept(
        gettext_lazy("An address that wants no letters any more: sealed for its page, and as a keyed digest"),
        gettext_lazy("so that it is not written to again"),
        until=gettext_lazy("until its owner takes that back"),
    ),
    Kept(
        gettext_lazy("An address whose mail server says that it does not exist, as a keyed digest"),
        gettext_lazy("so that it is not written to in vain"),
        period=lambda: forgetting.BOUNCES_KEPT,
        job="forget which mailboxes did not exist",
    ),
]

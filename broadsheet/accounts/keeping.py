"""What is kept of readers and guests, and for how long: one table, shown to readers as it is.

Each period is the very constant or option that the clock goes by, and each row names the clock's job that ends it.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy

from broadsheet.discussion import forgetting_networks, naming
from broadsheet.events import handing
from broadsheet.kit.pages import Page
from broadsheet.mail import forgetting
from broadsheet.masthead.keeping import Kept
from broadsheet.readers import mailing, moving


def _sessions() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


_WITHDRAWN = gettext_lazy("until its author withdraws it")
_ACCOUNT = gettext_lazy("until you change or delete it")

KEPT = [
    Kept(
        gettext_lazy("What you write in a discussion, and the name beside it"),
        gettext_lazy("to be read"),
        until=_WITHDRAWN,
    ),
    Kept(
        gettext_lazy("What a comment said before you changed it"),
        gettext_lazy("for moderators and for you"),
        until=_WITHDRAWN,
    ),
    Kept(
        gettext_lazy("An e-mail address given with a comment, sealed"),
        gettext_lazy("to know you again"),
        until=gettext_lazy("until no comment written with it is left, or you make them an account’s"),
    ),
    Kept(
        gettext_lazy("From which network a comment came, as a keyed digest and never as an address"),
        gettext_lazy("against floods and repetitions"),
        period=forgetting_networks.networks_kept,
        job="forget the networks of old comments",
    ),
    Kept(
        gettext_lazy("That you like a comment: by account, or as a guest by a keyed digest of your network"),
        gettext_lazy("so that each has one voice"),
        until=gettext_lazy("until you take it back, or the comment is gone"),
    ),
    Kept(
        gettext_lazy("Name, e-mail address and password of an account; the password as a digest alone"),
        gettext_lazy("to let you in"),
        until=_ACCOUNT,
    ),
    Kept(
        gettext_lazy("The name that an account, or a confirmed address, writes under"),
        gettext_lazy("so that readers are told where somebody else uses it"),
        until=gettext_lazy("until you take another name, or nothing is left of the account or address"),
    ),
    Kept(
        gettext_lazy("A few names that an account went by before, if comments stand under them"),
        gettext_lazy("so that nobody passes for you at once"),
        period=lambda: naming.LEFT_KEPT,
        job="free the names that readers left",
    ),
    Kept(
        gettext_lazy("How often something was tried from a network or with an account, by keyed digests"),
        gettext_lazy("against floods and guessing"),
        until=gettext_lazy("as long as the limit looks back, an hour at most"),
        job="forget empty limits",
    ),
    Kept(
        gettext_lazy("Codes and links to sign in, as digests"),
        gettext_lazy("to let you in"),
        period=lambda: mailing.LIFETIME,
        job="forget old codes",
    ),
    Kept(
        gettext_lazy("The address of an account before and after you changed it, sealed"),
        gettext_lazy("so that the old one can stop it"),
        period=lambda: moving.STOPPED_WITHIN,
        job="forget old changes of address",
    ),
    Kept(
        gettext_lazy(
            "Where you are signed in: the browser’s name for itself, and a network wide enough to hold many"
        ),
        gettext_lazy("so that you can sign out there"),
        period=_sessions,
        job="forget ended sessions",
    ),
    Kept(
        gettext_lazy("The address that a letter went to, sealed"),
        gettext_lazy("to answer why a letter did not come"),
        period=lambda: forgetting.ADDRESSES_KEPT,
        job="forget addresses of old letters",
    ),
    Kept(
        gettext_lazy("That a letter was sent, without its words"),
        gettext_lazy("so that nobody gets too many"),
        period=lambda: forgetting.LETTERS_KEPT,
        job="forget old letters",
    ),
    Kept(
        gettext_lazy("That something happened, such as that a comment was posted, by its number alone"),
        gettext_lazy("so that pages are printed anew"),
        period=lambda: handing.KEPT,
        job="forget facts that were handed over",
    ),
    Kept(
        gettext_lazy("Drafts, what you have read, whom you ignore or highlight, which comments are yours"),
        gettext_lazy("for your comfort"),
        until=gettext_lazy("in your browser alone; it is never sent"),
    ),
    Kept(
        gettext_lazy("Who reads what"),
        gettext_lazy("it is nobody’s business"),
        until=gettext_lazy("not kept at all"),
    ),
]


def page(*, also: Sequence[Kept] = ()) -> Page:
    """The table as readers see it; `also` is what other apps keep."""
    *rows, browsers, reading = KEPT
    return Page(
        "accounts/kept.html", {"kept": [*rows, *also, browsers, reading], "here": "/privacy-of-readers/"}
    )

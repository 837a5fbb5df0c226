"""What the clock does, and how often: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from broadsheet.accounts import leaving
from broadsheet.articles import arranging, publishing
from broadsheet.discussion import attaching, closing, forgetting_networks, linking, naming, polling, voicing
from broadsheet.events import handing
from broadsheet.limits import limiting
from broadsheet.mail import forgetting
from broadsheet.notices import following, noticing
from broadsheet.press import refresh
from broadsheet.readers import codes, moving, sessions, signing_in


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    do: Callable[[], object]


SCHEDULE = [
    Job("publish what is due", timedelta(0), publishing.publish_due),
    Job("let a lead go whose time is over", timedelta(0), arranging.let_lead_go),
    Job("close discussions whose time is over", timedelta(minutes=1), closing.close_due),
    Job("show the scores of comments that are old enough", timedelta(minutes=10), voicing.show_scores),
    Job("close the polls whose time is over", timedelta(0), polling.close_due),
    Job("let readers go who asked to", timedelta(0), leaving.carry_out),
    Job("forget the networks of old comments", timedelta(minutes=10), forgetting_networks.forget_networks),
    Job("delete pictures that no comment has", timedelta(0), attaching.delete_left),
    Job("forget empty limits", timedelta(hours=1), limiting.forget_empty),
    Job("forget pages that no comment links to", timedelta(days=1), linking.forget_unused),
    Job("forget facts that were handed over", timedelta(days=1), handing.forget_handed),
    Job("forget ended sessions", timedelta(days=1), sessions.forget_ended),
    Job("forget old sign-in links", timedelta(hours=1), signing_in.forget_old),
    Job("forget old codes", timedelta(hours=1), codes.forget_old),
    Job("forget old changes of address", timedelta(hours=1), moving.forget_old),
    Job("forget addresses of old letters", timedelta(days=1), forgetting.forget_addresses),
    Job("forget addresses that follow nothing", timedelta(days=1), following.forget_idle),
    Job("forget old notices", timedelta(days=1), noticing.forget_old),
    Job("forget which mailboxes did not exist", timedelta(days=1), forgetting.forget_bounces),
    Job("forget outages of mail servers", timedelta(days=1), forgetting.forget_outages),
    Job("free the names that readers left", timedelta(days=1), naming.free_left),
    Job("forget old letters", timedelta(days=1), forgetting.forget_letters),
    Job("move the day on that security.txt expires", timedelta(days=1), refresh.mark_dated),
    Job("let old news leave the news sitemap", timedelta(hours=1), refresh.mark_news),
]

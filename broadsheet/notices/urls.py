"""Where one asks to be told, a follower's own page, and a reader's notices."""

from django.urls import path

from broadsheet.notices.views import asking, follows, notices

_DEEDS = {
    "confirmation": follows.confirmation,
    "mode": follows.mode,
    "preferences": follows.preferences,
    "ends": follows.ends,
    "proofs": follows.proofs,
    "leave": follows.leave,
    "return": follows.come_back,
}

urlpatterns = [
    path("receipts/<str:token>/follows/", asking.ask, name="receipt_follows"),
    path("follows/new/<path:place>", asking.follow, name="follow"),
    path("follows/<str:token>/", follows.follows, name="follows"),
    *(path(f"follows/<str:token>/{name}/", deed, name=f"follow_{name}") for name, deed in _DEEDS.items()),
    path("notices/", notices.notices, name="notices"),
    path("notices/reads/", notices.reads, name="notice_reads"),
    path("notices/feed/", notices.feed_address, name="notice_feed_address"),
    path("notices/feeds/<str:token>/feed.atom", notices.feed, name="notice_feed"),
    path("notices/follows/", follows.follows, name="own_follows"),
    *(path(f"notices/follows/{name}/", deed, name=f"own_follow_{name}") for name, deed in _DEEDS.items()),
]

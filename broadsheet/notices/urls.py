"""Where one asks to be told, and a follower's own page."""

from django.urls import path

from broadsheet.notices.views import asking, follows

urlpatterns = [
    path("receipts/<str:token>/follows/", asking.ask, name="receipt_follows"),
    path("follows/new/<path:place>", asking.follow, name="follow"),
    path("follows/<str:token>/", follows.follows, name="follows"),
    path("follows/<str:token>/confirmation/", follows.confirmation, name="follow_confirmation"),
    path("follows/<str:token>/mode/", follows.mode, name="follow_mode"),
    path("follows/<str:token>/ends/", follows.ends, name="follow_ends"),
    path("follows/<str:token>/proofs/", follows.proofs, name="follow_proofs"),
    path("follows/<str:token>/leave/", follows.leave, name="follow_leave"),
    path("follows/<str:token>/return/", follows.come_back, name="follow_return"),
]

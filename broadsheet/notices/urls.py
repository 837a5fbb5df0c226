"""Where one asks to be told, and a follower's own page."""

from django.urls import path

from broadsheet.notices import views

urlpatterns = [
    path("receipts/<str:token>/follows/", views.ask, name="receipt_follows"),
    path("follows/<str:token>/", views.follows, name="follows"),
    path("follows/<str:token>/confirmation/", views.confirmation, name="follow_confirmation"),
    path("follows/<str:token>/mode/", views.mode, name="follow_mode"),
    path("follows/<str:token>/ends/", views.ends, name="follow_ends"),
    path("follows/<str:token>/proofs/", views.proofs, name="follow_proofs"),
    path("follows/<str:token>/leave/", views.leave, name="follow_leave"),
    path("follows/<str:token>/return/", views.come_back, name="follow_return"),
]

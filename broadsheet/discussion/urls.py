"""Addresses of the discussion that are answered by the application, not by prints."""

from django.urls import path, re_path

from broadsheet.articles.reserved import ARTICLE
from broadsheet.discussion.views import comments, pictures, polls, receipts, transcripts, voices

_ARTICLE = "^" + ARTICLE.removeprefix("/")
_PICTURE = r"(?P<key>[\w-]{22})-(?P<width>480|1280)\.webp$"

urlpatterns = [
    re_path(_ARTICLE + r"comments/$", comments.comments, name="comments"),
    re_path(_ARTICLE + r"comments\.json$", comments.comments_json, name="comments_json"),
    path("comments/counts.json", comments.counts_json, name="counts_json"),
    re_path(_ARTICLE + r"c/(?P<seq>[1-9][0-9]{0,8})/voice/$", voices.voice, name="voice"),
    re_path(_ARTICLE + r"polls/(?P<number>[1-9][0-9]{0,6})/voices/$", polls.voices, name="poll_voices"),
    re_path(
        _ARTICLE
        + r"(?:c/(?P<seq>[1-9][0-9]{0,8})/)?transcript(?:-(?P<after>[1-9][0-9]{0,8}))?\.(?P<kind>html|md|json)$",
        transcripts.transcript,
        name="transcript",
    ),
    re_path(r"^receipts/pictures/" + _PICTURE, pictures.waiting, name="waiting_picture"),
    re_path(r"^receipts/(?P<token>[^/]+)/pictures/" + _PICTURE, pictures.own, name="receipt_picture"),
    path("receipts/<str:token>/", receipts.receipt, name="receipt"),
    path("receipts/<str:token>/revisions/", receipts.revisions, name="receipt_revisions"),
    path("receipts/<str:token>/withdrawal/", receipts.withdrawal, name="receipt_withdrawal"),
    path("receipts/<str:token>/claim/", receipts.claim, name="receipt_claim"),
    path("receipts/<str:token>/appeals/", receipts.appeals, name="receipt_appeals"),
    path("receipts/<str:token>/waiting.json", receipts.waiting, name="receipt_waiting"),
    path("receipts/<str:token>/data.json", receipts.data, name="receipt_data"),
]

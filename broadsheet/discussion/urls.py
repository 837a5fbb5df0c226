"""Addresses of the discussion that are answered by the application, not by prints."""

from django.urls import path, re_path

from broadsheet.articles.reserved import ARTICLE
from broadsheet.discussion import views

_ARTICLE = "^" + ARTICLE.removeprefix("/")

urlpatterns = [
    re_path(_ARTICLE + r"comments/$", views.comments, name="comments"),
    re_path(_ARTICLE + r"comments\.json$", views.comments_json, name="comments_json"),
    path("receipts/<str:token>/", views.receipt, name="receipt"),
]

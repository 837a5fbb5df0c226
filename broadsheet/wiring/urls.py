"""Every address of the application. Public pages come last: whatever nothing else answers is one, or is not found."""

from django.urls import include, path
from wagtail.admin import urls as newsroom_urls

urlpatterns = [
    path("", include("broadsheet.readers.urls")),
    path("newsroom/", include(newsroom_urls)),
]

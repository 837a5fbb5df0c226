"""Wagtail's app of accounts with our screens in it (`newsroom.py`)."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "broadsheet.readers.newsroom.ReaderViewSet"

from django.apps import AppConfig


class MastheadConfig(AppConfig):
    name = "broadsheet.masthead"
    label = "masthead"

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "broadsheet.limits"
    label = "limits"

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "broadsheet.transfer"
    label = "transfer"

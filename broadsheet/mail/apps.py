from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "broadsheet.mail"
    label = "mail"

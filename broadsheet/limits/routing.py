"""Buckets stand in the `limits` database where there is one, and nothing else does."""

from typing import Any

from django.conf import settings


class LimitsRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return settings.LIMITS_DATABASE if model._meta.app_label == "limits" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if app_label == "limits":
            return db == settings.LIMITS_DATABASE
        return False if db == "limits" else None

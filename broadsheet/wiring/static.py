"""Static files under names that carry their content's hash, so that they can be kept for ever."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class StaticStorage(ManifestStaticFilesStorage):
    """A file that was not collected gives its plain name: a page is never lost over a stylesheet."""

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name

"""Static files under names that carry their content's hash, so that they can be kept for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class StaticStorage(ManifestStaticFilesStorage):
    """A missing entry gives the plain name: a page is never lost over a stylesheet."""

    manifest_strict = False

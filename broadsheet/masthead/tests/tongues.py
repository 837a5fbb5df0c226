"""A publication in another language, for one test."""


def speak(settings, tag):
    """As if `language` of the options were `tag` and had a catalog."""
    settings.OPTIONS = {**settings.OPTIONS, "language": tag}
    settings.LANGUAGE_CODE = tag.lower()

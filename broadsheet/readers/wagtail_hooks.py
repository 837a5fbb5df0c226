"""A new account gets its first sign-in link on the screen of whoever made it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from wagtail import hooks

from broadsheet.readers import signing_in
from broadsheet.readers.models import Reader


@hooks.register("after_create_user")
def show_link(request: HttpRequest, reader: Reader) -> None:
    link = f"{settings.URL}{signing_in.path_of(signing_in.make_link(reader))}"
    messages.info(request, f"Send {reader} this link; it signs them in once, within a day: {link}")

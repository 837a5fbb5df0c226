"""Accounts in the newsroom: whoever makes one is shown its sign-in link; one that goes is closed, not deleted."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks

from broadsheet.readers import signing_in
from broadsheet.readers.models import Reader


@hooks.register("after_create_user")
def show_link(request: HttpRequest, reader: Reader) -> None:
    link = f"{settings.URL}{signing_in.path_of(signing_in.make_link(reader))}"
    messages.info(request, f"Send {reader} this link; it signs them in once, within a day: {link}")


@hooks.register("before_delete_user")
def close_instead(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What somebody wrote and decided stays, and so does who it was."""
    messages.error(request, f"Accounts are not deleted. Take away “Active” to close that of {reader}.")
    return redirect("wagtailusers_users:edit", reader.pk)


@hooks.register("before_bulk_action")
def close_many_instead(request: HttpRequest, action: str, things: Any, view: Any) -> HttpResponse | None:
    if action != "delete" or view.model is not Reader:
        return None
    messages.error(request, "Accounts are not deleted. Set them inactive to close them.")
    return redirect("wagtailusers_users:index")

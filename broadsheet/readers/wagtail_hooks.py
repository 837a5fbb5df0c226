"""Accounts in the newsroom: whoever makes one is shown its sign-in link; one that goes is closed, not deleted.

And whoever lacks a second factor is told on the first page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.ui.components import Component

from broadsheet.readers import factors, second_factor, signing_in
from broadsheet.readers.models import Reader


class SecondFactorPanel(Component):
    name = "second-factor"
    order = 1
    template_name = "readers/security/desk_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"since": second_factor.needed_from(), "needed": second_factor.is_needed()}


@hooks.register("construct_homepage_panels")
def ask_for_second_factor(request: HttpRequest, panels: list[Any]) -> None:
    if second_factor.needed_from() is not None and not factors.has_second(request.user):
        panels.append(SecondFactorPanel())


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

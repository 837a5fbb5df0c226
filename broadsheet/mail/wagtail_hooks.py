"""The delivery log in the newsroom's menu."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.mail import newsroom


@hooks.register("register_admin_urls")
def letter_urls() -> list[URLPattern]:
    return [
        path("letters/", newsroom.letters, name="newsroom_letters"),
        path("letters/test/", newsroom.test, name="newsroom_letters_test"),
    ]


class LettersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(newsroom.PERMISSION))


@hooks.register("register_settings_menu_item")
def letters_menu_item() -> LettersMenuItem:
    return LettersMenuItem(
        "Letters", reverse("newsroom_letters"), name="letters", icon_name="mail", order=900
    )

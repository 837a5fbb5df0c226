"""Pictures of comments, and the places for them in a form."""

from typing import Any

from django import template
from django.urls import reverse

from broadsheet.articles.models import Article
from broadsheet.discussion import attaching, pictured
from broadsheet.discussion.models import Comment
from broadsheet.discussion.slots import LONGEST_ALT, Slots

register = template.Library()


@register.inclusion_tag("discussion/pictures.html")
def pictures(comment: Comment, article: Article) -> dict[str, Any]:
    """As everybody sees them."""
    return pictures_at(comment.pictures, pictured.beneath(article, comment.seq))


@register.inclusion_tag("discussion/pictures.html")
def pictures_at(shown: list[dict[str, Any]] | None, at: str) -> dict[str, Any]:
    """As somebody sees them who may see more than everybody: beneath an address of their own."""
    return {"pictures": [pictured.shown(each, at) for each in shown or ()]}


@register.inclusion_tag("discussion/pictures.html")
def pictures_in_newsroom(shown: list[dict[str, Any]] | None) -> dict[str, Any]:
    return pictures_at(shown, reverse("newsroom_comments") + "pictures/")


@register.inclusion_tag("discussion/pictures.html")
def pictures_in_form(slots: Slots | None) -> dict[str, Any]:
    """How the comment would look."""
    given = slots.slots if slots else ()
    return {"pictures": [pictured.shown(each, slot.at) for slot in given for each in slot.shown]}


@register.simple_tag
def pictures_taken() -> bool:
    """Whether the form takes pictures."""
    return attaching.is_on()


@register.inclusion_tag("discussion/slots.html")
def picture_slots(slots: Slots | None) -> dict[str, Any]:
    given = slots or Slots({})
    return {
        "filled": given.filled,
        "most": attaching.MOST,
        "megabytes": attaching.largest() // 1024**2,
        "longest": LONGEST_ALT,
        "slots": [
            {"slot": slot, "small": [pictured.shown(each, slot.at) for each in slot.shown]}
            for slot in given.slots
        ],
    }

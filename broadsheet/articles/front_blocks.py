"""The parts that a front page is arranged of. What is made of them is `pages/front.py`'s affair."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from broadsheet.articles.blocks import TextBlock
from broadsheet.kit.addresses import link_address

BOX_FEATURES = ["bold", "italic", "link", "ol", "ul"]
MOST_SECTIONS = 12
"""In one strip: what a front page asks of the database has a bound, however it is arranged."""


def section_choices() -> list[tuple[str, str]]:
    """(number, name) of every section, by name."""
    sections = apps.get_model("articles", "Section").objects.order_by("name")
    return [(str(pk), name) for pk, name in sections.values_list("pk", "name")]


def check_leads_somewhere(address: str) -> None:
    if not address.startswith(("/", "https://", "http://")) or link_address(address) is None:
        raise ValidationError(
            f"“{address}” leads nowhere. An address begins with / (on this site) or https://."
        )


class LeadBlock(blocks.StructBlock):
    article = SnippetChooserBlock(
        "articles.Article",
        required=False,
        help_text="Where empty: the newest, with a picture if one has any.",
    )
    until = blocks.DateTimeBlock(
        required=False, help_text="The newest leads again from then on. Where empty: until you take it away."
    )

    class Meta:
        icon = "title"


class RiverBlock(blocks.StructBlock):
    number = blocks.IntegerBlock(min_value=1, max_value=30, default=9, label="How many articles")

    class Meta:
        icon = "list-ul"


class StripBlock(blocks.StructBlock):
    sections = blocks.MultipleChoiceBlock(
        choices=section_choices,
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=f"At most {MOST_SECTIONS}. Where none is ticked: those of the menu.",
    )
    number = blocks.IntegerBlock(min_value=1, max_value=6, default=4, label="How many articles of each")

    class Meta:
        icon = "grip"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if len(cleaned["sections"] or []) > MOST_SECTIONS:
            refusal = ValidationError(f"Tick at most {MOST_SECTIONS} sections; more go into another strip.")
            raise blocks.StructBlockValidationError({"sections": refusal})
        return cleaned


class BoxBlock(blocks.StructBlock):
    """Words of the publication's own: a plea, a notice."""

    heading = blocks.CharBlock(max_length=120)
    text = TextBlock(features=BOX_FEATURES, required=False)
    link_name = blocks.CharBlock(required=False, max_length=80, label="Words of the link beneath")
    link = blocks.CharBlock(
        required=False, max_length=500, label="Its address", validators=[check_leads_somewhere]
    )

    class Meta:
        icon = "info-circle"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["link"]) != bool(cleaned["link_name"]):
            refusal = ValidationError("A link has both words and an address. Fill in both, or neither.")
            raise blocks.StructBlockValidationError({"link_name" if cleaned["link"] else "link": refusal})
        return cleaned


class FrontBlock(blocks.StreamBlock):
    lead = LeadBlock(label="Lead story")
    river = RiverBlock(label="What is new")
    strip = StripBlock(label="Sections")
    box = BoxBlock(label="Box with words of your own")

    class Meta:
        block_counts = {
            "lead": {"max_num": 1},
            "river": {"max_num": 1},
            "strip": {"max_num": 4},
            "box": {"max_num": 3},
        }

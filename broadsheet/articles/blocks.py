"""The blocks an article's body is made of. What they look like in public is `body.py`'s affair."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as GridBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from broadsheet.kit.sanitising import clean_article
from broadsheet.kit.tidying import tidy

INLINE_FEATURES = ["bold", "italic", "link", "footnote"]
LIST_FEATURES = [*INLINE_FEATURES, "passage", "ol", "ul"]
PARAGRAPH_FEATURES = [
    "h2",
    "h3",
    "h4",
    *LIST_FEATURES,
    "code",
    "superscript",
    "subscript",
    "strikethrough",
]

_NO_DESCRIPTION = (
    "Say in a few words what this picture shows, for those who cannot see it, or mark it as decoration below."
)


class TextBlock(blocks.RichTextBlock):
    """Rich text, stored as if it had been typed by somebody tidy, wherever it was pasted from."""

    @cached_property
    def field(self) -> Any:
        """With a name for screen readers, which Wagtail does not give to what it makes of the field."""
        field = super().field
        field.widget.options["ariaLabel"] = str(self.label) or "Text"
        return field

    def value_from_form(self, value: str) -> RichText:
        return RichText(tidy(value))


class HtmlBlock(blocks.RawHTMLBlock):
    """HTML by hand, sanitised as it is stored. Who may write it: `raw_html.py`."""

    def value_from_form(self, value: str) -> Any:
        return super().value_from_form(clean_article(value))


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    alt = blocks.CharBlock(required=False, label="Description for those who cannot see it", max_length=500)
    decorative = blocks.BooleanBlock(
        required=False, label="Decoration: it tells nothing that the text does not"
    )
    caption = blocks.CharBlock(required=False, max_length=500)
    credit = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"

    def clean(self, value: Any) -> Any:
        """A draft may wait for its description; what is published has one."""
        cleaned = super().clean(value)
        if not (self.is_deferred_validation or cleaned.get("alt", "").strip() or cleaned.get("decorative")):
            raise blocks.StructBlockValidationError({"alt": ValidationError(_NO_DESCRIPTION)})
        return cleaned


class Width(models.TextChoices):
    NORMAL = "normal", "As wide as the text"
    WIDE = "wide", "Wider than the text, where the screen allows it"


class WidePictureBlock(ImageBlock):
    width = blocks.ChoiceBlock(choices=Width.choices, default=Width.NORMAL)


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(ImageBlock())
    caption = blocks.CharBlock(required=False, max_length=500)

    class Meta:
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    """Somebody else's words."""

    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False, max_length=200, label="Who said it")
    source = blocks.URLBlock(required=False, max_length=500, label="Address where it can be read in full")

    class Meta:
        icon = "openquote"


class PullQuoteBlock(blocks.StructBlock):
    """The article's own words, set large."""

    text = blocks.TextBlock(rows=2)
    attribution = blocks.CharBlock(required=False, max_length=200, label="Who said it")

    class Meta:
        icon = "title"


class TableBlock(GridBlock):
    """A grid of plain text; a spreadsheet can be pasted into it. An empty row and column wait at its end."""

    def __init__(self, **kwargs: Any) -> None:
        grid = {"minSpareRows": 1, "minSpareCols": 1, "language": "en-US"}
        super().__init__(table_options=grid, **kwargs)

    class Meta:
        icon = "table"
        default = {"data": [[None] * 3] * 3, "table_header_choice": "row", "first_row_is_table_header": True}


class CalloutBlock(blocks.StructBlock):
    """Words beside the story: what to know first, how to get in touch, what happened since."""

    heading = blocks.CharBlock(required=False, max_length=120)
    text = TextBlock(features=LIST_FEATURES)

    class Meta:
        icon = "info-circle"


class CodeBlock(blocks.StructBlock):
    text = blocks.TextBlock()
    language = blocks.CharBlock(required=False, max_length=40)

    class Meta:
        icon = "code"


class AddressBlock(blocks.URLBlock):
    """An address of something elsewhere; whoever shows it is found again when more is known of it."""

    def extract_references(self, value: str) -> Iterator[tuple[type[models.Model], str, str, str]]:
        embed = apps.get_model("articles", "Embed")
        for pk in embed.objects.filter(url=value).values_list("pk", flat=True):
            yield embed, str(pk), "", ""


class EmbedBlock(blocks.StructBlock):
    """Something that stands elsewhere. It is shown as a link: nothing third-party loads by itself."""

    url = AddressBlock(
        label="Address",
        max_length=500,
        help_text="Of a film, a recording or a post. Its title is asked for after you have saved.",
    )
    title = blocks.CharBlock(
        required=False, max_length=300, help_text="Only if it should not be the one it has there."
    )

    class Meta:
        icon = "link-external"


class RelatedBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=120, help_text="Where empty: “Read on”.")
    articles = blocks.ListBlock(SnippetChooserBlock("articles.Article"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"


class MomentBlock(blocks.DateTimeBlock):
    """Stored as text, so that a body is plain data wherever it is read."""

    def get_prep_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


class Shown(models.TextChoices):
    ALWAYS = "always", "Always"
    CLOSED = "closed", "Once the poll is closed"


class PollPlace(models.TextChoices):
    BODY = "body", "Here in the text"
    DISCUSSION = "discussion", "Above the discussion"
    BOTH = "both", "In both places"


class PollBlock(blocks.StructBlock):
    """A question with choices. Each reader, and each network of guests, has one voice."""

    question = blocks.CharBlock(max_length=300)
    choices = blocks.ListBlock(blocks.CharBlock(max_length=200, label="Choice"), min_num=2, max_num=20)
    several = blocks.BooleanBlock(required=False, label="Several may be chosen")
    shown = blocks.ChoiceBlock(
        choices=Shown.choices, default=Shown.ALWAYS, label="When readers see the results"
    )
    closes_at = MomentBlock(
        required=False, label="Closes at", help_text="By itself, at this moment. Where empty: never."
    )
    place = blocks.ChoiceBlock(choices=PollPlace.choices, default=PollPlace.BODY, label="Where it stands")

    class Meta:
        icon = "tasks"


class BodyBlock(blocks.StreamBlock):
    paragraph = TextBlock(features=PARAGRAPH_FEATURES, group="Text")
    list = TextBlock(features=LIST_FEATURES, default="<ul><li></li></ul>", icon="list-ul", group="Text")
    quote = QuoteBlock(group="Text")
    pull_quote = PullQuoteBlock(group="Text")
    callout = CalloutBlock(group="Text")
    code = CodeBlock(group="Text")
    separator = blocks.StaticBlock(admin_text="A line between two parts.", icon="minus", group="Text")
    image = WidePictureBlock(group="Pictures and tables")
    gallery = GalleryBlock(group="Pictures and tables")
    table = TableBlock(group="Pictures and tables")
    related = RelatedBlock(label="Related articles", group="Elsewhere")
    poll = PollBlock(group="Readers")
    embed = EmbedBlock(group="Elsewhere")
    html = HtmlBlock(label="HTML (sanitised)", group="Elsewhere")

"""The blocks an article's body is made of. What they look like in public is `body.py`'s affair."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PARAGRAPH_FEATURES = [
    "h2",
    "h3",
    "h4",
    "bold",
    "italic",
    "link",
    "ol",
    "ul",
    "code",
    "superscript",
    "subscript",
    "strikethrough",
]


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    alt = blocks.CharBlock(required=False, label="Description for those who cannot see it", max_length=500)
    caption = blocks.CharBlock(required=False, max_length=500)
    credit = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(ImageBlock())
    caption = blocks.CharBlock(required=False, max_length=500)

    class Meta:
        icon = "image"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False, max_length=200)
    pull = blocks.BooleanBlock(required=False, label="Pull quote: the article's own words, set large")

    class Meta:
        icon = "openquote"


class CodeBlock(blocks.StructBlock):
    text = blocks.TextBlock()
    language = blocks.CharBlock(required=False, max_length=40)

    class Meta:
        icon = "code"


class EmbedBlock(blocks.StructBlock):
    """Something that stands elsewhere. It is shown as a link: nothing third-party loads by itself."""

    url = blocks.URLBlock(label="Address")
    title = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "link-external"


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(features=PARAGRAPH_FEATURES)
    image = ImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    code = CodeBlock()
    embed = EmbedBlock()
    html = blocks.RawHTMLBlock(label="HTML (sanitised)")
    separator = blocks.StaticBlock(admin_text="A line between two parts.", icon="horizontalrule")

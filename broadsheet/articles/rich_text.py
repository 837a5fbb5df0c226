"""What the newsroom's text editor can do beyond Wagtail: footnotes, links to articles, pasting that keeps structure."""

from typing import Any

from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

_MARK = (
    "M192 128h640v512H448L320 768V640H192zm64 64v384h128v80l80-80h304V192zm64 96h384v64H320z"
    "m0 128h256v64H320zM192 832h640v64H192z"
)


class _Footnote(InlineEntityElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"text": attrs.get("text") or ""}


class _Passage(InlineEntityElementHandler):
    mutability = "MUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"key": attrs.get("key") or "", "question": attrs.get("question") or ""}


def register(features: Any) -> None:
    _register_footnotes(features)
    _register_passages(features)
    _register_links(features)


def _register_links(features: Any) -> None:
    """Wagtail's feature `link` as it is, but that its window shows what this publication has: see `newsroom_links`."""
    windows = {"external": "externalLink", "email": "emailLink", "phone": "phoneLink", "anchor": "anchorLink"}
    others = {
        f"{name}Chooser": reverse_lazy(f"wagtailadmin_choose_page_{kind}_link")
        for kind, name in windows.items()
    }
    link = {
        "type": "LINK",
        "icon": "link",
        "description": "Link",
        "attributes": ["url", "id", "parentId"],
        "allowlist": {"href": "^(http:|https:|mailto:|#|undefined$)"},
        "chooserUrls": {"pageChooser": reverse_lazy("newsroom_links"), **others},
    }
    features.register_editor_plugin(
        "draftail", "link", EntityFeature(link, js=["wagtailadmin/js/page-chooser-modal.js"])
    )


def _register_footnotes(features: Any) -> None:
    """The feature `footnote`, stored as `<footnote text="Markdown">*</footnote>` (see `footnotes`)."""
    editor = {"type": "FOOTNOTE", "icon": [_MARK], "description": "Footnote", "attributes": ["text"]}
    features.register_editor_plugin(
        "draftail",
        "footnote",
        EntityFeature(
            editor,
            js=["articles/newsroom/footnote.js", "articles/newsroom/paste.js"],
            css={"all": ["articles/newsroom/editor.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "footnote",
        {
            "from_database_format": {"footnote": _Footnote("FOOTNOTE")},
            "to_database_format": {"entity_decorators": {"FOOTNOTE": _stored}},
        },
    )


def _stored(props: dict[str, Any]) -> Any:
    return DOM.create_element("footnote", {"text": props.get("text") or ""}, props["children"])


def _register_passages(features: Any) -> None:
    """The feature `passage`, stored as `<passage key="…" question="…">words</passage>` (see `asked`)."""
    editor = {
        "type": "PASSAGE",
        "icon": "comment-add",
        "description": "Ask readers about these words",
        "attributes": ["key", "question"],
    }
    features.register_editor_plugin(
        "draftail",
        "passage",
        EntityFeature(
            editor, js=["articles/newsroom/passage.js"], css={"all": ["articles/newsroom/editor.css"]}
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "passage",
        {
            "from_database_format": {"passage": _Passage("PASSAGE")},
            "to_database_format": {"entity_decorators": {"PASSAGE": _stored_passage}},
        },
    )


def _stored_passage(props: dict[str, Any]) -> Any:
    said = {name: props.get(name) or "" for name in ("key", "question")}
    return DOM.create_element("passage", said, props["children"])

"""The fields of one element, by name, as the record they stand for."""

from broadsheet.transfer.wordpress import moments
from broadsheet.transfer.wordpress.comments import whole
from broadsheet.transfer.wordpress.records import Author, Category, Comments, Post, Site, Tag, Term, TermName

Fields = dict[str, str]


def site(fields: Fields, version: str) -> Site:
    return Site(
        title=_line(fields, "title"),
        link=_line(fields, "link"),
        description=_line(fields, "description"),
        language=_line(fields, "language"),
        base_site_url=_line(fields, "wp:base_site_url"),
        base_blog_url=_line(fields, "wp:base_blog_url") or _line(fields, "link"),
        wxr_version=version,
    )


def author(fields: Fields) -> Author | None:
    login = _line(fields, "wp:author_login")
    if not login:
        return None
    return Author(
        login=login,
        id=whole(fields.get("wp:author_id")),
        email=_line(fields, "wp:author_email"),
        display_name=_line(fields, "wp:author_display_name"),
        first_name=_line(fields, "wp:author_first_name"),
        last_name=_line(fields, "wp:author_last_name"),
    )


def category(fields: Fields) -> Category | None:
    nicename = _line(fields, "wp:category_nicename")
    name = _line(fields, "wp:cat_name")
    if not nicename and not name:
        return None
    return Category(
        nicename=nicename,
        name=name or nicename,
        parent=_line(fields, "wp:category_parent"),
        description=_line(fields, "wp:category_description"),
        id=whole(fields.get("wp:term_id")),
    )


def tag(fields: Fields) -> Tag | None:
    nicename = _line(fields, "wp:tag_slug")
    name = _line(fields, "wp:tag_name")
    if not nicename and not name:
        return None
    return Tag(
        nicename=nicename,
        name=name or nicename,
        description=_line(fields, "wp:tag_description"),
        id=whole(fields.get("wp:term_id")),
    )


def term(fields: Fields) -> Term | None:
    nicename = _line(fields, "wp:term_slug")
    if not nicename:
        return None
    return Term(
        taxonomy=_line(fields, "wp:term_taxonomy"),
        nicename=nicename,
        name=_line(fields, "wp:term_name") or nicename,
        parent=_line(fields, "wp:term_parent"),
        description=_line(fields, "wp:term_description"),
        id=whole(fields.get("wp:term_id")),
    )


def post(fields: Fields, terms: list[TermName], meta: dict[str, list[str]], comments: Comments) -> Post:
    """An item, missing fields and all: what has no type is a post, as WordPress itself takes it."""
    made = Post(
        id=whole(fields.get("wp:post_id")),
        type=_line(fields, "wp:post_type") or "post",
        status=_line(fields, "wp:status"),
        title=_line(fields, "title"),
        link=_line(fields, "link"),
        guid=_line(fields, "guid"),
        creator=_line(fields, "dc:creator"),
        name=_line(fields, "wp:post_name"),
        content=fields.get("content:encoded", ""),
        excerpt=fields.get("excerpt:encoded", ""),
        date=moments.local(_line(fields, "wp:post_date")),
        date_gmt=moments.utc(_line(fields, "wp:post_date_gmt")),
        modified_gmt=moments.utc(_line(fields, "wp:post_modified_gmt")),
        published=moments.from_feed(_line(fields, "pubDate")),
        comment_status=_line(fields, "wp:comment_status"),
        ping_status=_line(fields, "wp:ping_status"),
        parent=whole(fields.get("wp:post_parent")),
        menu_order=whole(fields.get("wp:menu_order")),
        password=fields.get("wp:post_password", ""),
        sticky=_line(fields, "wp:is_sticky") == "1",
        attachment_url=_line(fields, "wp:attachment_url"),
        terms=_named_once(terms),
        meta=meta,
        comments=comments,
    )
    comments.settle(made.moment)
    return made


def _named_once(terms: list[TermName]) -> tuple[TermName, ...]:
    """WXR 1.0 names each term twice, the second time without saying of what kind it is."""
    full = {term.name for term in terms if term.nicename}
    kept = [term for term in terms if term.nicename or term.name not in full]
    return tuple(dict.fromkeys(kept))


def _line(fields: Fields, name: str) -> str:
    return fields.get(name, "").strip()

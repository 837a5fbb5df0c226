"""Writes WordPress exports for tests and benchmarks: every oddity of the format on demand, in our own words.

text = export(items=[post(1, comments=[comment(1), comment(2, parent=1)])])
write_large(path, articles=500, comments=40)       # streamed, deterministic
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

START = datetime(2019, 3, 4, 7, 30)  # noqa: DTZ001 - as exports write moments
ZERO = "0000-00-00 00:00:00"
_WORDS = (  # noqa: SIM905
    "harbour ferry tide quay council lighthouse market bread morning wind rope letter bridge school budget winter "
    "gull boat timber clock street orchard kettle lantern meeting vote repair paint north evening bell"
).split()


def cdata(text: str) -> str:
    """As WordPress does it since 1.1: a closing mark inside of the text is split over two sections."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def plain(text: str) -> str:
    """As plugins and old releases do it: escaped, without CDATA."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def export(
    items: Iterable[str] = (),
    *,
    version: str = "1.2",
    head: Iterable[str] = (),
    title: str = "The Harbour Lamp",
    url: str = "https://lamp.example",
    prefix: str = "wp",
) -> str:
    """A whole export. `head` takes authors and terms."""
    return (
        "".join(_pieces(items, version, head, title, url))
        .replace("wp:", f"{prefix}:")
        .replace("xmlns:wp", f"xmlns:{prefix}")
    )


def _pieces(items: Iterable[str], version: str, head: Iterable[str], title: str, url: str) -> Iterator[str]:
    space = f"http://wordpress.org/export/{version}/"
    yield (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n<rss version="2.0"\n'
        f'\txmlns:excerpt="{space}excerpt/"\n\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        f'\txmlns:wp="{space}"\n>\n<channel>\n\t<title>{plain(title)}</title>\n\t<link>{url}</link>\n'
        f"\t<description>News from the quay</description>\n\t<language>en-GB</language>\n"
        f"\t<wp:wxr_version>{version}</wp:wxr_version>\n\t<wp:base_site_url>{url}</wp:base_site_url>\n"
        f"\t<wp:base_blog_url>{url}</wp:base_blog_url>\n"
    )
    yield from head
    yield from items
    yield "</channel>\n</rss>\n"


def _fields(fields: Mapping[str, object], wrap: object = cdata) -> str:
    """Numbers bare, text in CDATA; what is None is left out altogether."""
    quote = cdata if wrap is cdata else plain
    return "".join(
        f"\t\t<{name}>{value if isinstance(value, int) else quote(str(value))}</{name}>\n"
        for name, value in fields.items()
        if value is not None
    )


def author(login: str, ident: int = 1, *, name: str = "", email: str = "") -> str:
    fields = {
        "wp:author_id": ident,
        "wp:author_login": login,
        "wp:author_email": email or f"{login}@lamp.example",
        "wp:author_display_name": name or login.title(),
        "wp:author_first_name": "",
        "wp:author_last_name": "",
    }
    return f"<wp:author>{_fields(fields)}</wp:author>\n"


def category(nicename: str, name: str = "", *, parent: str = "", ident: int = 1) -> str:
    fields = {
        "wp:term_id": ident,
        "wp:category_nicename": nicename,
        "wp:category_parent": parent,
        "wp:cat_name": name or nicename.title(),
        "wp:category_description": f"All about the {nicename}",
    }
    return f"<wp:category>{_fields(fields)}</wp:category>\n"


def tag(nicename: str, name: str = "", *, ident: int = 1) -> str:
    fields = {"wp:term_id": ident, "wp:tag_slug": nicename, "wp:tag_name": name or nicename.title()}
    return f"<wp:tag>{_fields(fields)}</wp:tag>\n"


def term(taxonomy: str, nicename: str, *, ident: int = 1) -> str:
    fields = {
        "wp:term_id": ident,
        "wp:term_taxonomy": taxonomy,
        "wp:term_slug": nicename,
        "wp:term_parent": "",
        "wp:term_name": nicename.title(),
    }
    return f"<wp:term>{_fields(fields)}</wp:term>\n"


def post(
    ident: int,
    *,
    kind: str = "post",
    title: str = "",
    content: str = "",
    excerpt: str = "",
    status: str = "publish",
    creator: str = "carol",
    when: datetime | str | None = None,
    terms: Iterable[tuple[str, str]] = (("category", "harbour"),),
    meta: Iterable[tuple[str, str]] = (),
    comments: Iterable[str] = (),
    drop: Iterable[str] = (),
    wrap: object = cdata,
    **more: object,
) -> str:
    """An item. `more` sets further `wp:` fields (`post_parent=3`), `drop` leaves fields out."""
    moment = when if when is not None else START + timedelta(hours=ident)
    name = str(more.get("post_name", f"{kind}-{ident}"))
    fields: dict[str, object] = {
        "title": title or f"The {kind} of number {ident}",
        "link": f"https://lamp.example/{str(moment)[:10].replace('-', '/')}/{name}/",
        "dc:creator": creator,
        "guid": f"https://lamp.example/?p={ident}",
        "content:encoded": content or f"A short report from the quay, number {ident}.",
        "excerpt:encoded": excerpt,
        "wp:post_id": ident,
        "wp:post_date": str(moment),
        "wp:post_date_gmt": str(moment),
        "wp:comment_status": "open",
        "wp:ping_status": "closed",
        "wp:post_name": name,
        "wp:status": status,
        "wp:post_parent": 0,
        "wp:menu_order": 0,
        "wp:post_type": kind,
        "wp:post_password": "",
        "wp:is_sticky": 0,
    }
    fields |= {f"wp:{key}": value for key, value in more.items()}
    kept = {key: value for key, value in fields.items() if key.removeprefix("wp:") not in set(drop)}
    named = "".join(
        f'\t\t<category domain="{domain}" nicename="{nicename}">{cdata(nicename.title())}</category>\n'
        for domain, nicename in terms
    )
    return f"<item>\n{_fields(kept, wrap)}{named}{_meta('wp:postmeta', meta)}{''.join(comments)}</item>\n"


def page(ident: int, **more: object) -> str:
    return post(ident, kind="page", terms=(), **more)  # type: ignore[arg-type]


def attachment(
    ident: int, file: str = "", *, alt: str = "", caption: str = "", comment: int = 0, parent: int = 0
) -> str:
    """An uploaded file; with `comment`, one that wpDiscuz took from a commenter."""
    path = file or f"2019/03/quay-{ident}.jpg"
    meta = [("_wp_attached_file", path), ("_wp_attachment_image_alt", alt)]
    if comment:
        meta += [
            ("_wmu_comment_id", str(comment)),
            ("_wmu_owner_ip", "192.0.2.7"),
            ("_wmu_imported_from", ""),
        ]
    return post(
        ident,
        kind="attachment",
        status="inherit",
        excerpt=caption,
        terms=(),
        meta=meta,
        post_parent=parent,
        attachment_url=f"https://lamp.example/wp-content/uploads/{path}",
    )


def wpdiscuz_form(ident: int) -> str:
    meta = [("wpdiscuz_form_structure", "a:0:{}"), ("wpdiscuz_form_fields", "a:0:{}")]
    return post(ident, kind="wpdiscuz_form", title="Default form", terms=(), meta=meta)


def comment(
    ident: int,
    *,
    parent: int = 0,
    text: str = "",
    name: str = "alice",
    approved: str | None = "1",
    kind: str | None = "comment",
    when: datetime | str | None = None,
    gmt: datetime | str | None = None,
    user: int = 0,
    meta: Iterable[tuple[str, str]] = (),
    drop: Iterable[str] = (),
    wrap: object = cdata,
) -> str:
    """A `wp:comment`; `meta` may repeat keys."""
    moment = when if when is not None else START + timedelta(minutes=ident)
    fields: dict[str, object] = {
        "wp:comment_id": ident,
        "wp:comment_author": name,
        "wp:comment_author_email": f"{name}@reader.example",
        "wp:comment_author_url": "",
        "wp:comment_author_IP": "192.0.2.44",
        "wp:comment_date": str(moment),
        "wp:comment_date_gmt": str(gmt if gmt is not None else moment),
        "wp:comment_content": text or f"Comment {ident} from the quay.",
        "wp:comment_approved": approved,
        "wp:comment_type": kind,
        "wp:comment_parent": parent,
        "wp:comment_user_id": user,
    }
    kept = {key: value for key, value in fields.items() if key.removeprefix("wp:comment_") not in set(drop)}
    return f"<wp:comment>\n{_fields(kept, wrap)}{_meta('wp:commentmeta', meta)}</wp:comment>\n"


def _meta(element: str, pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f"<{element}><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></{element}>\n"
        for key, value in pairs
    )


def votes(likes: int, dislikes: int) -> list[tuple[str, str]]:
    counted = f'a:2:{{s:4:"like";i:{likes};s:7:"dislike";i:{dislikes};}}'
    return [("wpdiscuz_votes", str(likes - dislikes)), ("wpdiscuz_votes_seperate", counted)]


def uploads(*images: int) -> tuple[str, str]:
    ids = "".join(f"i:{place};i:{ident};" for place, ident in enumerate(images))
    value = f'a:3:{{s:6:"images";a:{len(images)}:{{{ids}}}s:6:"videos";a:0:{{}}s:5:"files";a:0:{{}}}}'
    return "wmu_attachments", value


def comments_of_every_kind() -> list[str]:
    """Every state and type of a comment, the first with every key of wpDiscuz."""
    full = [
        *votes(3, 1),
        ("wpdiscuz_closed", "1"),
        ("wpdiscuz_feedback_form_id", "9"),
        ("wpdiscuz_last_edited_at", "2019-03-05 09:00:00"),
        ("wpdiscuz_last_edited_by", "carol@lamp.example"),
        uploads(52),
        ("wpdiscuz_child_ids", "102"),
        ("rating", "4"),
        ("custom_field_1", 'a:2:{i:0;s:4:"rope";i:1;s:4:"sail";}'),
        ("custom_field_2", "starboard"),
    ]
    return [
        comment(101, kind="wpdiscuz_sticky", meta=full),
        comment(102, parent=101, meta=[("wpdiscuz_closed", "1")]),
        comment(103, approved="0", kind=""),
        comment(104, approved="trash"),
        comment(105, approved="post-trashed"),
        comment(106, kind="private", text="Only for the editor."),
        comment(107, parent=106, kind="private", text="The editor answers."),
        comment(108, kind="pingback"),
        comment(109, kind="trackback", approved="0"),
        comment(110, kind="order_note", text="Parcel sent."),
        comment(111, kind="review", meta=[("rating", "5")]),
        comment(112, parent=999, text="My parent was spam."),
        comment(113, gmt=ZERO),
        comment(114, when=ZERO, gmt=ZERO),
        comment(115, kind="gossip", text="Of a type that nobody knows."),
        comment(116, text='[spoiler title="The end"]It floats.[/spoiler]'),
        comment(117, text="https://pictures.example/gull.jpg"),
        comment(118, text="\x07Bell\x0b and \x1bescape, and ]]> a closing mark."),
        comment(119, text="First line\nsecond line\n\nNew paragraph"),
        comment(120, text="<p>Quill <em>writes</em> this.</p>", user=2),
    ]


def everything() -> str:
    """One export with every key and every state that the importer is told of, each at least once."""
    post_meta = [
        ("_thumbnail_id", "50"),
        ("_wp_old_slug", "an-older-name"),
        ("_wpdiscuz_statistics", "a:0:{}"),
        ("wpdiscuz_rating_count", "2"),
        ("wpdiscuz_post_rating", "4.5"),
        ("wpdiscuz_post_rating_count", "2"),
        ("wpdiscuz_post_rating_custom_field_1", "4"),
        ("wpdiscuz_post_rating_count_custom_field_1", "1"),
        ("_stcr@_bob@reader.example", "2019-03-06 10:00:00|Y"),
    ]
    question = '[wpdiscuz-feedback id="q1w2" question="Is it so?" opened="1"]The bell rang twice.[/wpdiscuz-feedback]'
    backwards = [comment(203, parent=202), comment(202, parent=201), comment(201)]
    items = [
        post(
            10,
            content=f"Via the Harbour Wire\n\n{question}",
            meta=post_meta,
            comments=comments_of_every_kind(),
        ),
        post(11, comments=backwards),
        post(12, status="draft", when=ZERO),
        post(13, status="future"),
        post(14, status="private"),
        post(15, status="trash"),
        page(20, post_parent=21),
        page(21),
        attachment(50, alt="A gull on a post", caption="The gull of the quay", parent=10),
        attachment(52, comment=101, parent=10),
        post(60, kind="nav_menu_item", terms=()),
        wpdiscuz_form(70),
        post(80, kind="recipe", terms=(("cuisine", "fish"),)),
    ]
    head = [
        author("carol", 1, name="Carol Wharf"),
        author("bob", 2),
        category("harbour"),
        category("ferries", parent="harbour", ident=2),
        tag("tides", ident=3),
        term("nav_menu", "main", ident=4),
    ]
    return export(items, head=head)


def write_large(
    path: Path, *, articles: int = 500, comments: int = 40, seed: int = 1, meta: bool = True
) -> int:
    """Articles with so many comments each, some before their parents. Gives the number of comments written."""
    random = Random(seed)
    ids = iter(range(1000, 1000 + articles * comments))
    with path.open("w", encoding="utf-8") as file:
        items = (_large_item(number, comments, ids, random, meta) for number in range(1, articles + 1))
        file.writelines(
            _pieces(items, "1.2", [author("carol"), category("harbour")], "Large", "https://large.example")
        )
    return articles * comments


def _large_item(number: int, comments: int, ids: Iterator[int], random: Random, meta: bool) -> str:
    content = "\n\n".join(f"<strong>{words(random, 3)}</strong> {words(random, 80)}" for _ in range(6))
    mine = [next(ids) for _ in range(comments)]
    written = [
        comment(
            ident,
            parent=random.choice(mine[:place]) if place and random.random() < 0.6 else 0,
            text=_large_text(random),
            name=random.choice(("alice", "bob", "mallory", "dora", "edgar")),
            meta=votes(random.randrange(9), random.randrange(4)) if meta and random.random() < 0.3 else (),
        )
        for place, ident in enumerate(mine)
    ]
    if number % 10 == 0:
        written.reverse()
    return post(number, title=words(random, 6).capitalize(), content=content, comments=written)


def _large_text(random: Random) -> str:
    text = words(random, random.randrange(8, 70))
    kind = random.random()
    if kind < 0.3:
        return f"<p>{text} <em>{words(random, 2)}</em></p><p>{words(random, 12)}</p>"
    return f"{text}\n\n{words(random, 10)}" if kind < 0.6 else text


def words(random: Random, count: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(count))

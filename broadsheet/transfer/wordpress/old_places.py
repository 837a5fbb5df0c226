"""The addresses that something had on the old site, as paths from the root: what has to lead on for ever."""

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from broadsheet.kit.slugs import percent_decoded, slug_of
from broadsheet.transfer.wordpress.records import Post
from broadsheet.transfer.wordpress.survey import Survey

LONGEST = 700  # characters of an old address


def of_post(post: Post, survey: Survey) -> Iterator[str]:
    """Every address of a post, a page or an attachment; readable letters instead of percent signs."""
    yield f"/?p={post.id}"
    path = path_of(post.link)
    if path:
        yield path
        for name in post.old_names:
            if renamed := _renamed(path, post.name, name):
                yield renamed
    number = _query_number(post.guid)
    if number and number not in survey.ids:
        yield f"/?p={number}"


def of_category(nicename: str, survey: Survey) -> Iterator[str]:
    """`/category/x/`, and below its parents' names where it has any."""
    base = base_path(survey)
    yield f"{base}/category/{percent_decoded(nicename)}/"
    names = chain(nicename, {name: category.parent for name, category in survey.categories.items()})
    if len(names) > 1:
        yield f"{base}/category/{'/'.join(map(percent_decoded, names))}/"


def of_author(login: str, survey: Survey) -> str:
    """WordPress makes the address from the login as it makes slugs."""
    return f"{base_path(survey)}/author/{slug_of(login)}/"


def of_tag(nicename: str, survey: Survey) -> str:
    return f"{base_path(survey)}/tag/{percent_decoded(nicename)}/"


def base_path(survey: Survey) -> str:
    """The path below which the old site stood; empty for most."""
    return path_of(survey.site.base_blog_url).rstrip("/")


def path_of(url: str) -> str:
    """The decoded path of a permalink with its slash; empty for the root and for addresses with a query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = f"/{unquote(parts.path).lstrip('/')}"  # a path with two slashes would name a host
    if parts.query or path == "/" or "\x00" in path:
        return ""
    path = path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
    return path if len(path) <= LONGEST else ""


def page_path(post: Post, survey: Survey) -> str:
    """Where a page stands: its permalink, else below its parents. It may be one of ours (`articles.reserved`)."""
    path = path_of(post.link)
    if not path.endswith("/"):
        parents = {str(ident): str(parent) for ident, (parent, _) in survey.pages.items()}
        ids = chain(str(post.id), parents)
        names = [survey.pages[int(ident)][1] for ident in ids]
        path = f"/{'/'.join(percent_decoded(name) for name in names if name)}/"
    return path if path != "//" else f"/{slug_of(post.title)}/"


def chain(name: str, parents: dict[str, str]) -> list[str]:
    """From the topmost parent down to `name`; a ring ends where it closes, and so does a parent that is absent."""
    names = [name]
    while (above := parents.get(names[-1], "")) and above in parents and above not in names:
        names.append(above)
    return names[::-1]


def _renamed(path: str, name: str, old_name: str) -> str:
    last = percent_decoded(name)
    if not last or not path.endswith(f"/{last}/"):
        return ""
    return f"{path[: -len(last) - 1]}{percent_decoded(old_name)}/"


def _query_number(url: str) -> int:
    try:
        found = parse_qs(urlsplit(url).query).get("p", ["0"])[0]
    except ValueError:
        return 0
    return int(found) if found.isdecimal() and len(found) < 16 else 0

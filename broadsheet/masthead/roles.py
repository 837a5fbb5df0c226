"""What each role of the newsroom may do: one table, from which come the groups' rights, the addresses that answer
(`wiring/guarding.py`) and docs/reference/roles.md.

A publisher is a superuser and may do everything; the other roles are groups.
"""

from dataclasses import dataclass

PUBLISHER, EDITOR, AUTHOR, CONTRIBUTOR, MODERATOR = (
    "publisher",
    "editor",
    "author",
    "contributor",
    "moderator",
)
ROLES = (PUBLISHER, EDITOR, AUTHOR, CONTRIBUTOR, MODERATOR)
GROUP_OF = {EDITOR: "Editors", AUTHOR: "Authors", CONTRIBUTOR: "Contributors", MODERATOR: "Moderators"}

WRITERS = (EDITOR, AUTHOR, CONTRIBUTOR)
STAFF = (*WRITERS, MODERATOR)


@dataclass(frozen=True)
class Right:
    """Something one may do. Publishers may do everything, so no line names them."""

    sentence: str
    permissions: tuple[str, ...]
    """Django's names for it, as Wagtail and the deeds ask for them."""
    roles: tuple[str, ...] = ()

    def held_by(self, role: str) -> bool:
        return role == PUBLISHER or role in self.roles


def _all(app: str, noun: str, *deeds: str) -> tuple[str, ...]:
    return tuple(f"{app}.{deed}_{noun}" for deed in deeds)


RIGHTS = {
    "enter": Right("Enter the newsroom, look after one's own account", ("wagtailadmin.access_admin",), STAFF),
    "write": Right(
        "Write drafts; change, compare, restore and delete one's own before they are published; submit them for "
        "approval; leave notes beside them",
        ("articles.add_article", "articles.add_tag", "wagtailimages.choose_image"),
        WRITERS,
    ),
    "revise": Right(
        "Draft changes of one's own articles after they are published",
        ("articles.revise_article",),
        (EDITOR, AUTHOR),
    ),
    "add pictures": Right("Add pictures, change one's own", ("wagtailimages.add_image",), (EDITOR, AUTHOR)),
    "edit": Right(
        "Change everybody's articles; approve, send back, lock and unlock them",
        _all("articles", "article", "change", "delete", "lock", "unlock"),
        (EDITOR,),
    ),
    "publish": Right(
        "Publish, schedule, unschedule and unpublish (an author whose account says so: one's own)",
        ("articles.publish_article",),
        (EDITOR,),
    ),
    "write HTML": Right("Write HTML by hand, always sanitised", ("articles.write_html",)),
    "change pictures": Right(
        "Change and delete everybody's pictures", ("wagtailimages.change_image",), (EDITOR,)
    ),
    "file": Right(
        "Look after sections, the rules of their discussions, tags, people and standing pages",
        (
            *_all("articles", "section", "add", "change", "delete"),
            *_all("articles", "tag", "add", "change", "delete"),
            *_all("masthead", "person", "add", "change", "delete"),
            *_all("articles", "standingpage", "add", "change", "delete", "publish", "lock", "unlock"),
        ),
        (EDITOR,),
    ),
    "arrange": Right("Arrange the front page", ("articles.change_arrangement",), (EDITOR,)),
    "review": Right(
        "Read what was done by whom, and what waits for whom", ("articles.review_article",), (EDITOR,)
    ),
    "moderate": Right(
        "Decide about comments: publish, hold, remove, restore, pin, pick, close one conversation; set the rules "
        "of an article's discussion, close it and open it again (whoever may change an article may that too)",
        ("discussion.change_comment",),
        (EDITOR, MODERATOR),
    ),
    "ask": Right(
        "Ask readers something under an article, open question time and name its experts",
        ("discussion.add_prompt",),
        (EDITOR,),
    ),
    "found": Right(
        "Change the publication's own settings and the rules of its discussions, see what became of letters",
        ("masthead.change_publication",),
    ),
    "staff": Right("Look after accounts and their roles", ("readers.change_reader",)),
}
"""The key is what `wiring/guarding.py` calls it."""


def permissions_of(role: str) -> set[str]:
    """Django's names for all that a role may do."""
    return {label for right in RIGHTS.values() if role in right.roles for label in right.permissions}


def as_table() -> list[str]:
    """The table as Markdown, for the docs."""
    head = f"| May … | {' | '.join(ROLES)} |"
    lines = [
        f"| {right.sentence} | {' | '.join('yes' if right.held_by(role) else '' for role in ROLES)} |"
        for right in RIGHTS.values()
    ]
    return [head, f"|---|{'---|' * len(ROLES)}", *lines]

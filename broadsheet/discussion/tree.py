"""The comments of one page as a tree: a pure object, made in one pass, with no database inside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from broadsheet.discussion.models import Closure, Comment, Passage


@dataclass(frozen=True)
class Linked:
    """A page elsewhere that a comment leads to."""

    url: str
    title: str
    host: str
    """Of the address itself: what the page calls its site, anybody could."""


@dataclass
class Node:
    comment: Comment
    parent: "Node | None" = None
    replies: list["Node"] = field(default_factory=list)
    reason: str = ""
    """Why it was removed, where it was."""
    removed: bool = False
    """A moderator took it away, even if its author withdrew it afterwards."""
    pinned: bool = False
    picked: bool = False
    """The editors recommend it."""
    above: bool = False
    """The page is about something beneath it, or about its replies alone."""
    aside: bool = False
    """Only shown because it stands beside what the page is about."""
    closure: Closure | None = None
    """The record that its conversation takes no more replies."""
    passage: Passage | None = None
    """What of the article a root is about, where it is about a passage."""
    expert: bool = False
    """Its author answers in question time."""
    asks: bool = False
    """It is a question of question time; `answer` is the number of the comment that answers it."""
    answer: int | None = None
    linked: list[Linked] = field(default_factory=list)
    beneath: int = 0
    """Comments that are shown beneath it, at any depth."""

    @property
    def hidden(self) -> bool:
        """Only its place is shown, since others answered it."""
        return not self.comment.visible

    @property
    def parent_seq(self) -> int | None:
        """The number of what it answers, whether that stands on this page or not."""
        above = self.comment.parent if self.parent is None else self.parent.comment
        return None if above is None else above.seq

    @property
    def more(self) -> int:
        """How many of its direct replies are not on this page; at least 1 where a removed one has visible answers."""
        shown = sum(1 for reply in self.replies if not reply.hidden)
        beneath = sum(reply.comment.descendant_count for reply in self.replies)
        elsewhere = self.comment.descendant_count - shown - beneath
        return max(0, self.comment.reply_count - shown, min(elsewhere, 1))

    @property
    def leads_on(self) -> int:
        """How many more replies it offers the way to."""
        return 0 if self.above or self.aside else self.more

    @property
    def folds(self) -> bool:
        """Its branch can be folded away: a talk of two is folded where it begins."""
        return bool(self.replies) and not self.above and not self.straight

    @property
    def count(self) -> int:
        """How many comments stand beneath it, on this page or elsewhere."""
        return max(self.comment.descendant_count, self.beneath)

    @property
    def straight(self) -> bool:
        """Its one reply continues a talk of two, so that it is not indented further."""
        if self.parent is None or len(self.replies) != 1 or self.more:
            return False
        return same_author(self.replies[0].comment, self.parent.comment)


def same_author(one: Comment, other: Comment) -> bool:
    """The same account, or the same guest by address, or (no better being known) by name."""
    if one.reader_id or other.reader_id:
        return one.reader_id == other.reader_id
    if one.guest_id or other.guest_id:
        return one.guest_id == other.guest_id
    return one.author_name == other.author_name


def grow(
    comments: Iterable[Comment],
    reasons: Mapping[int, str],
    pinned: Iterable[int] = (),
    picked: Iterable[int] = (),
) -> list[Node]:
    """Join comments into trees, siblings in the order they became visible.

    `reasons` are the reasons of removals by comment id, `pinned` and `picked` the ids of those that are. A hidden
    comment that nobody answered on this page is left out, and its marks are hidden with it.
    """
    pins, picks = set(pinned), set(picked)
    nodes = {
        comment.pk: Node(
            comment,
            reason=reasons.get(comment.pk, ""),
            removed=comment.state == Comment.State.REMOVED or comment.pk in reasons,
            pinned=comment.visible and comment.pk in pins,
            picked=comment.visible and comment.pk in picks,
        )
        for comment in comments
    }
    roots: list[Node] = []
    for node in nodes.values():
        node.parent = nodes.get(node.comment.parent_id or 0)
        (roots if node.parent is None else node.parent.replies).append(node)
    for node in nodes.values():
        node.replies.sort(key=_place)
    return _without_empty(sorted(roots, key=_place), nodes)


def _place(node: Node) -> tuple[int, int]:
    """Hidden ones that never were visible have no `sib`; they go where they were written."""
    return (node.comment.sib or node.comment.seq, node.comment.seq)


def _without_empty(roots: list[Node], nodes: Mapping[int, Node]) -> list[Node]:
    """Cut hidden comments with nothing visible beneath, and count what is. Latest first: a dead branch goes whole."""
    for node in sorted(nodes.values(), key=lambda each: -each.comment.seq):
        node.replies = [reply for reply in node.replies if not _empty(reply)]
        node.beneath = sum(reply.beneath + (not reply.hidden) for reply in node.replies)
    return [root for root in roots if not _empty(root)]


def _empty(node: Node) -> bool:
    return node.hidden and not node.replies and not node.comment.descendant_count


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, parents before their replies."""
    return (node for enters, node in walk(nodes) if enters)


def walk(nodes: Iterable[Node]) -> Iterator[tuple[bool, Node]]:
    """Every node twice, as elements are nested: entered (True), and left after all its replies (False).

    No recursion: people answer each other deeper than Python's stack is.
    """
    waiting = [(True, node) for node in nodes][::-1]
    while waiting:
        enters, node = waiting.pop()
        yield enters, node
        if enters:
            waiting.append((False, node))
            waiting.extend((True, reply) for reply in reversed(node.replies))

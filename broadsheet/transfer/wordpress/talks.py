"""One post's discussion as it will stand: what is here already, what is new, and where the new ones go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment, Pingback, Thread
from broadsheet.transfer.wordpress import comments as formats
from broadsheet.transfer.wordpress.placing import Counters, Place, place
from broadsheet.transfer.wordpress.records import Comment as Record
from broadsheet.transfer.wordpress.records import CommentState, Post
from broadsheet.transfer.wordpress.report import Report

State = Comment.State
IN_MEMORY = 2000
"""Comments of one post that are kept between the two looks at them; more are read from disk twice."""

_STATES = {
    CommentState.PUBLISHED: State.PUBLISHED,
    CommentState.HELD: State.HELD,
    CommentState.TRASHED: State.REMOVED,
    CommentState.PRIVATE: State.PRIVATE,
    CommentState.NEVER: State.PRIVATE,
}
_REPORTED = {
    State.PUBLISHED: "published",
    State.HELD: "held",
    State.REMOVED: "trashed",
    State.PRIVATE: "private",
}
_PLACED = ("parent", "state", "seq", "depth", "path", "anchor", "rev")
_COUNTED = ("sib", "last_sib", "reply_count", "descendant_count")


@dataclass
class Talk:
    post: Post
    thread: Thread
    records: Iterable[Record]
    counters: Counters = field(default_factory=Counters)
    known: list[Place] = field(default_factory=list)
    fresh: dict[int, Place] = field(default_factory=dict)
    linkbacks: set[str] = field(default_factory=set)
    """Anchors of the pingbacks that are here."""
    fresh_linkbacks: int = 0

    @property
    def is_new(self) -> bool:
        return self.thread.pk is None

    @property
    def has_news(self) -> bool:
        return bool(self.fresh or self.fresh_linkbacks)

    @property
    def article(self) -> Article:
        return self.thread.article

    def mine(self, record: Record) -> Place | None:
        """The place of a comment that is to be written."""
        return self.fresh.get(record.id)


def state_of(record: Record) -> State | None:
    """What becomes of a comment; None for a pingback. A type that nobody knows never becomes public."""
    state = record.state
    if state is CommentState.PINGBACK:
        return None
    return _STATES[state] if record.type in formats.KNOWN_TYPES else State.PRIVATE


def talk_about(post: Post, article: Article, thread: Thread | None, report: Report) -> Talk:
    """Look through a post's comments and place those that are new. The numbers of rows are given later."""
    comments = post.comments
    records = comments if len(comments) > IN_MEMORY else list(comments)
    talk = Talk(post, thread or Thread(article=article), records)
    places = _known(talk) if thread else {}
    links = _look_through(talk, places, report)
    if talk.fresh:
        _hang(talk, places, links)
    _tell_oddities(talk, places, links, report)
    return talk


def _known(talk: Talk) -> dict[int, Place]:
    """The comments of this post that are here by their old numbers; the rest of the thread only when it matters."""
    thread = talk.thread
    anchors = Comment.objects.filter(thread=thread).exclude(anchor=None).values_list("anchor", flat=True)
    talk.linkbacks = set(Pingback.objects.filter(thread=thread).values_list("anchor", flat=True))
    known = {number for anchor in anchors if (number := _foreign_id(anchor))}
    if all(record.id in known for record in talk.records if state_of(record) is not None):
        return {number: Place(number, 0, None, visible=False, fresh=False) for number in known}
    return _loaded(talk)


def _loaded(talk: Talk) -> dict[int, Place]:
    thread = talk.thread
    talk.counters = Counters(thread.last_seq, thread.last_rev, thread.root_count, thread.comment_count)
    by_pk: dict[int, Place] = {}
    rows = Comment.objects.filter(thread=thread).only(*_PLACED, *_COUNTED)
    for comment in rows.order_by("seq").iterator():
        by_pk[comment.pk] = Place(
            foreign_id=_foreign_id(comment.anchor),
            pk=comment.pk,
            parent=by_pk.get(comment.parent_id or 0),
            visible=comment.visible,
            seq=comment.seq,
            depth=comment.depth,
            path=bytes(comment.path),
            rev=comment.rev,
            fresh=False,
            **{name: getattr(comment, name) for name in _COUNTED},
        )
    talk.known = list(by_pk.values())
    return {each.foreign_id: each for each in talk.known if each.foreign_id}


def _foreign_id(anchor: str | None) -> int:
    """Its old number; 0 for what was written here or comes from elsewhere."""
    return formats.whole((anchor or "").removeprefix("comment-"))


def _look_through(talk: Talk, places: dict[int, Place], report: Report) -> dict[int, int]:
    """Count every comment by its state and note the new ones; of each new one its parent's old number."""
    links: dict[int, int] = {}
    for record in talk.records:
        state = state_of(record)
        report.comments["pingbacks" if state is None else _REPORTED[state]] += 1
        if state is None:
            talk.fresh_linkbacks += record.anchor not in talk.linkbacks
        elif record.id not in places:
            talk.fresh[record.id] = Place(record.id, 0, None, visible=state == State.PUBLISHED)
            links[record.id] = record.parent
    return links


def _hang(talk: Talk, places: dict[int, Place], links: dict[int, int]) -> None:
    """A parent that is missing, or that comes only later (a ring), makes a root of its reply."""
    met = dict(places)
    for number, each in talk.fresh.items():
        each.parent = met.get(links[number])
        met[number] = each
    place(talk.counters, talk.known, talk.fresh.values())


def _tell_oddities(talk: Talk, places: dict[int, Place], links: dict[int, int], report: Report) -> None:
    post = talk.post
    orphans = {each.id: each.parent for each in post.comments.orphans}
    orphans |= {
        number: parent
        for number, parent in links.items()
        if parent and parent not in talk.fresh and parent not in places
    }
    report.orphans += [
        {"comment": number, "parent": parent, "post": post.id} for number, parent in sorted(orphans.items())
    ]
    if repeated := post.comments.repeated:
        report.problems.append(
            f"{repeated} comments of post {post.id} come twice or without a number; the first of each was taken."
        )

"""What a page says of its comments beyond themselves: the passage they are about, whether they ask, answer or wait, and
whether their conversation is closed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from broadsheet.discussion import answering, conversations
from broadsheet.discussion.models import Passage, Question, QuestionTime
from broadsheet.discussion.tree import Node, flat


def dress(nodes: Sequence[Node], question_time: QuestionTime | None, about: Passage | None = None) -> None:
    """Write it into the nodes; `about` is the passage that the whole page is about. A query for each at most."""
    shown = [node for node in flat(nodes) if not node.hidden]
    _with_passages(shown, about)
    if question_time is not None:
        _with_answers(shown, question_time)


def mark_closed(nodes: Sequence[Node], closed: Mapping[int, tuple[int, str]]) -> None:
    """Write into every node of a closed conversation why it is; `closed` are their roots: `seq` and author, by key."""
    if not closed:
        return
    by_root: dict[int, list[Node]] = defaultdict(list)
    for node in flat(nodes):
        by_root[node.comment.path_seqs[0]].append(node)
    here = {pk: seq for pk, (seq, _name) in closed.items() if seq in by_root}
    closures = conversations.closures_of(here)
    for pk, seq in here.items():
        for node in by_root[seq]:
            node.closure = closures.get(pk)


def _with_passages(shown: Sequence[Node], about: Passage | None) -> None:
    """A reply need not say it where its root does."""
    telling = [
        node
        for node in shown
        if node.comment.passage_id
        and node.parent is None
        and (not about or node.comment.passage_id != about.pk)
    ]
    passages = Passage.objects.in_bulk({node.comment.passage_id for node in telling}) if telling else {}
    for node in telling:
        node.passage = passages.get(node.comment.passage_id)


def _with_answers(shown: Sequence[Node], question_time: QuestionTime) -> None:
    experts = answering.accounts_of(question_time)
    for node in shown:
        node.expert = node.comment.reader_id in experts if node.comment.reader_id else False
        of_the_paper = node.comment.mark in answering.OF_THE_PAPER
        node.asks = not (node.comment.depth or of_the_paper or node.expert)
    asking = [node.comment.pk for node in shown if node.asks]
    answered = Question.objects.filter(root__in=asking, answer__isnull=False).select_related(None)
    numbers = dict(answered.values_list("root", "answer__seq"))
    for node in shown:
        node.answer = numbers.get(node.comment.pk)

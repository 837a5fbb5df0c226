"""Who hears of which events: one table."""

from broadsheet.articles import cards, moving
from broadsheet.discussion import answering, asking, counting, linking, passages, polling, ranking, voicing
from broadsheet.events.handing import Consumer
from broadsheet.notices import following, telling
from broadsheet.press import announcing, refresh
from broadsheet.search import indexing

CONSUMERS = [
    Consumer(moving.KINDS, moving.remember),
    Consumer(counting.KINDS, counting.count),
    Consumer(voicing.KINDS, voicing.count),
    Consumer(linking.KINDS, linking.note),
    Consumer(ranking.KINDS, ranking.note),
    Consumer(asking.KINDS, asking.keep),
    Consumer(passages.COUNTED, passages.count),
    Consumer(polling.KINDS, polling.count),
    Consumer(answering.KINDS, answering.note),
    Consumer(frozenset({"thread.asked"}), answering.note_asked),
    Consumer(indexing.KINDS, indexing.note),
    Consumer(frozenset(refresh.REFRESH), refresh.mark, read=refresh.read),
    Consumer(announcing.KINDS, announcing.note),
    Consumer(telling.KINDS, telling.note),
    Consumer(telling.ARTICLE_KINDS, telling.note_articles),
    Consumer(frozenset({"comment.hidden"}), following.forget_withdrawn),
    Consumer(frozenset({"reader.moved"}), following.move),
    Consumer(cards.KINDS, cards.want),
]

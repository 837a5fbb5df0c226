"""Which passage imported comments are about.

wpDiscuz calls its questions by one name in the text and by a number in the comments; what joins the two stands in a
table that no export holds. Where a text asks one question, all are about that; where it asks several, nobody knows.
"""

from collections.abc import Iterable

from broadsheet.discussion import passages
from broadsheet.discussion.models import Passage
from broadsheet.transfer.wordpress.placing import Place
from broadsheet.transfer.wordpress.report import Report
from broadsheet.transfer.wordpress.talks import Talk


class Passages:
    """The one passage of each discussion, and who speaks of it."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._of_thread: dict[int, int] = {}
        self._about: set[tuple[int, int]] = set()

    def learn(self, talks: Iterable[Talk]) -> None:
        """Look at the passages of these discussions, whose articles and threads are written."""
        for talk in talks:
            about = {record.id for record in talk.records if record.feedback_form_id}
            if not about:
                continue
            passages.keep(talk.article)
            found = list(Passage.objects.filter(thread=talk.thread).values_list("pk", flat=True)[:2])
            if len(found) == 1:
                self._of_thread[talk.thread.pk] = found[0]
                self._about |= {(talk.thread.pk, number) for number in about}
            else:
                self._report.problems.append(
                    f"{len(about)} comments of post {talk.post.id} are about passages, and which is not in the export."
                )

    def of(self, talk: Talk, place: Place) -> int | None:
        """The passage that a comment, or what it answers, is about."""
        passage = self._of_thread.get(talk.thread.pk)
        above: Place | None = place if passage else None
        while above is not None and (talk.thread.pk, above.foreign_id) not in self._about:
            above = above.parent
        return passage if above is not None else None

    def count(self) -> None:
        """Count the comments about them, once they are written."""
        passages.recount(self._of_thread.values())

"""A publication whose whole content is Cyrillic, with something on every kind of page it has."""

from datetime import timedelta
from typing import Any

from broadsheet.accounts import profiling
from broadsheet.articles import correcting
from broadsheet.articles.models import Article, Section, StandingPage, Tag
from broadsheet.articles.tests.making import make_picture
from broadsheet.discussion import answering, asking, deciding, passages, polling, ranking, reading
from broadsheet.discussion.counting import recount
from broadsheet.discussion.models import Comment, Passage, Pick, Pin
from broadsheet.discussion.tests.asked_cast import paragraph, poll
from broadsheet.discussion.tests.cast import MORNING, make_article, write
from broadsheet.masthead.models import Person, Publication
from broadsheet.readers.models import Reader

WORD = "Слово"
WHOLE, PAGE_LENGTH = 40, 3
"""Small enough that a few comments and articles fill several pages."""


class Cyrillic:
    def __init__(self) -> None:
        self.publication = Publication.objects.create(
            pk=1, name="Вестник", motto="Порт", description="Новости порта", contact="editor@example.org"
        )
        self.editor = Reader.objects.create_superuser("editor@example.org", name="Борис")
        self.section = Section.objects.create(name="Гавань", slug="gavan", description="Море")
        self.tag = Tag.objects.create(name="Прилив", slug="priliv")
        self.people = [self._person(n, name) for n, name in enumerate(("Инна", "Павел", "Вера"))]
        picture = make_picture(320, 960, caption="Пирс", credit="Фото")
        self.articles = [self._article(n, picture) for n in range(7)]
        self.article = self.articles[-1]
        correcting.correct(self.article, by=self.editor, kind="correction", text="Поправка")
        mistaken = correcting.correct(self.article, by=self.editor, kind="update", text="Ново")
        correcting.withdraw(mistaken, by=self.editor, reason="Ошибка")
        self.retracted = self.articles[-2]
        correcting.correct(self.retracted, by=self.editor, kind="retraction", text="Отзыв")
        self.thread = self._talk(self.article, 1)
        self.long = self._talk(self.articles[-3], reading.ROOTS_PER_PAGE + 1)
        ranking.rank(self.long.pk)
        self.closed = self.articles[-4]
        Article.objects.filter(pk=self.closed.pk).update(comments_open=False)
        self.reader = Reader.objects.create_user("oleg@example.org", name="Олег")
        self.asking = self._asking()
        self.profile = profiling.save(self.reader, about="Рыбак", shown=True, found_by_machines=False)
        StandingPage.objects.create(title="Устав", path="/ustav/", menu_order=1, live=True)

    def _person(self, number: int, name: str) -> Person:
        return Person.objects.create(name=name, slug=f"person-{number}", role="Писатель", biography="Живёт")

    def _article(self, number: int, picture: Any) -> Article:
        article = make_article(
            f"{WORD} {number}",
            slug=f"word-{number}",
            standfirst="Кратко",
            section=self.section,
            credit="Агентство",
            lead_picture=picture,
            lead_alt="Пирс",
            published_at=MORNING + timedelta(hours=number),
        )
        for person in self.people:
            article.bylines.create(person=person)
        article.tags.add(self.tag)
        article.save()
        article.save_revision().publish()
        article.standfirst = "Иначе"
        article.save_revision().publish()
        return Article.objects.get(pk=article.pk)

    def _talk(self, article: Article, roots: int) -> Any:
        """A thread with every state a comment may be in: pinned, edited, liked, marked, removed, held, deep."""
        thread = reading.started_thread_of(article)
        comments: list[Comment] = []
        for n in range(7):
            comments.append(
                write(thread, WORD, name="Анна" if n % 2 else "Глеб", parent=comments[-1] if n else None)
            )
        Comment.objects.filter(pk=comments[0].pk).update(mark="author", likes=3, edited_at=MORNING)
        Comment.objects.filter(pk=comments[1].pk).update(mark="staff", likes=1)
        Pin.objects.create(comment=comments[0], thread=thread, pinned_by=self.editor)
        deciding.remove(comments[2], by=self.editor, reason="грубо")
        deciding.remove(comments[4], by=self.editor)
        deciding.hold(comments[5], by=self.editor, reason="проверка")
        popular = write(thread, WORD, name="Олег")
        for _ in range(roots):
            write(thread, WORD, name="Олег")
        for _ in range(reading.ROOTS_PER_PAGE + 2):
            write(thread, WORD, name="Юрий", parent=popular)
        recount(thread)
        thread.refresh_from_db()
        return thread

    def _asking(self) -> Article:
        """One that asks: of two passages, of which one left it, in polls of each kind, and in question time."""
        article = make_article("Вопрос", slug="ask", published_at=MORNING - timedelta(days=1))
        polls = {"several": True, "closes_at": "2099-01-01T00:00:00+00:00", "shown": "closed"}, {}
        past = {"closes_at": "2020-01-01T00:00:00+00:00"}
        blocks = [
            poll("Когда", ("Утром", "Днём"), **said) | {"id": f"00000000-0000-4000-8000-00000000000{n}"}
            for n, said in enumerate((*polls, past))
        ]
        asked = '<passage key="{}" question="{}">Колокол</passage>'
        here, gone = asked.format("one", "Слышно?"), asked.format("two", "")
        for text in (here + gone, here):
            article.body = [paragraph(text), *blocks]
            article.save()
            passages.keep(article)
            polling.keep(article)
        thread = reading.started_thread_of(article)
        for passage in Passage.objects.filter(thread=thread):
            write(thread, WORD, name="Глеб", passage=passage)
        passages.recount(Passage.objects.filter(thread=thread).values_list("pk", flat=True))
        asking.ask(thread, "Что видно?", by=self.editor)
        question_time = asking.open_question_time(thread, by=self.editor)
        asking.name_expert(question_time, by=self.editor, person=self.people[0])
        asking.name_expert(question_time, by=self.editor, reader=self.reader)
        for name in ("Анна", "Вера"):
            question = write(thread, "Когда?", name=name)
        write(thread, "Утром", name="Олег", reader=self.reader, parent=question)
        for name in ("Пётр", "Яков"):
            chosen = write(thread, "||Тайна||", name=name, reader=self.reader)
            Pick.objects.create(comment=chosen, thread=thread, picked_by=self.editor)
        recount(thread)
        answering.recount(question_time)
        return article

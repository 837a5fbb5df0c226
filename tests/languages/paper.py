"""A publication whose whole content is Cyrillic, with something on every kind of page it has."""

from datetime import timedelta
from typing import Any

from broadsheet.articles import correcting
from broadsheet.articles.models import Article, Section, StandingPage, Tag
from broadsheet.articles.tests.making import make_picture
from broadsheet.discussion import deciding, ranking, reading
from broadsheet.discussion.counting import recount
from broadsheet.discussion.models import Comment, Pin
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

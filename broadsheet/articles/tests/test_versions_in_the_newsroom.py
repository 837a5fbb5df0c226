"""Compare and restore, with people and blocks; and an author whom the publisher lets publish."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset

from broadsheet.articles.models import Article
from broadsheet.articles.tests.newsroom_forms import filled, revise, staff, url, write
from broadsheet.masthead import founding
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def editor():
    founding.found(name="The Ebb", email="publisher@example.org")
    return staff("Editors", "Carol")


def by(*people, was=None):
    """What the editor sends about the byline; `was` is the one that stood there, and is taken away."""
    rows = [{"person": person.pk, "ORDER": order} for order, person in enumerate(people)]
    gone = [{"id": was.pk, "person": was.person_id, "DELETE": "on", "ORDER": 9}] if was else []
    return inline_formset([*gone, *rows], initial=len(gone))


def test_an_older_version_is_compared_and_brought_back_with_its_people_and_blocks(editor):
    ines, jory = (Person.objects.create(name=name, slug=name.lower()) for name in ("Ines", "Jory"))
    article = write(editor, text="<p>At noon.</p>", bylines=by(ines))
    revise(editor, article, text="<p>At dusk.</p>", bylines=by(jory, was=article.bylines.get()))
    older, newer = article.revisions.order_by("pk").values_list("pk", flat=True)
    compared = editor.get(url("revisions_compare", article.pk, older, newer)).content.decode()
    for words in ("noon", "dusk", "Ines", "Jory"):
        assert words in compared
    form = editor.get(url("revisions_revert", article.pk, older)).context["form"]
    assert [byline.person for byline in form.instance.bylines.all()] == [ines]
    assert "At noon." in str(form.instance.body)
    rows = [
        {"id": row.instance.pk or "", "person": ines.pk, "ORDER": 0} for row in form.formsets["bylines"].forms
    ]
    sent = inline_formset(rows, initial=form.formsets["bylines"].initial_form_count())
    answer = editor.post(
        url("revisions_revert", article.pk, older), filled(text="<p>At noon.</p>", bylines=sent)
    )
    assert answer.status_code == 302, answer.context["form"].formsets["bylines"].errors
    now = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert "At noon." in str(now.body)
    assert [byline.person for byline in now.bylines.all()] == [ines]
    assert article.revisions.count() == 3


def test_nobody_stands_in_a_byline_twice_and_what_was_typed_stays(editor):
    ines = Person.objects.create(name="Ines", slug="ines")
    article = write(editor)
    refused = revise(editor, article, headline="Typed with care", bylines=by(ines, ines))
    assert refused.status_code == 200
    text = refused.content.decode()
    assert "Ines stands in the byline twice" in text
    assert "Typed with care" in text


def test_what_was_done_by_whom_is_told_to_editors(editor):
    article = write(editor, "publish", headline="Told")
    editor.post(url("lock", article.pk))
    history = editor.get("/newsroom/reports/site-history/").content.decode()
    for words in ("Told", "Carol", "Published", "Locked"):
        assert words in history


def test_the_publisher_lets_an_author_publish_their_own(editor):
    bob = staff("Authors", "Bob")
    assert not write(bob, "publish").live
    reader = Reader.objects.get(name="Bob")
    publisher = Client()
    publisher.force_login(Reader.objects.get(is_superuser=True))
    account = f"/newsroom/users/edit/{reader.pk}/"
    assert "Publishes own articles without approval" in publisher.get(account).content.decode()
    fields = {"name": "Bob", "email": reader.email, "is_active": "on", "groups": [reader.groups.get().pk]}
    assert publisher.post(account, {**fields, "publishes_own": "on"}).status_code == 302
    assert write(bob, "publish").live
    publisher.post(account, fields)
    assert not write(bob, "publish").live

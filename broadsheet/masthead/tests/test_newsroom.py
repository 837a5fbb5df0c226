import pytest
from django.urls import reverse

from broadsheet.events.models import Event
from broadsheet.masthead.models import Person, Publication
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def newsroom(client):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def url(model: str, name: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_masthead_{model}:{name}", args=args)


def facts(kind: str) -> list[dict[str, object]]:
    return [event.facts for event in Event.objects.filter(kind=kind)]


def test_the_publication_is_edited_and_never_added_or_deleted(newsroom):
    publication = Publication.objects.create(pk=1, name="The Ebb")
    assert url("publication", "edit", 1) in newsroom.get("/newsroom/").content.decode()
    fields = {
        "name": "The Flood",
        "motto": "Twice a day",
        "description": "",
        "contact": "",
        "accent": "#123456",
    }
    assert newsroom.post(url("publication", "edit", 1), fields).status_code == 302
    assert Publication.current().name == "The Flood"
    assert facts("publication.changed") == [{"id": 1}]

    newsroom.post(url("publication", "add"), fields)
    newsroom.post(url("publication", "delete", publication.pk))
    assert Publication.objects.count() == 1


def test_a_person_s_other_address_is_told_with_the_old_one(newsroom):
    person = Person.objects.create(name="Ines Aldana", slug="ines")
    fields = {"name": "Ines Aldana", "slug": "ines-aldana", "role": "", "biography": "", "reader": ""}
    assert newsroom.post(url("person", "edit", person.pk), fields).status_code == 302
    assert facts("person.changed") == [{"id": person.pk, "was": "/by/ines/", "now": "/by/ines-aldana/"}]


def test_a_new_person_is_a_fact(newsroom):
    fields = {"name": "Ines Aldana", "slug": "ines", "role": "", "biography": "", "reader": ""}
    assert newsroom.post(url("person", "add"), fields).status_code == 302
    assert facts("person.changed") == [{"id": Person.objects.get().pk}]


def test_a_refused_form_is_no_fact(newsroom):
    person = Person.objects.create(name="Ines Aldana", slug="ines")
    assert newsroom.post(url("person", "edit", person.pk), {"name": ""}).status_code == 200
    assert facts("person.changed") == []


def test_a_deleted_person_s_address_is_told_as_one_that_leads_nowhere(newsroom):
    person = Person.objects.create(name="Ines Aldana", slug="ines")
    pk = person.pk
    assert newsroom.post(url("person", "delete", pk)).status_code == 302
    assert facts("person.changed") == [{"id": pk, "was": "/by/ines/", "now": ""}]

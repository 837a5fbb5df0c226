"""Articles that say the same in several languages lead to each other, for readers and for machines."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from broadsheet.articles.models import Article
from broadsheet.articles.tests.newsroom_forms import revise, staff, url, write
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")
ALSO = re.compile(r'<p class="facts tongues"[^>]*>(.*?)</p>')
HREFLANG = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="https?://[^/"]+([^"]+)">')


@pytest.fixture
def editor():
    founding.found(name="The Ebb", email="publisher@example.org")
    return staff("Editors", "Carol")


def published(editor, headline, language="", of=None):
    article = write(
        editor, "publish", headline=headline, language=language, translation_of=str(of.pk) if of else ""
    )
    article.refresh_from_db()
    return article


def publish_again(editor, article, **fields):
    answer = revise(editor, article, "publish", headline=article.headline, **fields)
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.fixture
def tide(editor):
    return published(editor, "The tide is late")


@pytest.fixture
def marea(editor, tide):
    return published(editor, "La marea llega tarde", "es", tide)


@pytest.fixture
def flut(editor, tide, marea):
    """A translation of which somebody said that it translates the other one."""
    return published(editor, "Die Flut kommt spät", "de", marea)


def page_of(article):
    return Client().get(article.path).content.decode()


def data_in(article):
    """What its page says about it in schema.org's words."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page_of(article))
    return json.loads(found[0])["@graph"][0]


def also(article):
    found = ALSO.search(page_of(article))
    return found[1] if found else ""


def test_each_leads_to_all_others_in_their_own_languages(tide, marea, flut):
    german = f'<a rel="alternate" href="{flut.path}" hreflang="de" lang="de" dir="ltr">Deutsch</a>'
    spanish = f'<a rel="alternate" href="{marea.path}" hreflang="es" lang="es" dir="ltr">Español</a>'
    english = f'<a rel="alternate" href="{tide.path}" hreflang="en" lang="en" dir="ltr">English</a>'
    assert also(tide) == f"Also in: {german} · {spanish}"
    assert also(marea) == f"Also in: {german} · {english}"
    assert also(flut) == f"Also in: {english} · {spanish}"


def test_search_engines_are_told_the_same_on_every_one_of_them(tide, marea, flut):
    told = {("de", flut.path), ("en", tide.path), ("x-default", tide.path), ("es", marea.path)}
    assert [set(HREFLANG.findall(page_of(each))) for each in (tide, marea, flut)] == [told] * 3


def test_the_sitemap_names_the_other_languages_of_each(tide, marea, editor):
    alone = published(editor, "Alone")
    root = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    told = {
        entry.findtext("s:loc", namespaces=names): {
            link.get("hreflang"): link.get("href") for link in entry.findall("x:link", names)
        }
        for entry in root
    }
    by_path = {address[address.index("/", 9) :]: links for address, links in told.items() if address}
    assert by_path[tide.path].keys() == {"en", "es"}
    assert by_path[tide.path]["es"].endswith(marea.path)
    assert by_path[marea.path] == by_path[tide.path]
    assert by_path[alone.path] == by_path["/"] == {}


def test_programs_are_told_which_is_the_original(tide, marea):
    original, translation = map(data_in, (tide, marea))
    assert [each["inLanguage"] for each in original["workTranslation"]] == ["es"]
    assert translation["translationOfWork"]["url"].endswith(tide.path)
    assert (
        f'"es": "http://127.0.0.1:8000{marea.path}"' in Client().get(f"{tide.path}index.md").content.decode()
    )


def test_an_article_that_stands_alone_says_nothing(tide):
    assert "tongues" not in page_of(tide)
    assert HREFLANG.findall(page_of(tide)) == []


def test_one_that_is_unlinked_is_named_by_none(editor, tide, marea, flut):
    publish_again(editor, flut, language="de")
    assert "Deutsch" not in also(tide) + also(marea)
    assert also(flut) == ""


def test_one_that_is_withdrawn_is_named_by_none(editor, tide, marea, flut):
    editor.post(url("unpublish", tide.pk), {"kind": "editors", "words": ""})
    assert "English" not in also(marea)
    assert "Deutsch" in also(marea)
    assert dict(HREFLANG.findall(page_of(marea))).keys() == {"de", "es"}


def test_a_language_is_there_once(editor, tide, marea):
    answer = revise(editor, marea, "publish", headline="The tide", language="", translation_of=str(tide.pk))
    assert "is in this language" in str(answer.context["form"].errors["language"])
    assert Client().get(marea.path).status_code == 200
    assert "Español" in also(tide)


def test_an_original_becomes_no_translation_of_another_or_of_itself(editor, tide, marea):
    other = published(editor, "Fog", "fr")
    for chosen, sentence in ((other, "is a translation of this article"), (marea, "Choose another article")):
        answer = revise(editor, tide, "publish", translation_of=str(chosen.pk))
        assert sentence in str(answer.context["form"].errors["translation_of"])


def test_a_copy_of_a_translation_is_none(editor, marea):
    editor.post(url("duplicate", marea.pk))
    assert Article.objects.latest("pk").translation_of is None

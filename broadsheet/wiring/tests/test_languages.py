from urllib.request import urlopen

import pytest

from broadsheet.wiring.languages import spoken
from broadsheet.wiring.options import OptionError
from tests.patience import PATIENCE


@pytest.fixture
def folder(tmp_path):
    """Where words in German and in Brazilian Portuguese stand."""
    for name in ("de", "pt_BR"):
        catalog = tmp_path / name / "LC_MESSAGES" / "django.mo"
        catalog.parent.mkdir(parents=True)
        catalog.write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("tag", "words"),
    [("de", "de"), ("de-AT", "de-at"), ("DE", "de"), ("pt-BR", "pt-br"), ("en", "en"), ("en-US", "en-us")],
)
def test_a_publication_speaks_its_language_where_the_words_are_there(folder, tag, words):
    assert spoken(tag, [folder]) == words


@pytest.mark.parametrize("tag", ["nl", "pt", "gsw", "zh-Hant"])
def test_without_a_catalog_the_words_around_the_articles_are_english(folder, tag):
    assert spoken(tag, [folder]) == "en"


@pytest.mark.parametrize("tag", ["de_AT", "German", "", "d", "de AT", "../de"])
def test_a_tag_that_is_none_is_refused_with_an_example(folder, tag):
    with pytest.raises(OptionError, match="such as de or pt-BR"):
        spoken(tag, [folder])


def test_a_publication_in_a_language_without_words_is_served_all_the_same(publication):
    publication.run("check", BROADSHEET_LANGUAGE="gsw")
    with publication.served(BROADSHEET_LANGUAGE="gsw") as url:
        page = urlopen(url, timeout=PATIENCE).read().decode()
    assert '<html lang="gsw" dir="ltr"' in page and "Skip to the text" in page

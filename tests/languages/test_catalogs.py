"""The shipped catalogs are whole: every message, its placeholders, its plural forms, and what is compiled of it."""

import re
from collections import Counter
from gettext import c2py

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from broadsheet.kit import locales
from tests.languages import catalogs

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]")
TAG = re.compile(r"<[^>]+>")
NUMBERS = [0, 1, 2, 3, 11, 100]
ARABIC = ["لا تعليقات", "تعليق واحد", "تعليقان", "3 تعليقات", "11 تعليقًا", "100 تعليق"]


def messages(language):
    """Each message with its forms in another language."""
    for message in catalogs.read(language):
        if message.id:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            yield message, said


def placeholders(text):
    return Counter(match[0] for match in PLACEHOLDER.finditer(text))


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_message_of_the_source_is_translated_and_nothing_else(language):
    shipped = catalogs.read(language)
    wanted = {(message.context, message.id) for message in catalogs.extracted() if message.id}
    there = {(message.context, message.id) for message in shipped if message.id}
    assert (wanted - there, there - wanted) == (set(), set()), "Run script/translate."
    empty = [message.id for message, said in messages(language) if not all(said)]
    assert empty == [], "Translate these, then run script/translate."
    assert [message.id for message in shipped if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_a_translation_has_the_placeholders_and_the_tags_of_its_source(language):
    """A counted form may leave its number out, as Arabic does for one and two; it may never have another one."""
    for message, said in messages(language):
        source = message.id if isinstance(message.id, str) else message.id[1]
        for form in said:
            wanted, found = placeholders(source), placeholders(form)
            if isinstance(message.id, str):
                assert found == wanted, (message.id, form)
            else:
                assert found <= wanted and wanted - found <= Counter(["%(n)s", "%(shown)s", "%d"]), form
            assert TAG.findall(form) == TAG.findall(source), form


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    compiled = catalogs.po(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogs.compiled(catalogs.read(language)), "Run script/translate."


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_the_plural_forms_are_those_of_cldr(language):
    """Whatever CLDR tells apart, the catalog's own rule tells apart, for each number."""
    catalog, form_of = catalogs.read(language), {}
    rule, category_of = c2py(catalog.plural_expr), locales.locale_of(language).plural_form
    for number in (*range(1200), 10**6, 2 * 10**6, 10**6 + 1):
        form_of.setdefault(category_of(number), set()).add(rule(number))
    assert {category: len(forms) for category, forms in form_of.items()} == dict.fromkeys(form_of, 1)
    assert len(form_of) == catalog.num_plurals


@pytest.mark.parametrize(("number", "said"), list(zip(NUMBERS, ARABIC, strict=True)))
def test_arabic_counts_in_six_ways(number, said):
    with translation.override("ar"):
        counted = ngettext("%(n)s comment", "%(n)s comments", number)
    assert counted % {"n": number} == said


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("de", "1 Kommentar", "3 Kommentare"),
        ("es", "1 comentario", "3 comentarios"),
        ("fr", "1 commentaire", "3 commentaires"),
    ],
)
def test_one_and_several_are_told_apart(language, one, several):
    with translation.override(language):
        said = [ngettext("%(n)s comment", "%(n)s comments", n) % {"n": n} for n in (1, 3)]
    assert said == [one, several]


def test_nothing_of_the_french_is_one_and_a_million_is_a_million_of():
    with translation.override("fr"):
        assert ngettext("%(n)s comment", "%(n)s comments", 0) % {"n": 0} == "0 commentaire"
        million = ngettext("%(n)s comment", "%(n)s comments", 10**6)
    assert million % {"n": "1\u202f000\u202f000"} == "1\u202f000\u202f000 de commentaires"


def test_a_variant_has_the_words_of_its_language():
    for tag, said in (("de-at", "Archiv"), ("es-mx", "Archivo"), ("ar-eg", "الأرشيف"), ("fr-ca", "Archives")):
        with translation.override(tag):
            assert gettext("Archive") == said


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_a_translation_is_set_as_its_language_is(language):
    """No English quotation mark, and in French no plain space where a line must not break."""
    wrong = {"de": "“[^„]*”|»", "es": "[“”„]", "fr": r"[“”„]| [;:!?»]|« ", "ar": r"[“”„]|[,;?](?!\d)"}[
        language
    ]
    for message, said in messages(language):
        for form in said:
            assert not re.search(wrong, TAG.sub("", PLACEHOLDER.sub("", form))), (message.id, form)


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_a_catalog_says_that_a_machine_translated_it(language):
    assert "Machine-translated" in catalogs.read(language).header_comment

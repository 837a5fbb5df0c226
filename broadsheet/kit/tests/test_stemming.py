import string

import pytest

from broadsheet.kit import stemming
from broadsheet.kit.stemming import stems
from broadsheet.kit.tests import corpora


@pytest.mark.parametrize(
    ("language", "alike"),
    [
        ("en", "ferry ferries Ferry FERRIES"),
        ("de", "Haus Häuser hauser Hauses"),
        ("de", "Straße STRASSE Strassen"),
        ("es", "camión camiones CAMION"),
        ("es", "elección elecciones eleccion"),
        ("fr", "élection Élections elections"),
        ("fr", "condamné condamnée condamnes CONDAMNEES"),
        ("ar", "مدرسة مدرسه المدرسة مَدْرَسَة"),
        ("ar", "أخبار اخبار إخبار أخـبار"),
        ("ar", "مستشفى مستشفي"),
        ("ru", "Ёлка елки"),
        ("pt-BR", "estação ESTACAO"),
        ("xx", "İstanbul istanbul"),
    ],
)
def test_words_that_a_reader_takes_for_one_have_one_stem(language, alike):
    assert len(set(stems(alike, language))) == 1, stems(alike, language)


@pytest.mark.parametrize(
    ("language", "apart"),
    [
        ("en", "ferry fern"),
        ("de", "Bauer Baum"),
        ("es", "casa cosa"),
        ("ar", "كتاب مدرسة"),
        ("ru", "йога ига"),
    ],
)
def test_other_words_keep_apart(language, apart):
    assert len(set(stems(apart, language))) == len(apart.split())


def test_a_word_is_no_more_than_its_letters_and_figures():
    assert stems("Don't: a_b, e-mail (٣ \u0640 2½)…", "xx") == [
        "don",
        "t",
        "a",
        "b",
        "e",
        "mail",
        "3",
        "21⁄2",
    ]


def test_nothing_that_anybody_writes_has_a_meaning_to_an_engine(shared_dir):
    for text in [*corpora.naughty_strings(shared_dir), "".join(map(chr, range(0x3000)))]:
        for stem in stems(text, "en"):
            assert stem
            assert len(stem) <= stemming.LONGEST * 2
            assert not set(stem) & set(string.punctuation + string.whitespace + "\0")

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.slugs import percent_decoded, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Harbour Reopens", "the-harbour-reopens"),
        ("Don’t stop: it's 5 o'clock!", "dont-stop-its-5-oclock"),
        ("Café São João, Łódź & Straße", "cafe-sao-joao-lodz-strasse"),
        ("İstanbul", "istanbul"),
        ("Мир и йод", "мир-и-йод"),
        ("हिन्दी में", "हिन्दी-में"),
        ("東京の港", "東京の港"),
        ("한국어", "한국어"),
        ("  --a__b--  ", "a-b"),
        ("½ price — today", "1-2-price-today"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "untitled"),
        ("!!!", "untitled"),
        ("👍", "untitled"),
    ],
)
def test_a_title_becomes_readable(title, slug):
    assert slug_of(title) == slug


def test_a_long_title_ends_with_a_whole_word():
    slug = slug_of("word " * 40)
    assert slug == "-".join(["word"] * 16)
    assert slug_of("x" * 300) == "x" * 80


@given(st.text())
def test_a_slug_is_short_stable_and_harmless(title):
    slug = slug_of(title)
    assert 1 <= len(slug) <= 80
    assert slug_of(slug) == slug
    assert not set(slug) & set("/\\.?#%&<>\"' ")
    slug.encode()


def test_wordpress_slugs_become_letters_again():
    assert percent_decoded(quote("мир-и-2").lower()) == "мир-и-2"
    assert percent_decoded("plain-slug") == "plain-slug"


def test_a_slug_that_was_cut_inside_a_letter_loses_only_that_letter():
    assert percent_decoded("%d0%bc%d0%b8%d1") == "ми"


@pytest.mark.parametrize("slug", ["a%2fb", "a%00b", "a%0ab", "%3cscript%3e", "50%-off", "%"])
def test_what_does_not_decode_to_letters_stays_as_it_is(slug):
    assert percent_decoded(slug) == slug

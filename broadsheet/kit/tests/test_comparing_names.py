import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import confusables
from broadsheet.kit.confusables import looks_empty, skeleton, skeletons
from broadsheet.kit.tests import corpora


@pytest.mark.parametrize(
    "imitation",
    [
        "alice",
        "ALICE",
        "Alice.",
        " A l i c e ",
        "~Alice~",
        "@Alice",
        "Alice ✓",
        "Alice ⭐",
        "A1ice",
        "Al1ce",
        "AIice",
        "A|ice",
        "Al!ce",
        "Аlice",  # Cyrillic A
        "Αlice",  # Greek alpha
        "Alicе",  # Cyrillic ie
        "Ａｌｉｃｅ",
        "𝓐𝓵𝓲𝓬𝓮",
        "Ⓐⓛⓘⓒⓔ",
        "🅰lice",
        "ᴀʟɪᴄᴇ",
        "Alíce",
        "Ali\u200bce",
        "A\u0336l\u0336i\u0336c\u0336e\u0336",
        "\u202eAlice",
        "Ali\u3164ce",
    ],
)
def test_an_imitation_of_alice_has_her_skeleton(imitation):
    assert skeleton(imitation) == skeleton("Alice")


@pytest.mark.parametrize(
    ("name", "imitation"),
    [
        ("Carnegie", "Camegie"),
        ("Wanda", "VVanda"),
        ("Bob Brown", "B0b Br0wn"),
        ("Nora Kemp", "Νоrа Кеmр"),
        ("Kate", "кate"),
        ("Tom", "τom"),
        ("Николай", "НИКОЛАЙ"),
        ("Николай", "Hиколай"),
        ("Νίκος", "ΝΙΚΟΣ"),
        ("Müller", "Muller"),
        ("Straße", "STRASSE"),
        ("李雷", "李 雷"),
    ],
)
def test_these_pass_for_each_other(name, imitation):
    assert not skeletons(name).isdisjoint(skeletons(imitation))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Alice", "Alicia"),
        ("Nora", "Vora"),
        ("Mina", "Nina"),
        ("Bob", "Rob"),
        ("Ann", "Anne"),
        ("Yuri", "Uri"),
        ("李雷", "李磊"),
        ("一郎", "郎"),
        ("がん", "かん"),
        ("कि", "का"),
        ("...", "!!!"),
        ("👍", "👎"),
        ("Иван", "Степан"),
    ],
)
def test_different_names_stay_different(name, other):
    assert skeletons(name).isdisjoint(skeletons(other))


def test_all_that_unicode_lists_as_like_a_latin_letter_or_digit_is(shared_dir):
    pairs = [
        pair
        for pair in corpora.lookalikes(shared_dir)
        if any(len(x) < 3 and x.isascii() and x.isalnum() for x in pair)
    ]
    assert len(pairs) > 2_500
    assert [pair for pair in pairs if skeleton(f"x{pair[0]}x") != skeleton(f"x{pair[1]}x")] == []


def test_nearly_all_other_lookalikes_are_found_too(shared_dir):
    pairs = [
        pair for pair in corpora.lookalikes(shared_dir) if all(len(x) == 1 and x.isalpha() for x in pair)
    ]
    missed = [pair for pair in pairs if skeleton(f"x{pair[0]}x") != skeleton(f"x{pair[1]}x")]
    assert len(missed) < len(pairs) / 100


@given(st.text())
def test_every_name_that_shows_something_has_a_skeleton_and_it_holds(name):
    assert skeleton(name) == skeleton(name)
    assert skeleton(f"{name} ") == skeleton(name)
    if not looks_empty(name):
        assert skeleton(name)


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b\u200d", "\u3164", "\u2800\u00a0", "\u00ad", "\u0301", "\ufe0f"]
)
def test_a_name_of_nothing_looks_empty(name):
    assert looks_empty(name)


@pytest.mark.parametrize("name", ["a", "李", "👍", ".", "e\u0301", "\u200bx"])
def test_a_name_of_something_does_not(name):
    assert not looks_empty(name)


def test_the_table_is_read_when_first_needed_not_on_import():
    code = (
        "from broadsheet.kit import confusables as c; raise SystemExit(c._prototypes.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    skeleton("x")
    assert confusables._prototypes.cache_info().currsize == 1

"""What an excerpt shows of a text."""

import pytest

from broadsheet.search import excerpts, words
from broadsheet.search.excerpts import BEGIN, END, Sought


def shown(text, typed, cut=excerpts.excerpt, language="en"):
    sought = Sought(words.understand(typed, [language]), language)
    return cut(text, sought).replace(BEGIN, "[").replace(END, "]")


def numbered(first, last):
    return " ".join(f"w{n}" for n in range(first, last))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("A lamp, two lamps.", "LAMP", "A [lamp], two [lamps]."),
        ("The harbour wall of a harbour.", '"harbour wall"', "The [harbour wall] of a harbour."),
        ("The harbour wall of a harbour.", '"harbour wall" harbour', "The [harbour wall] of a [harbour]."),
        ("Don't go.", "don't", "[Don't] go."),
        ("A lamp.", "gull", "A lamp."),
        ("“Lamp!”", "lamp -gull", "“[Lamp]!”"),
        ("", "lamp", ""),
        ("…", "lamp", "…"),
    ],
)
def test_every_found_word_is_marked_and_a_phrase_as_one(text, typed, expected):
    assert shown(text, typed) == shown(text, typed, excerpts.marked) == expected


def test_an_excerpt_begins_shortly_before_what_was_found_and_says_that_there_is_more():
    text = f"{numbered(0, 100)} lamp {numbered(100, 300)}."
    assert shown(text, "lamp") == f"…{numbered(94, 100)} [lamp] {numbered(100, 129)}…"
    assert shown(text, "w299").endswith("[w299].")
    assert shown(text, "w0").startswith("[w0] ")


def test_of_several_places_that_with_most_of_the_words_is_shown():
    text = f"A lamp. {numbered(0, 100)} a gull, a lamp. {numbered(100, 200)} a gull."
    assert "[gull], a [lamp]" in shown(text, "lamp gull")


def test_a_phrase_at_the_end_of_an_excerpt_is_marked_as_far_as_it_goes():
    text = f"Gull {numbered(0, 34)} gull lamp {numbered(40, 100)}"
    assert shown(text, '"gull w0" "gull lamp" w1 w2').endswith("w33 [gull]…")


@pytest.mark.parametrize("before", range(200, 320, 7))
def test_a_long_text_is_shown_where_a_short_one_would_be(before):
    """It is read in pieces; a phrase may begin at the end of one."""
    text = f"gull {numbered(0, before)} gull lamp {numbered(before, 2_000)} lamp"
    assert shown(text, '"gull lamp"') == (
        f"…{numbered(before - 6, before)} [gull lamp] {numbered(before, before + 28)}…"
    )
    assert "[gull] [lamp]" in shown(text, "gull lamp")
    assert shown(text, "gull").startswith(f"[gull] {numbered(0, 35)}…")
    assert shown(text, "lamp w1999").endswith("w1998 [w1999] [lamp]")

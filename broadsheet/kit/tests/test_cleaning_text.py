import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import text

# Letters, marks, invisible and forbidden characters close together, where the rules meet.
troublesome = st.text(
    st.one_of(
        st.sampled_from(
            "a\u0301\u0323\u200d\u200c\ufe0f\u202e\u2066\r\n\t \x00\x85\u2028\ud800\ufeff🏴👍\u09c7\u09be"
        ),
        st.sampled_from("\U000e0067\U000e0062\U000e007f\U000e0001\u0958\u1100\u1161"),
        st.characters(),
    )
)


@given(troublesome)
def test_cleaning_twice_changes_nothing_more(typed):
    once = text.clean(typed)
    assert text.clean(once) == once


@given(troublesome)
def test_a_clean_line_stays_as_it_is_and_is_one_line(typed):
    once = text.clean_line(typed)
    assert text.clean_line(once) == once
    assert len(once.splitlines()) <= 1


@given(troublesome)
def test_clean_text_can_be_stored_anywhere(typed):
    cleaned = text.clean(typed)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}


@pytest.mark.parametrize(
    "typed",
    [
        "Plain English, with a tab\tand\n\ntwo breaks.",
        "👩‍👩‍👧‍👦 and ❤️‍🔥 and 👍🏽 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and 1️⃣",
        "می‌خواهم",  # Persian needs the zero-width non-joiner
        "क्‍ष हिन्दी",  # Hindi needs the joiner
        "שָׁלוֹם",
        "ภาษาไทยน้ำ",
        "Tiếng Việt",
        "漢字仮名交じり文",
    ],
)
def test_what_languages_and_emoji_need_is_kept(typed):
    typed = unicodedata.normalize("NFC", typed)
    assert text.clean(typed) == typed


def test_line_ends_of_all_systems_become_newlines():
    assert text.clean("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


def test_the_direction_of_following_text_can_not_be_turned():
    assert text.clean("user\u202etxt.exe\u2066!\u2069") == "usertxt.exe!"


def test_no_letter_carries_a_tower_of_marks():
    assert text.clean("Z" + "\u0335" * 50 + "a") == "Z" + "\u0335" * 4 + "a"


def test_invisible_joiners_do_not_keep_a_tower_standing():
    assert len(text.clean("Z" + "\u0335\u200d" * 50)) == 5


def test_hidden_messages_in_tag_characters_are_dropped():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "secret")
    assert text.clean(f"open{hidden} text") == "open text"


def test_one_spelling_for_equal_letters():
    assert text.clean("e\u0301") == text.clean("é") == "é"


def test_a_name_is_one_line_with_single_spaces():
    assert (
        text.clean_line("  Alice\r\nBcc: all@example.org \u00a0 Smith\t")
        == "Alice Bcc: all@example.org Smith"
    )


def test_an_excerpt_joins_blocks_with_spaces_and_keeps_words_whole():
    html = "<p>Hello <b>big</b> &amp; wide</p><p>world<br>again</p>"
    assert text.excerpt(html, 200) == "Hello big & wide world again"
    assert text.excerpt(html, 19) == "Hello big & wide…"


def test_an_excerpt_of_one_endless_word_is_cut_anyway():
    assert text.excerpt("<p>" + "x" * 500 + "</p>", 20) == "x" * 19 + "…"


def test_an_excerpt_is_plain_text_that_may_look_like_markup():
    assert text.excerpt("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", 100) == "<script>alert(1)</script>"


def test_an_excerpt_does_not_part_a_letter_from_its_marks():
    assert text.excerpt("x" * 8 + "q\u0323\u0301" + "y" * 9, 11) == "x" * 8 + "…"


@given(st.text(), st.integers(1, 50))
def test_an_excerpt_never_exceeds_its_limit(words, limit):
    assert len(text.excerpt(words.replace("<", "&lt;"), limit)) <= limit

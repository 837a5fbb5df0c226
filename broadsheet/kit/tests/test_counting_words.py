import pytest

from broadsheet.kit import words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("It’s half-past nine, 3.5 knots — no more.", 7),
        ("漢字かな", 4),
        ("東京 Tokyo", 3),
        ("مرحبا بالعالم", 2),
    ],
)
def test_words_are_counted_in_any_script(text, count):
    assert words.count(text) == count


def test_reading_takes_whole_minutes_and_at_least_one():
    assert words.minutes("") == 1
    assert words.minutes("word " * 238) == 1
    assert words.minutes("word " * 239) == 2
    assert words.minutes("字" * 1001) == 3

"""What became of a text, word by word."""

import random
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import differing
from broadsheet.kit.differing import Line, changes


def told(before, after):
    """The runs of one changed paragraph: `[gone]`, `{new}`, plain."""
    marks = {"same": "%s", "gone": "[%s]", "new": "{%s}"}
    (change,) = changes([Line("p", before)], [Line("p", after)])
    return "".join(marks[run.fate] % run.text for run in change.runs)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It came at noon.", "It came at one.", "It came at [noon]{one}."),
        ("It came.", "It came, with rain.", "It came{, with rain}."),
        ("The old tide is late.", "The tide is late.", "The [old ]tide is late."),
        ("彼は明日東京に行く。", "彼は昨日東京に行く。", "彼は[明]{昨}日東京に行く。"),
        ("جاء المد متأخرا اليوم", "جاء المد مبكرا اليوم", "جاء المد [متأخرا ]{مبكرا }اليوم"),
    ],
)
def test_a_changed_word_is_told_apart_from_those_around_it(before, after, expected):
    assert told(before, after) == expected


def test_words_that_only_happen_to_stand_between_two_changes_are_shown_as_changed():
    before = (
        "one two three four five six seven eight nine ten of eleven twelve thirteen fourteen fifteen sixteen"
    )
    after = "one two three four five six A B C D of E F G H fifteen sixteen"
    assert "of {" not in told(before, after).replace("ten of", "")


def test_a_paragraph_that_moved_up_is_not_taken_for_another_one():
    lines = [Line("p", f"{word} alone on its own line") for word in ("First", "Second", "Third")]
    became = changes(lines, lines[1:])
    assert [change.runs[0].fate for change in became] == ["gone", "same", "same"]


def test_a_heading_is_never_a_paragraph_changed():
    became = changes([Line("p", "The tide is late")], [Line("h2", "The tide is late")])
    assert [(change.kind, change.runs[0].fate) for change in became] == [("h2", "new"), ("p", "gone")]


def test_words_are_counted_and_stops_are_not():
    became = changes([Line("p", "It came at noon.")], [Line("p", "It came at one, or two.")])
    assert (differing.count(became, "gone"), differing.count(became, "new")) == (1, 3)


WORDS = st.lists(st.sampled_from(["a", "b", "c", "noon", "tide", ",", "."]), max_size=60).map(" ".join)
TEXTS = st.lists(st.builds(Line, st.sampled_from(["p", "h2"]), WORDS.filter(bool)), max_size=12)


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost_or_made_up(before, after):
    became = changes(before, after)

    def words(fates):
        return "".join(run.text for change in became for run in change.runs if run.fate in fates).split()

    def all_of(lines):
        return "".join(line.text for line in lines).split()

    assert "".join(words({"same", "new"})) == "".join(all_of(after))
    assert "".join(words({"same", "gone"})) == "".join(all_of(before))


def test_two_long_texts_that_share_their_words_but_no_order_are_compared_in_bounded_steps(monkeypatch):
    """20,000 words on each side: what is left to difflib stays small, whatever the texts are."""
    asked = []

    def counting(junk, old, new, **how):
        asked.append(len(old) * len(new))
        return SequenceMatcher(junk, old, new, **how)

    monkeypatch.setattr("broadsheet.kit.differing.SequenceMatcher", counting)
    dice = random.Random(1)
    before, after = (" ".join(dice.choices("abcdefgh", k=20_000)) for _ in range(2))
    for text in ([Line("p", before)], [Line("p", word) for word in before.split()]):
        changes(text, [Line("p", after)] if len(text) == 1 else [Line("p", word) for word in after.split()])
    assert sum(asked) < 4_000_000

import threading

import pytest
from django.db import connection

from broadsheet.discussion.tests.cast import posted
from broadsheet.kit.tests import corpora
from broadsheet.search import allowances, finding, forms, words
from broadsheet.search.engines import asking, postgresql, sqlite
from broadsheet.search.tests.asking import ask, published, settle

pytestmark = pytest.mark.django_db(databases="__all__")

# fmt: off
HOSTILE = [
    '"', '""', '"""', "'", "*", "tide*", "t*", "^tide", "tide ^", "NEAR(tide late)", "NEAR(",
    "tide AND", "OR", "NOT tide",
    "tide NOT", "headline:tide", "{headline} : tide", "marks:s1", "{marks}:~s1", "- tide", "--tide",
    "tide -", "+tide",
    "tide + late", "(tide", "tide)", "()", "tide & late", "tide | late", "!tide", "tide:*",
    "tide <-> late", "a\0b", "\0",
    "tide\\", "%", "%s", "%(all)s", "{0}", "tide; DROP TABLE search_due", "/*", "\u202etide", "💧",
    "👨‍👩‍👧", "Ⅷ", "ﬁ", "İ",
    "中文", "عربي", "́́́", "tide\u2028late", "tide" * 50, " ".join("abcdefghijkl"), "\x02tide\x03",
    "~s1", "𝕥𝕚𝕕𝕖", "_", "a_b",
    "http://a.b/c?d=e&f#g", "a@b.example", "1e309", "½", "٣", "tide’s", "don't", '"tide', 'tide"',
    '-"tide', '"-tide"', '-"',
]
# fmt: on


@pytest.fixture
def many(settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_search_network": "100000/1"}


def looked_for(typed, **fields):
    """What becomes of it, without the page around it; nothing but hits or a sentence may."""
    try:
        return finding.find(finding.Question(typed, **fields), address="192.0.2.1").hits
    except words.NotUnderstood as sentence:
        assert str(sentence)
        return []


def test_whatever_is_typed_is_answered_with_hits_or_with_a_sentence(article, prints, many):
    published("The tide is late")
    posted(article, text="The tide is late.")
    settle()
    for typed in HOSTILE:
        looked_for(typed)
        looked_for(f"tide {typed}", comments=True)
        looked_for("tide", by=typed[:120].replace("\0", ""))
    assert len(looked_for("tide")) == 2, "the index is still there"
    for typed in HOSTILE[::9]:
        answer = ask(typed)
        assert answer.status == 200 or (answer.status == 400 and answer.problem), typed


def test_the_shared_corpora_break_neither_the_question_nor_the_page(publication, prints, many, shared_dir):
    published("The tide is late")
    payloads = [*corpora.naughty_strings(shared_dir), *corpora.script_payloads(shared_dir)]
    for typed in payloads[::8]:
        looked_for(typed)
    for typed in payloads[::400]:
        safe = ask("tide").html
        assert ask(f"tide {typed}"[:200].encode(errors="replace")).html.count("<script") == safe.count(
            "<script"
        )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x" * 201, "longer than 200 characters"),
        (" ".join(f"w{n}" for n in range(13)), "at most 12 words"),
        ("-tide", "not only what to leave out"),
        ("the of and", "nearly every text"),
        ("!!!", "at least one letter"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_the_mend(publication, prints, typed, sentence):
    answer = ask(typed)
    assert answer.status == 400
    assert sentence in answer.problem


def test_words_that_stand_everywhere_are_left_out_and_named_but_not_within_quotes(publication, prints):
    published("One", text="Back to the lighthouse.")
    published("Two", text="The lighthouse was dark; back then.")
    answer = ask("to the lighthouse")
    assert len(answer.titles) == 2
    assert "they stand in nearly every text: to, the." in answer.html
    assert ask('"to the lighthouse"').titles == ["One"]


@pytest.mark.parametrize(
    "fields",
    [
        {"since": "yesterday"},
        {"since": "2026-05-12", "until": "2026-05-11"},
        {"section": "nowhere"},
        {"page": "0"},
        {"page": "26"},
        {"page": "x"},
        {"kind": "tips"},
        {"order": "DESC"},
        {"by": "x" * 121},
        {"since": "99999-01-01"},
        {"section": "a\0b"},
        {"by": "a\0b"},
    ],
)
def test_a_filter_that_means_nothing_is_a_sentence_and_keeps_what_was_typed(publication, prints, fields):
    answer = ask("tide", **fields)
    assert answer.status == 400
    assert answer.problem
    assert 'value="tide"' in answer.html


def test_an_empty_question_shows_the_form_and_counts_as_none(publication, settings, prints):
    settings.OPTIONS = {**settings.OPTIONS, "limit_search_network": "1/60"}
    for _ in range(3):
        answer = ask("")
        assert answer.status == 200
        assert "Put a phrase in quotes" in answer.html
    assert ask("tide").status == 200


def test_too_many_searches_from_one_network_wait_and_others_do_not(publication, settings, prints):
    settings.OPTIONS = {**settings.OPTIONS, "limit_search_network": "2/60"}
    assert [ask("tide").status for _ in range(3)] == [200, 200, 429]
    answer = ask("tide")
    assert int(answer.response["Retry-After"]) > 0
    assert "a lot of searches" in answer.problem
    assert ask("tide", address="198.51.100.7").status == 200


def test_a_shared_network_has_a_limit_of_its_own(publication, settings, prints):
    settings.OPTIONS = {
        **settings.OPTIONS,
        "limit_search_network": "1/60",
        "limit_search_shared_network": "3/60",
        "shared_networks": ["192.0.2.0/24"],
    }
    assert [ask("tide").status for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.only_on("sqlite")
def test_a_search_that_takes_too_long_is_stopped_and_the_next_one_is_not(publication, prints, monkeypatch):
    published("The tide is late")
    with monkeypatch.context() as impatient:
        impatient.setattr(sqlite, "PATIENCE", -1.0)
        impatient.setattr(sqlite, "_STEPS", 1)
        answer = ask("tide")
        assert answer.status == 503
        assert "took too long" in answer.problem
    assert ask("tide").titles == ["The tide is late"]


@pytest.mark.only_on("postgresql")
def test_a_statement_that_takes_too_long_is_cancelled_and_the_connection_goes_on(db, monkeypatch):
    monkeypatch.setattr(postgresql, "PATIENCE", 0.05)
    with pytest.raises(asking.TookTooLong), postgresql._patience() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] != "50ms"


def test_few_search_at_once_and_whoever_comes_then_is_told_so(publication, prints, monkeypatch):
    monkeypatch.setattr(allowances, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(allowances, "PATIENCE", 0.01)
    with allowances.place():
        answer = ask("tide")
        assert answer.status == 503
        assert "Many people are searching" in answer.problem
        assert answer.response["Retry-After"]
    assert ask("tide").status == 200


def test_answers_are_nobody_elses_and_nothing_for_robots(publication, prints):
    answer = ask("tide")
    assert "no-store" in answer.response["Cache-Control"]
    assert "private" in answer.response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.html
    assert "Set-Cookie" not in answer.response


def test_the_last_page_of_hits_is_where_paging_ends():
    assert finding.PAGE_LENGTH * forms.LAST_PAGE == asking.MOST_SHOWN

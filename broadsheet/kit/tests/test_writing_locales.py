from datetime import UTC, date, datetime

import pytest

from broadsheet.kit import locales

EARLY = datetime(2026, 5, 2, 9, 40, tzinfo=UTC)
LATE = datetime(2026, 12, 31, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "day", "moment", "month"),
    [
        ("en", "2 May 2026", "2 May 2026, 09:40", "May 2026"),
        ("en-us", "May 2, 2026", "May 2, 2026, 9:40\u202fAM", "May 2026"),
        ("de", "2. Mai 2026", "2. Mai 2026, 09:40", "Mai 2026"),
        ("de-AT", "2. Mai 2026", "2. Mai 2026, 09:40", "Mai 2026"),
        ("fr", "2 mai 2026", "2 mai 2026, 09:40", "Mai 2026"),
        ("es", "2 de mayo de 2026", "2 de mayo de 2026, 9:40", "Mayo de 2026"),
        ("ar", "2 مايو 2026", "2 مايو 2026، 9:40 ص", "مايو 2026"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(tag, day, moment, month):
    assert locales.day(EARLY.date(), tag) == day
    assert locales.moment(EARLY, tag) == moment
    assert locales.month_and_year(EARLY.date(), tag) == month


def test_the_month_alone_begins_a_line():
    assert [locales.month(date(2026, 3, 1), tag) for tag in ("en", "de", "fr", "es", "ru")] == [
        "March", "März", "Mars", "Marzo", "Март",
    ]  # fmt: skip


def test_the_evening_of_new_year_s_eve_is_of_the_old_year():
    assert locales.moment(LATE, "de") == "31. Dezember 2026, 18:05"


@pytest.mark.parametrize(
    ("tag", "hundreds", "thousands", "millions"),
    [
        ("en", "999", "1,234", "1,234,567"),
        ("de", "999", "1.234", "1.234.567"),
        ("fr", "999", "1\u202f234", "1\u202f234\u202f567"),
        ("es", "999", "1234", "1.234.567"),
        ("ar", "999", "1,234", "1,234,567"),
    ],
)
def test_numbers_are_grouped_as_the_language_groups_them(tag, hundreds, thousands, millions):
    assert [locales.number(n, tag) for n in (999, 1234, 1234567)] == [hundreds, thousands, millions]


def test_a_list_is_joined_as_the_language_joins_it():
    joined = {tag: locales.listed(["A", "B", "C"], tag) for tag in ("en", "en-us", "de", "fr", "es", "ar")}
    assert joined == {
        "en": "A, B and C", "en-us": "A, B, and C", "de": "A, B und C", "fr": "A, B et C", "es": "A, B y C",
        "ar": "A وB وC",
    }  # fmt: skip
    assert locales.listed(["A"], "de") == "A"
    assert locales.listed([], "de") == ""


def test_arabic_has_six_plural_categories_and_a_number_for_each():
    assert locales.plural_samples("ar") == {
        "zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100,
    }  # fmt: skip
    assert set(locales.plural_samples("fr")) == {"one", "many", "other"}


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [("de-CH-1996", "de_CH"), ("sr-Latn-RS", "sr_Latn_RS"), ("qaa", "en_GB"), ("zz", "en_GB")],
)
def test_a_language_that_nobody_knows_is_written_as_the_nearest_one(tag, nearest):
    assert str(locales.locale_of(tag)) == nearest


def test_lines_of_arabic_hebrew_and_persian_begin_at_the_right():
    assert {tag: locales.direction(tag) for tag in ("ar", "ar-EG", "he", "fa", "ur", "de", "en")} == {
        "ar": "rtl", "ar-EG": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "de": "ltr", "en": "ltr",
    }  # fmt: skip


def test_languages_are_known_by_their_english_names():
    names = locales.english_names()
    assert (names["de"], names["pt-BR"], names["zh-Hant"]) == (
        "German",
        "Brazilian Portuguese",
        "Traditional Chinese",
    )
    assert list(names.values()) == sorted(names.values())

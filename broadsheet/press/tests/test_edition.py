import pytest

from broadsheet.masthead.tests.tongues import speak
from broadsheet.press import edition, printing, refresh, store
from broadsheet.press.models import Edition, StalePrint
from broadsheet.wiring.worker import Worker, drain

pytestmark = pytest.mark.django_db(databases="__all__")


def test_changing_the_language_prints_everything_again(article, settings, clock):
    edition.begin_if_new()
    for path in ("/", article.path):
        printing.print_page(path)
    assert b"2 March 2026" in store.read(article.path)
    speak(settings, "de")
    assert edition.begin_if_new()
    drain()
    clock.forward(30)
    drain()
    assert "2. März 2026".encode() in store.read(article.path)
    assert b'lang="de"' in store.read("/")


def test_a_worker_that_starts_again_on_the_same_edition_prints_nothing(article):
    edition.begin_if_new()
    StalePrint.objects.all().delete()
    assert not edition.begin_if_new()
    assert not StalePrint.objects.exists()
    assert Edition.objects.count() == 1


def test_the_worker_looks_once_when_it_starts(article):
    worker = Worker()
    worker._prompt_work()
    Edition.objects.all().delete()
    worker._prompt_work()
    assert not Edition.objects.exists()


def test_a_publisher_s_own_template_or_word_makes_a_new_edition(article, settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    edition.begin_if_new()
    (tmp_path / "de.mo").write_bytes(b"words")
    printing.print_page("/")
    assert edition.begin_if_new()
    assert StalePrint.objects.filter(path=refresh.EVERYTHING).exists()


@pytest.mark.parametrize("option", ["feed_items", "websub_hub", "security_contact", "indexnow_key"])
def test_an_option_that_pages_feeds_or_files_show_makes_a_new_edition(article, settings, option):
    edition.begin_if_new()
    settings.OPTIONS = settings.OPTIONS | {option: "5"}
    assert edition.begin_if_new()


def test_prints_from_before_editions_were_told_apart_are_printed_again(article):
    assert not edition.begin_if_new()
    Edition.objects.all().delete()
    printing.print_page("/")
    assert edition.begin_if_new()


def test_a_print_speaks_the_publication_s_language_whatever_its_thread_speaks(article, settings):
    from django.utils import translation

    speak(settings, "es")
    with translation.override("fr"):
        printing.print_page(article.path)
    assert b"2 de marzo de 2026" in store.read(article.path)

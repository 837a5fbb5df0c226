"""No public page says a word that nobody can translate, in any of its states."""

import json
import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation

from broadsheet.discussion import receipts
from broadsheet.discussion.models import Appeal, Comment, Removal
from broadsheet.discussion.tests.cast import post, write
from broadsheet.kit.pages import Gone, Moved, NotThere
from broadsheet.press import addresses, bodies, busy, printing
from broadsheet.press.stand import Stand
from tests.languages.reading import OPENS, untranslated, untranslated_in_feed

pytestmark = pytest.mark.django_db(databases="__all__")

FOR_MACHINES = re.compile(r"\.(?:txt|md|css|json|webmanifest|png|webp)$|sitemap")
"""What no reader is shown as it is."""

OF_ACCOUNTS = {
    f"reader_{name}"
    for name in (
        "account", "address", "address_agree", "address_stop", "again", "app", "app_removal", "claim", "code",
        "comments", "leaving", "letters", "name", "passkey", "passkey_removal", "passkeys", "password", "picture",
        "profile", "recovery_codes", "second_factor", "security", "session_end", "sessions_end", "sign_in",
        "sign_in_by_link", "sign_out", "takeout",
    )
}  # fmt: skip
"""Read in `test_every_word_of_accounts.py`."""


def pages(paper):
    """Every page that is kept, and one of each kind that is printed when somebody asks."""
    yield from addresses.every()
    for path in (
        "/section/gavan/",
        "/tag/priliv/",
        "/by/person-0/",
        "/corrections/",
        "/comments/",
        "/comments/picks/",
    ):
        yield f"{path}page/2/"
    for article, thread in ((paper.article, paper.thread), (paper.long.article, paper.long)):
        yield from (f"{article.path}c/{seq}/" for seq in range(1, thread.last_seq + 1, 3))
        yield from (f"{article.path}c/{seq}/embed/" for seq in (1, 2, 3, 8))
        yield from (f"{article.path}c/8/replies/{number}/" for number in (1, 2))
        yield from (f"{article.path}history/{rest}" for rest in ("", "1/", "2/", "1/text/"))
    for order in ("oldest/1/", "oldest/2/", "newest/1/", "newest/", "best/", "best/v1/2/"):
        yield f"{paper.long.article.path}comments/{order}"
    asked = ("passages/1/", "passages/2/", "questions/waiting/", "questions/answered/", "comments/picks/")
    for place in (*asked, "polls/1/", "polls/2/", "polls/3/"):
        yield paper.asking.path + place
    newest = Comment.objects.filter(reader=paper.reader).latest("pk")
    yield f"{paper.profile.path}before/{newest.pk}/"


def made(path):
    try:
        return printing.print_page(path)
    except (NotThere, Gone, Moved):
        return None


def test_every_public_page_can_be_said_in_another_language(paper):
    faults, kinds = {}, set()
    for path in pages(paper):
        if (printed := made(path)) is None or FOR_MACHINES.search(path):
            continue
        kinds |= {kind.pattern.pattern for kind, _ in filter(None, [addresses.find(path)])}
        read = untranslated_in_feed if path.endswith((".xml", ".atom")) else untranslated
        if words := read(printed[1].decode()):
            faults[path] = words
    assert faults == {}
    unread = {each.pattern.pattern for each in addresses.ADDRESSES} - kinds
    assert [
        kind for kind in unread if not FOR_MACHINES.search(kind.replace("\\", "")) and "anchor" not in kind
    ] == []


def test_a_page_is_really_spoken_in_the_language_of_the_test(paper):
    """Were the catalog not loaded, there would be no bracket, and the other tests would prove nothing."""
    page = printing.print_page(paper.article.path)[1].decode()
    assert page.count(OPENS) > 20
    assert untranslated("<p>An English word</p>") == ["An", "English", "word"]
    assert untranslated('<p title="Close">⟦x <a>⟦y⟧</a> z⟧</p>') == ["Close"]


def test_a_missing_a_withdrawn_and_a_broken_page_can_be_said_too(paper, client):
    paper.article.unpublish()
    told = [client.get(path).content.decode() for path in ("/nothing/", paper.article.path)]
    for page in (*told, render_to_string("500.html"), render_to_string("503.html")):
        assert OPENS in page and untranslated(page) == []


def test_a_discussion_to_print_or_keep_can_be_said_too(paper, client):
    for path in ("transcript.html", "c/1/transcript.html"):
        assert untranslated(client.get(paper.article.path + path).content.decode()) == [], path


def test_every_refusal_of_a_comment_can_be_said_too(paper):
    for wrong in (
        {"text": ""}, {"name": ""}, {"name": "ы" * 81}, {"name": "Инна"}, {"email": "нет"}, {"text": "ы" * 10_001},
        {"text": "ы" * 70_000}, {"parent": "ы"}, {"parent": "999"},
    ):  # fmt: skip
        answer = post(paper.article, **{"text": "Слово", "name": "Олег", **wrong})
        assert answer.status_code in (409, 413, 422)
        assert untranslated(answer.content.decode()) == [], wrong


def test_a_closed_article_and_a_hurry_are_refused_in_words_that_can_be_said(paper, settings):
    assert untranslated(post(paper.closed, "Слово", "Олег").content.decode()) == []
    settings.OPTIONS = {**settings.OPTIONS, "limit_comments_network": "1/3600"}
    answers = [post(paper.article, f"Слово {n}", "Олег") for n in range(3)]
    assert answers[-1].status_code == 429
    assert untranslated(answers[-1].content.decode()) == []


def test_what_is_answered_in_plain_text_can_be_said_too(paper):
    foreign = post(paper.article, HTTP_ORIGIN="https://elsewhere.example")
    many = post(paper.article, **{f"x{n}": "y" for n in range(60)})
    large = post(paper.article, "ы" * 1_100_000)
    for answer, status in ((foreign, 403), (many, 400), (large, 413)):
        assert answer.status_code == status
        assert untranslated(answer.content.decode()) == []


def test_every_receipt_can_be_said_too(paper, client):
    held = post(paper.article, "https://example.org", "Олег")
    reply = post(paper.article, "Ответ", "Олег", parent="1")
    for path in (held["Location"], reply["Location"]):
        assert untranslated(re.sub("https://example.org", "", client.get(path).content.decode())) == []
    [waiting] = client.get(f"{held['Location']}waiting.json").json()["held"]
    assert untranslated(waiting["html"].replace("https://example.org", "") + waiting["pictures"]) == []
    for state in set(Comment.State) - {Comment.State.WITHDRAWN}:  # which has a record, and is told below
        path = receipts.path_of(write(paper.thread, "Слово", name="Олег", state=state))
        if state != Comment.State.HELD:  # its reason in this test is an English one
            assert untranslated(client.get(path).content.decode()) == []


def test_every_deed_of_a_receipt_can_be_said_too(paper, client):
    held = post(paper.article, "https://example.org", "Олег")["Location"]
    client.post(f"{held}revisions/", {"text": "Другое"})
    for deed, text in (
        ("revisions", ""),
        ("appeals", ""),
        ("appeals", "ы" * 2001),
        ("revisions", "ы" * 70_000),
    ):
        answer = client.post(f"{held}{deed}/", {"text": text})
        assert answer.status_code in (413, 422) and untranslated(answer.content.decode()) == []
    removed = write(paper.thread, "Слово", name="Олег", state=Comment.State.REMOVED)
    removal = Removal.objects.create(comment=removed, reason="Да")
    for answer, note in (("", ""), ("upheld", ""), ("upheld", "Нет"), ("restored", "")):
        answered_at = timezone.now() if answer else None
        Appeal.objects.update_or_create(
            {
                "words": "Почему",
                "removal": removal,
                "answer": answer,
                "note": note,
                "answered_at": answered_at,
            },
            comment=removed,
        )
        assert untranslated(client.get(receipts.path_of(removed)).content.decode()) == []
    for deed in ("appeals", "revisions"):
        assert (
            untranslated(client.post(f"{receipts.path_of(removed)}{deed}/", {"text": "ы"}).content.decode())
            == []
        )
    client.post(f"{held}withdrawal/")
    assert untranslated(client.get(held).content.decode()) == []


def test_every_voice_can_be_said_too(paper, client, settings):
    settings.OPTIONS = {**settings.OPTIONS, "dislikes": True, "limit_voices_network": "3/60"}
    place = f"{paper.article.path}c/1/voice/"
    answers = [client.get(place), client.post(place, {"value": "x"})]
    answers += [client.post(place, {"value": value}, follow=True) for value in ("1", "-1", "0", "1")]
    answers += [client.post(place, {"value": "1"}, HTTP_ORIGIN="https://elsewhere.example")]
    assert [answer.status_code for answer in answers] == [200, 422, 200, 200, 200, 429, 403]
    for answer in answers:
        assert untranslated(answer.content.decode()) == []


def test_what_search_answers_can_be_said_too(paper, client):
    for asked in (
        "",
        "?q=слово",
        "?q=нигде",
        "?q=-слово",
        "?q=" + "ы" * 500,
        "?q=слово&since=x",
        "?q=слово&section=x",
    ):
        assert untranslated(client.get(f"/search/{asked}").content.decode()) == [], asked


def test_a_comment_that_cannot_be_saved_is_told_in_words_that_can_be_said(paper):
    kept = {"path": "/", "text": "Слово", "name": "Олег", "email": "", "parent": ""}
    page = render_to_string("discussion/not_saved.html", {**kept, "fields": tuple(kept)})
    assert OPENS in page and untranslated(page) == []


def test_a_busy_stand_says_so_in_the_publication_s_language_and_asks_no_database(
    paper, tmp_path, client, django_assert_num_queries
):
    client.get("/mine.json")
    stand = Stand(
        lambda *_: [], busy=busy.page, largest=bodies.largest, prints=tmp_path, media=tmp_path, threads=3
    )
    stand.slots.acquire()
    with django_assert_num_queries(0):
        said = b"".join(stand({"PATH_INFO": "/x/", "REQUEST_METHOD": "POST"}, lambda *_: None))
    assert untranslated(said.decode()) == []


def test_scripts_find_their_words_in_the_print(paper):
    page = printing.print_page(paper.article.path)[1].decode()
    [told] = re.findall(r'data-new="([^"]+)"', page)
    forms = json.loads(unescape(told))
    assert set(forms) == {"one", "few", "many"}
    assert all(form.startswith(OPENS) and "%(n)s" in form for form in forms.values())


def test_every_address_the_application_answers_in_public_is_read_here():
    """A new one belongs into the tests here or in the files beside, and then into this list; but for what speaks to
    machines alone, as `mail_events` does to providers."""
    assert public(get_resolver().url_patterns) == {
        "mine.json", "comments", "comments_json", "counts_json", "search", "oembed", "every page",
        "receipt", "receipt_revisions", "receipt_withdrawal", "receipt_appeals", "receipt_claim", "receipt_data",
        "receipt_waiting", "receipt_follows", "receipt_picture", "waiting_picture", "transcript", "voice",
        "poll_voices", "follow", "follows", "follow_confirmation", "follow_ends", "follow_leave", "follow_mode",
        "follow_proofs", "follow_return", "follow_preferences", "notices", "notice_reads", "notice_feed",
        "notice_feed_address", "own_follows", "own_follow_confirmation", "own_follow_ends", "own_follow_leave",
        "own_follow_mode", "own_follow_preferences", "own_follow_proofs", "own_follow_return",
        "wpdiscuz_subscription", "mail_events", *OF_ACCOUNTS,
    }  # fmt: skip


def public(patterns, before=""):
    found = set()
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= public(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern) and not address.startswith("newsroom/"):
            found.add(pattern.name or {"^.*$": "every page"}.get(address, address))
    return found


def test_the_newsroom_is_not_asked_to_speak_it(paper, client):
    assert translation.get_language() == "ru"
    assert "Sign in" in client.get("/newsroom/login/").content.decode()

"""No page of an account, no page of a follower, and no letter to either says a word that nobody can translate."""

import re

import pytest
from django.conf import settings as site
from django.core import mail
from django.test import Client

from broadsheet.accounts.tests.cast import ask, browser, letter_to, mails  # noqa: F401
from broadsheet.discussion import attaching, deciding, receipts
from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.discussion.tests.cast import post, posted, write
from broadsheet.discussion.tests.pictures import file, photograph, send
from broadsheet.notices.models import Notice
from broadsheet.notices.tests.cast import page_in, work
from broadsheet.readers.tests.cast import forget_spent, shown_by_app
from broadsheet.wiring import letters
from tests.languages.reading import OPENS, untranslated

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.only_on("sqlite")]

ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+|/readers/\w+/")
"""What readers type, and where pages are, is the same in every language."""
PASSWORD = "причал на рассвете"
AGAIN, SECURITY = "/account/again/", "/account/security/"


def words(answer):
    """The English words of an answer."""
    return untranslated(ADDRESS.sub("", answer.content.decode()))


def read(client, *paths):
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (200, 404, 410), path
        assert OPENS in answer.content.decode() and words(answer) == [], path


def sent(client, path, data=None, *statuses):
    answer = client.post(path, data or {}, follow=not statuses)
    assert answer.status_code in (statuses or (200,)), (path, answer.status_code)
    assert words(answer) == [], path
    return answer


def test_the_doors_of_an_account_can_be_said_too(paper, settings):
    client = browser()
    read(client, "/account/sign-in/", "/account/sign-in/xyz/", "/privacy-of-readers/")
    sent(client, "/account/sign-in/", {}, 422)
    sent(client, "/account/sign-in/", {"email": paper.reader.email, "password": "нет"}, 422)
    sent(client, "/account/letters/", {"email": "нет"}, 422)
    sent(client, "/account/letters/", {}, 422)
    sent(client, "/account/passkey/", {}, 422)
    place = ask(client, paper.reader.email)
    read(client, place)
    sent(client, place, {}, 422)
    sent(client, place, {"code": "0000 0000"}, 422)
    code, link = letter_to(paper.reader.email)
    read(client, link)
    sent(client, place, {"code": code})
    read(browser(), link)
    foreign = Client(HTTP_SEC_FETCH_SITE="cross-site").post("/account/sign-in/")
    assert foreign.status_code == 403 and words(foreign) == []
    settings.OPTIONS = {**settings.OPTIONS, "mail_url": ""}
    read(browser(), "/account/sign-in/")
    sent(browser(), "/account/letters/", {"email": paper.reader.email}, 503)


def test_the_pages_of_an_account_can_be_said_too(paper):
    client = browser(paper.reader)
    write(paper.thread, "Слово", name="Олег", reader=paper.reader, state=Comment.State.HELD)
    for reason in ("грубо", ""):
        removed = write(paper.thread, "Слово", name="Олег", reader=paper.reader)
        deciding.remove(removed, by=paper.editor, reason=reason)
    Comment.objects.filter(state=Comment.State.HELD, reader=paper.reader).get().holds.update(reason="")
    as_guest = posted(paper.article, "Слово", "Олег", email=paper.reader.email)
    read(client, "/account/", "/account/comments/", "/account/comments/?before=x", "/account/name/")
    read(client, "/account/profile/", paper.profile.path, "/account/leaving/", receipts.path_of(as_guest))
    for data in ({"name": ""}, {"name": "ы" * 99}, {"name": "Инна"}):
        sent(client, "/account/name/", data, 422)
    sent(client, "/account/name/", {"name": "Олег"})
    sent(client, "/account/profile/", {"about": "ы" * 5000}, 422)
    sent(client, "/account/profile/", {"about": "Рыбак"})
    sent(client, "/account/claim/")
    read(client, receipts.path_of(as_guest))
    theirs = write(paper.thread, "Слово", name="Борис", reader=paper.editor)
    sent(client, f"{receipts.path_of(theirs)}claim/", {}, 409)
    staff = browser(paper.editor)
    sent(staff, "/account/leaving/", {}, 403)
    sent(client, "/account/leaving/", {}, 422)
    sent(client, "/account/leaving/", {"comments": "stay", "sure": "1"})


def test_how_one_signs_in_can_be_said_too(paper):
    client = browser(paper.reader)
    read(client, SECURITY, f"{SECURITY}password/", f"{SECURITY}passkeys/", f"{SECURITY}app/")
    sent(client, f"{SECURITY}password/", {}, 422)
    for weak in ("ы", paper.reader.email):
        sent(client, f"{SECURITY}password/", {"password": weak}, 422)
    sent(client, f"{SECURITY}passkeys/", {}, 422)
    sent(client, f"{SECURITY}password/", {"password": PASSWORD})
    other = browser()
    other.post("/account/sign-in/", {"email": paper.reader.email, "password": PASSWORD})
    read(client, AGAIN, SECURITY)
    sent(client, AGAIN, {"password": "нет"}, 422)
    sent(client, AGAIN, {"password": PASSWORD})
    page = client.get(f"{SECURITY}app/").content.decode()
    signed = re.findall(r'name="signed_secret" value="([^"]+)"', page)[0]
    for secret in (signed, "нет"):
        sent(client, f"{SECURITY}app/", {"signed_secret": secret, "code": "000000"}, 422)
    code = shown_by_app(signed.partition(":")[0])
    sent(client, f"{SECURITY}app/", {"signed_secret": signed, "code": code})
    forget_spent()
    read(client, SECURITY, AGAIN)
    sent(client, f"{SECURITY}recovery-codes/")
    entering = browser()
    entering.post("/account/sign-in/", {"email": paper.reader.email, "password": PASSWORD})
    read(entering, "/account/second-factor/")
    for wrong in ("", "0"):
        sent(entering, "/account/second-factor/", {"code": wrong}, 422)
        sent(client, AGAIN, {"code": wrong}, 422)
    sent(entering, "/account/second-factor/", {"code": code})
    sent(client, AGAIN, {"code": code}, 422)
    forget_spent()
    sent(client, f"{SECURITY}sessions/1/end/")
    sent(client, f"{SECURITY}sessions/end/", {"others": "1"})
    sent(client, f"{SECURITY}app/removal/")


def test_whoever_tries_too_often_is_told_so_in_words_that_can_be_said(paper, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_sign_in_network": "1/600"}
    answers = [browser().post("/account/passkey/", {"credential": "нет"}) for _ in range(3)]
    assert answers[-1].status_code == 429 and words(answers[-1]) == []


def test_another_address_can_be_said_too(paper, settings):
    client = browser(paper.reader)
    read(client, "/account/address/")
    sent(client, "/account/address/", {"email": "нет"}, 422)
    sent(client, "/account/address/", {"email": "pavel@example.org"})
    letters.send_due()
    told = [letter for letter in mail.outbox if "/account/address/" in str(letter.body)]
    for letter in told:
        said(letter)
        read(browser(), re.findall(r"/account/address/\S+", str(letter.body))[0])
    assert len(told) == 2
    settings.OPTIONS = {**settings.OPTIONS, "mail_url": ""}
    read(client, "/account/address/")


def said(letter):
    """A letter's subject and its text have no word outside brackets."""
    assert OPENS in letter.subject
    for part in (
        letter.subject,
        str(letter.body),
        *(html for html, _ in getattr(letter, "alternatives", ())),
    ):
        assert untranslated(ADDRESS.sub("", part)) == [], part


def test_what_one_follows_and_its_letters_can_be_said_too(paper, settings):
    rates = dict.fromkeys([f"limit_comments_{which}" for which in ("network", "wider_network")], "99999/1")
    settings.OPTIONS = {**settings.OPTIONS, **rates, "limit_mail_domain": "9999/1"}
    comment = posted(paper.article, "Слово", "Яна", email="yana@example.org", follow="1")
    [letter] = work()
    said(letter)
    page = page_in(letter)
    client = Client()
    asking = f"{receipts.path_of(comment)}follows/"
    read(client, page, asking, f"{asking}?asked=1")
    without = posted(paper.article, "Слово дня", "Яша")
    read(client, f"{receipts.path_of(without)}follows/")
    sent(client, f"{receipts.path_of(without)}follows/", {"email": "нет"}, 422)
    sent(client, f"{receipts.path_of(without)}follows/", {"email": "", "extent": "x"}, 422)
    sent(client, f"{page}confirmation/")
    posted(paper.article, "Ответ", "Гость", parent=str(comment.seq))
    [reply] = work()
    said(reply)
    for deed, data in (("mode", {"mode": "daily"}), ("mode", {"mode": "off"}), ("ends", {"follow": "all"})):
        sent(client, f"{page}{deed}/", data)
    unproved = posted(paper.article, "Слово иначе", "Яна", email="yana@example.org")
    sent(client, f"{page}proofs/", {"comment": "x"}, 422)
    read(client, page, receipts.path_of(unproved))
    sent(client, f"{page}leave/")
    sent(client, f"{page}return/")
    door = f"/follows/new{paper.article.path}"
    read(client, door, f"{door}?asked=letter")
    sent(client, door, {"email": "нет"}, 422)
    client.force_login(paper.reader)
    read(client, door, f"{door}?asked=told", "/notices/?renewed=1", "/notices/follows/?saved=1")
    Notice.objects.bulk_create(
        Notice(reader=paper.reader, kind=kind, comment=posted(paper.article, f"Ответ {n}", "Гость"))
        for n, kind in enumerate(("replies", "mentions", "thread", "reader"))
    )
    Notice.objects.create(reader=paper.reader, kind="section", article=paper.article)
    read(client, "/notices/", "/notices/?before=999999", "/wpdiscuzsubscription/unsubscribe/?key=x")
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sent(client, "/notices/follows/preferences/", {"quiet_from": "3"}, 422)
    assert words(post(paper.article, "Слово", "Яна", follow="1")) == []


def test_every_answer_of_a_poll_can_be_said_too(paper):
    client = Client()
    place = f"{paper.asking.path}polls/1/voices/"
    for data, status in (({}, 422), ({"choice": "9"}, 422), ({"choice": "1"}, 200), ({"withdraw": "1"}, 200)):
        sent(client, place, data, status)
    for wrong in ("x", ["1", "2"]):
        sent(client, f"{paper.asking.path}polls/2/voices/", {"choice": wrong}, 422)
    sent(client, f"{paper.asking.path}polls/9/voices/", {"choice": "1"}, 404)
    sent(client, f"{paper.asking.path}polls/3/voices/", {"choice": "1"}, 409)
    foreign = client.post(place, {"choice": "1"}, HTTP_ORIGIN="https://elsewhere.example")
    assert foreign.status_code == 403 and words(foreign) == []


def test_every_word_about_pictures_can_be_said_too(paper, settings, tmp_path):
    refused = [
        send(paper.article, b"nothing", text="Слово", name="Олег", alt="Пирс"),
        send(paper.article, photograph(), text="Слово", name="Олег", alt=""),
        send(paper.article, photograph(), photograph(), photograph(), text="", name="Олег", alt="Пирс"),
    ]
    for answer in refused:
        assert answer.status_code == 422 and words(answer) == []
    taken = send(paper.article, photograph(), text="Слово", name="Олег", alt="Пирс")
    assert site.MEDIA_ROOT and taken.status_code == 303
    read(Client(), taken["Location"])
    kept = AttachedPicture.objects.get(comment__isnull=False).key
    read(Client(), f"/receipts/pictures/{kept}-480.webp", f"{taken['Location']}pictures/{'x' * 22}-480.webp")
    revised = {"text": "Слово", "pictures": "1", "kept1": kept, "alt1": ""}
    sent(Client(), f"{taken['Location']}revisions/", revised, 422)


def test_every_picture_too_many_is_refused_in_words_that_can_be_said(paper, settings, monkeypatch):
    def refuse(status, count=1, **more):
        pictures = [photograph(60 + n, 60) for n in range(count)]
        answer = send(paper.article, *pictures, text="Слово", name="Олег", alt="Пирс", **more)
        assert answer.status_code == status and words(answer) == []

    refuse(422, kept2="x" * 22, alt2="Пирс")
    four = {f"picture{n}": [file(photograph())] * 2 for n in (1, 2)}
    answer = post(paper.article, "Слово", "Олег", alt1="Пирс", **four)
    assert answer.status_code == 422 and words(answer) == []
    given = settings.OPTIONS
    settings.OPTIONS = {**given, "comment_picture_mb": 0}
    refuse(422)
    settings.OPTIONS = {**given, "comment_pictures": False}
    refuse(422)
    settings.OPTIONS = {**given, "limit_pictures_network": "1/3600"}
    refuse(429, 2)
    settings.OPTIONS = given
    monkeypatch.setattr(attaching, "MOST_WAITING", 0)
    refuse(503)

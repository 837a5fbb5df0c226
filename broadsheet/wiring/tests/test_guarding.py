"""Role × address × method: everybody is let into what the table of roles says, and into nothing else."""

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from wagtail.blocks import Block

from broadsheet.masthead import roles
from broadsheet.masthead.models import Person
from broadsheet.wiring import newsroom_addresses as table
from broadsheet.wiring.tests import newsroom_cast, newsroom_walk
from broadsheet.wiring.tests.newsroom_walk import Address

pytestmark = pytest.mark.django_db(databases="__all__")

of_one_run = pytest.mark.only_on("sqlite")
"""Who is let in is the same question on any database; the publisher's round meets every screen on both."""
ARTICLE = "wagtailsnippets_articles_article:"
LEAD_HOME = {
    "sign_in_link_by_mail",
    "sign_in_by_code",
    "wagtailadmin_home",
    "account_login",
    "mfa_authenticate",
    "security_passkey",
    "sign_out",
}
"""They lead where refusals lead, or are about a passkey or a code that nobody here has."""
MAY = {"anonymous": set(), "reader": set()} | {
    role: {key for key, right in roles.RIGHTS.items() if right.held_by(role)} for role in roles.ROLES
}


@pytest.fixture(autouse=True)
def plain_static_names(settings, tmp_path):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def people():
    return newsroom_cast.found()


class Walker:
    """Somebody who tries addresses; whatever they do is undone at once."""

    def __init__(self, people, name: str) -> None:
        self.reader = people[name]
        self.client = Client(raise_request_exception=False)  # Wagtail trips over some empty forms
        if self.reader:
            self.client.force_login(self.reader)

    def ask(self, path: str, method: str = "GET"):
        with transaction.atomic():
            answer = self.client.generic(method, path, content_type="application/x-www-form-urlencoded")
            transaction.set_rollback(True)
        self.client.cookies.pop("messages", None)  # sentences of refusals would pile up
        return answer

    def let_in(self, path: str, method: str = "GET") -> bool:
        return not turned_away(self.ask(path, method))

    def gets_through(self, path: str, method: str) -> bool:
        """An address that does not know the method has let nobody in."""
        answer = self.ask(path, method)
        return not turned_away(answer) and answer.status_code != 405


def turned_away(answer) -> bool:
    """To the door, to the first page with a sentence, or plainly; 404 is what a closed address says."""
    if answer.status_code == 302:
        return answer["Location"] == "/newsroom/" or answer["Location"].startswith("/newsroom/login/")
    return answer.status_code in {403, 404}


def addresses(people, mine) -> list[Address]:
    return newsroom_walk.every(newsroom_cast.samples(people, mine))


def may(who: str, address: Address) -> bool:
    right = table.right_for(address.name)
    return right == table.OPEN or right in MAY[who]


def asked_for(address: Address) -> str:
    """Its path, with what some screens want to be told."""
    if address.name == "wagtailadmin_block_preview":
        return f"{address.path}?id={next(iter(Block.definition_registry))}"
    return f"{address.path}?id=all" if "bulk" in address.path else address.path


@pytest.fixture
def unrendered(monkeypatch):
    """Who is let in is decided before a page is written; the publisher has all of them written."""
    monkeypatch.setattr(SimpleTemplateResponse, "render", lambda response: response)


def mistakes(people, who: str) -> str:
    """Addresses that let somebody in who may not, or turn somebody away who may."""
    walker = Walker(people, who)
    found = []
    for address in addresses(people, newsroom_cast.article_of(people[who] or people["publisher"])):
        closed = table.right_for(address.name) == ""
        if address.name in LEAD_HOME or (closed and who not in {roles.PUBLISHER, "anonymous"}):
            continue  # what is closed to the publisher is closed to everybody
        wanted = may(who, address)
        if wanted != walker.let_in(asked_for(address)):
            found.append(f"GET {address.path} ({address.name})")
        if not wanted and any(walker.gets_through(address.path, method) for method in ("POST", "HEAD")):
            found.append(f"POST or HEAD {address.path} ({address.name})")
    return "\n".join(found)


@of_one_run
@pytest.mark.parametrize("who", [who for who in newsroom_cast.PEOPLE if who != roles.PUBLISHER])
def test_everybody_is_let_into_exactly_what_the_table_of_roles_says(people, who, unrendered):
    assert mistakes(people, who) == ""


def test_the_publisher_is_shown_every_page_that_is_open_at_all(people):
    assert mistakes(people, roles.PUBLISHER) == ""


@pytest.mark.parametrize("who", ["author", "contributor"])
def test_a_writer_is_let_into_nothing_of_somebody_else_s_article(people, who):
    newsroom_cast.article_of(people[who])
    theirs = newsroom_cast.article_of(people["editor"], "The tide is early")
    walker = Walker(people, who)
    of_one = [
        each for each in addresses(people, theirs) if f"/{theirs.pk}/" in each.path and ARTICLE in each.name
    ]
    assert len(of_one) > 15
    wrong = [
        each.path
        for each in of_one
        for how in ("GET", "POST", "DELETE")
        if walker.gets_through(each.path, how)
    ]
    assert wrong == []
    ping = f"/newsroom/editing-sessions/ping/articles/article/{theirs.pk}/1/"
    assert walker.ask(ping, "POST").status_code == 404
    assert "The tide is early" not in walker.ask("/newsroom/snippets/articles/article/").content.decode()


@of_one_run
def test_an_address_written_in_another_way_opens_no_other_door(people):
    """Without its last slash, with two of them, in capitals, percent-encoded, through a detour."""
    walker = Walker(people, "moderator")
    every = addresses(people, newsroom_cast.article_of(people["editor"]))
    forbidden = {each.name.partition(":")[0]: each.path for each in every if not may("moderator", each)}
    assert len(forbidden) > 30
    opened = [
        variant
        for path in forbidden.values()
        for variant in variants(path)
        if walker.ask(variant).status_code == 200
    ]
    assert opened == []


def variants(path: str) -> list[str]:
    inside = path.removeprefix("/newsroom/")
    return [
        path.rstrip("/"),
        f"/newsroom//{inside}",
        path.upper(),
        f"/%6eewsroom/%{ord(inside[0]):x}{inside[1:]}" if inside else "/%6eewsroom",
        f"/newsroom/comments/../{inside}",
    ]


@of_one_run
def test_no_address_is_asked_in_ways_that_it_has_no_answer_for(people):
    walker = Walker(people, "publisher")
    every = addresses(people, newsroom_cast.article_of(people["editor"]))
    for address in every:
        for method in {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - table.methods_of(address.name):
            assert walker.ask(address.path, method).status_code == 405, (method, address.path)


def test_a_moderator_sees_the_discussion_and_nothing_else(people):
    every = addresses(people, newsroom_cast.article_of(people["editor"]))
    inside = {each.name for each in every if table.right_for(each.name) in MAY["moderator"]}
    assert {name for name in inside if not name.startswith(("newsroom_comment", "security_"))} == {
        "wagtailadmin_home", "own_account", "account_reauthenticate", "mfa_index", "wagtailadmin_dismissibles",
        "newsroom_questions", "newsroom_rules_article", "newsroom_discussion_closure", "newsroom_discussion_reopening",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["wagtaildocs:add", "wagtailsites:edit", "wagtailusers_groups:edit", "wagtailadmin_pages:edit",
     "wagtailadmin_collections:add", "wagtailadmin_workflows:edit", "wagtailembeds:chooser", "wagtailadmin_error_test",
     "wagtailadmin_api:images:listing", "wagtailadmin_password_reset", "wagtailimages:url_generator", "something:new"],
)  # fmt: skip
def test_what_nobody_needs_is_closed_to_everybody(name):
    assert table.right_for(name) == ""


def test_a_writer_whose_account_says_so_publishes_their_own_and_nobody_else_s(people):
    author = people["author"]
    author.user_permissions.add(Permission.objects.get(codename="publish_article"))
    mine, theirs = newsroom_cast.article_of(author), newsroom_cast.article_of(people["editor"], "Theirs")
    walker = Walker(people, "author")
    assert walker.let_in(f"/newsroom/snippets/articles/article/unpublish/{mine.pk}/")
    assert not walker.let_in(f"/newsroom/snippets/articles/article/unpublish/{theirs.pk}/")


def test_a_contributor_leaves_an_article_alone_once_it_is_published(people):
    walker = Walker(people, "contributor")
    article = newsroom_cast.article_of(people["contributor"])
    edit = f"/newsroom/snippets/articles/article/edit/{article.pk}/"
    assert walker.let_in(edit)
    article.latest_revision.publish()
    assert not walker.let_in(edit)
    assert not walker.let_in(f"/newsroom/snippets/articles/article/delete/{article.pk}/")


def test_whoever_is_in_a_byline_changes_the_article(people):
    article = newsroom_cast.article_of(people["editor"])
    person = Person.objects.create(name="Bob", slug="bob", reader=people["author"])
    article.bylines.create(person=person)
    article.save()
    assert Walker(people, "author").let_in(f"/newsroom/snippets/articles/article/edit/{article.pk}/")


def test_every_answer_of_the_newsroom_stays_out_of_strangers_frames_and_caches(people):
    walker = Walker(people, "anonymous")
    for address in addresses(people, newsroom_cast.article_of(people["editor"])):
        answer = walker.ask(address.path)
        assert answer["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}, address.path
        if table.right_for(address.name) != table.OPEN:
            assert "no-store" in answer["Cache-Control"], address.path

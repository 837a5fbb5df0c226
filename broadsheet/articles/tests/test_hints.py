import pytest

from broadsheet.articles import hints
from broadsheet.articles.models import OldAddress, Section, StandingPage
from broadsheet.articles.tests.making import make_article, make_person, make_picture, paragraph
from broadsheet.articles.tests.newsroom_forms import staff, url, write
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")


def complete(**facts):
    section = Section.objects.get_or_create(name="Harbour", slug="harbour")[0]
    return make_article(**{"standfirst": "It was late.", "section": section, **facts})


def image(picture, **words):
    return {"type": "image", "value": {"image": picture.pk, "alt": "", "credit": "", **words}}


def test_a_complete_article_has_none():
    assert hints.every(complete(blocks=[paragraph("At noon.")])) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"headline": "x" * 91}, "The headline has 91 characters"),
        ({"standfirst": ""}, "no standfirst"),
        ({"section": None}, "in no section"),
        ({"credit_url": "https://wire.example/1"}, "address and no name"),
        ({"credit": "the Wire"}, "no address"),
    ],
)
def test_what_is_missing_at_the_head_is_said(facts, said):
    (hint,) = hints.every(complete(**facts))
    assert said in hint


def test_pictures_without_words_are_named_one_by_one():
    bare, credited = make_picture(), make_picture(credit="Ines Aldana")
    gallery = {
        "type": "gallery",
        "value": {"images": [{"type": "item", "value": {"image": bare.pk, "alt": "A pier"}}]},
    }
    article = complete(lead_picture=credited, blocks=[image(bare), gallery, image(credited, decorative=True)])
    assert hints.every(article) == [
        "The lead picture has no description for those who cannot see it.",
        "Picture 1 of the body has no description for those who cannot see it.",
        "Picture 1 of the body has no credit: say whose it is.",
        "Picture 2 of the body has no credit: say whose it is.",
    ]


def test_links_that_lead_nowhere_on_this_site_are_named(settings):
    other = complete(headline="Other", slug="other")
    make_person("Ines", slug="ines")
    StandingPage.objects.create(title="About", path="/about/")
    OldAddress.objects.create(path="/old/", target=other.path)
    OldAddress.objects.create(path="/gone/")
    good = ["/", other.path, f"{settings.URL}{other.path}#c-1", "/section/harbour/", "/by/ines", "/about/", "/old/",
            "/feed.xml", "/archive/2026/", "https://elsewhere.example/nothing/", "mailto:a@example.org"]  # fmt: skip
    bad = ["/2026/02/31/never/", "/tag/none/", "/abuot/", "/gone/", f"{settings.URL}/nowhere/"]
    text = "".join(f'<a href="{href}">x</a>' for href in (*good, *bad))
    found = hints.broken_links(complete(blocks=[paragraph(text)]))
    assert found == ["/2026/02/31/never/", "/tag/none/", "/abuot/", "/gone/", "/nowhere/"]


def test_hints_stand_in_the_editor_and_in_the_list_and_keep_nobody_from_publishing():
    founding.found(name="The Ebb", email="publisher@example.org")
    editor = staff("Editors")
    article = write(editor, "publish", text="<p>" + "word " * 500 + "</p>")
    assert article.live
    page = editor.get(url("edit", article.pk)).content.decode()
    assert "There is no standfirst" in page
    assert "500 words, about 3 minutes to read" in page
    assert "hints before publishing" in editor.get(url("list")).content.decode()

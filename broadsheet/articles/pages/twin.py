"""An article as one Markdown file, for programs that read text: what is known of it, then what it says."""

import json

from django.template.loader import render_to_string
from django.utils.html import escape

from broadsheet.articles import body, corrections, figures, listing, syndication, translations
from broadsheet.articles.models import Article
from broadsheet.articles.pages import sharing
from broadsheet.articles.pages.article import find_article
from broadsheet.articles.site import absolute
from broadsheet.kit.html_to_markdown import markdown_of
from broadsheet.kit.pages import Page
from broadsheet.kit.text import clean


def markdown_twin(year: str, month: str, day: str, slug: str) -> Page:
    """`ARTICLE/index.md`"""
    article = find_article(year, month, day, slug)
    text = "\n\n".join([_front_matter(article), *_parts(article)])
    return Page(content=f"{clean(text)}\n".encode(), content_type="text/markdown; charset=utf-8")


def _front_matter(article: Article) -> str:
    """YAML between two rules; JSON's strings and lists are YAML's too."""
    changed_at = sharing.modified_at(article)
    facts = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": [person.name for person in listing.people_of(article)],
        "credit": article.credit,
        "credit_url": article.credit_url,
        "agency": article.agency,
        "licence": str(article.terms.name) if article.terms else "",
        "licence_url": article.terms.url if article.terms else "",
        "published": article.published_at.isoformat() if article.published_at else "",
        "updated": changed_at.isoformat() if changed_at else "",
        "section": article.section.name if article.section else "",
        "tags": [tagged.tag.name for tagged in article.tagged.all()],
        "language": article.written_in,
        "translations": {
            each.language: each.url for each in translations.of_article(article) if each.path != article.path
        },
        "url": absolute(article.path),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    return "\n".join(["---", *lines, "---"])


def _parts(article: Article) -> list[str]:
    pictures = figures.pictures([*body.picture_ids(article.body), *filter(None, [article.lead_picture_id])])
    lead = listing.lead_figure(article, pictures)
    said = {"article": article, "corrections": corrections.of_article(article)}
    after = render_to_string("articles/parts/corrections.html", said)
    html = figures.html_of(lead) + body.body_html(article.body, pictures) + after
    head = [f"# {markdown_of(escape(article.headline))}", markdown_of(escape(article.standfirst))]
    return [part for part in (*head, markdown_of(syndication.portable(html, article.path))) if part]

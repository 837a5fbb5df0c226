"""Every address of the newsroom that answers, by its name in the URLs, and the right it asks for: one table.

What stands here nowhere answers nobody (404). Wagtail brings many screens that this newsroom has no use for (a page
tree, documents, sites, groups), and each would be a way in.
"""

from fnmatch import fnmatchcase

OPEN = "open"
"""For everybody: what signing in itself needs."""

_ARTICLE, _STANDING = "wagtailsnippets_articles_article:", "wagtailsnippets_articles_standingpage:"
_PEOPLE, _PERSON_CHOOSER = "wagtailsnippets_masthead_person:", "wagtailsnippetchoosers_masthead_person:"

_RIGHTS: list[tuple[str, str]] = [
    ("account_login", OPEN),
    ("mfa_login_webauthn", OPEN),
    ("mfa_authenticate", OPEN),
    ("sign_in_link_by_mail", OPEN),
    ("sign_in_by_code", OPEN),
    ("sign_in_by_link", OPEN),
    ("sign_out", OPEN),
    ("wagtailadmin_sprite", OPEN),
    ("wagtailadmin_javascript_catalog", OPEN),
    ("wagtailadmin_home", "enter"),
    ("own_account", "enter"),
    ("account_reauthenticate", "enter"),
    ("mfa_index", "enter"),
    ("security_*", "enter"),
    ("wagtailadmin_dismissibles", "enter"),
    # Articles. What is done with one of them also asks whose it is.
    (f"{_ARTICLE}unpublish", "publish"),
    (f"{_ARTICLE}revisions_unschedule", "publish"),
    (f"{_ARTICLE}confirm_workflow_cancellation", "publish"),
    (f"{_ARTICLE}lock", "edit"),
    (f"{_ARTICLE}unlock", "edit"),
    (f"{_ARTICLE}workflow_action", "edit"),
    (f"{_ARTICLE}collect_workflow_action_data", "edit"),
    (f"{_ARTICLE}workflow_preview", "edit"),
    (f"{_ARTICLE}*", "write"),
    ("newsroom_correction*", "publish"),
    ("newsroom_version_*", "edit"),
    ("wagtailadmin_editing_sessions:*", "write"),
    ("wagtailadmin_block_preview", "write"),
    ("newsroom_links*", "write"),
    ("wagtailadmin_choose_page_*_link", "write"),
    ("wagtailadmin_tag_autocomplete", "write"),
    ("wagtailadmin_tag_model_autocomplete", "write"),
    ("wagtailsnippetchoosers_articles_article:create", ""),
    ("wagtailsnippetchoosers_articles_article:*", "write"),
    (f"{_PERSON_CHOOSER}create", "file"),
    (f"{_PERSON_CHOOSER}*", "write"),
    # Pictures.
    ("wagtailimages_chooser:create", "add pictures"),
    ("wagtailimages_chooser:*", "write"),
    ("wagtailimages:url_generator*", ""),
    ("wagtailimages:preview", ""),
    ("wagtailimages:*", "add pictures"),
    ("wagtail_bulk_action articles.picture", "change pictures"),
    # What articles are filed under, and pages that stand.
    (f"{_STANDING}*", "file"),
    ("wagtailsnippets_articles_section:*", "file"),
    ("wagtailsnippets_articles_tag:*", "file"),
    (f"{_PEOPLE}*", "file"),
    # The front page.
    ("wagtailsnippets_articles_arrangement:edit", "arrange"),
    ("wagtailsnippets_articles_arrangement:preview_on_edit", "arrange"),
    ("wagtailsnippets_articles_arrangement:history*", "arrange"),
    ("wagtailsnippets_articles_arrangement:usage", "arrange"),
    ("newsroom_front*", "arrange"),
    # Who did what.
    ("wagtailadmin_reports:site_history*", "review"),
    # The discussion.
    ("newsroom_comment*", "moderate"),
    ("newsroom_asking*", "ask"),
    ("newsroom_questions", "enter"),
    ("newsroom_rules", "found"),
    ("newsroom_rules_section", "file"),
    # Of an article: for moderators, and for whoever may change it.
    ("newsroom_rules_article", "enter"),
    ("newsroom_discussion_*", "enter"),
    # The publication and its staff.
    ("newsroom_letters*", "found"),
    ("wagtailsnippets_masthead_publication:edit", "found"),
    ("wagtailsnippets_masthead_publication:preview_on_edit", "found"),
    ("wagtailsnippets_masthead_publication:history*", "found"),
    ("wagtailsnippets_masthead_publication:usage", "found"),
    ("wagtailusers_users:copy", ""),
    ("wagtailusers_users:usage", ""),
    ("wagtailusers_users:*", "staff"),
    ("wagtail_bulk_action readers.reader", "staff"),
]
"""The first line that matches counts; an empty right closes what a line below would open."""

DEEDS_OF_ONE = {
    f"{_ARTICLE}unpublish": "publish",
    f"{_ARTICLE}revisions_unschedule": "publish",
    f"{_ARTICLE}confirm_workflow_cancellation": "publish",
    f"{_ARTICLE}delete": "delete",
}
"""What is asked of one article's policy; everything else about one asks whether it may be changed."""

_READING = frozenset({"GET", "HEAD"})
_METHODS = [("*:preview_on_*", _READING | {"POST", "DELETE"}), ("*", _READING | {"POST"})]


def right_for(name: str) -> str:
    """The key in `roles.RIGHTS` that an address asks for; OPEN, or empty where it is closed."""
    return next((right for pattern, right in _RIGHTS if fnmatchcase(name, pattern)), "")


def methods_of(name: str) -> frozenset[str]:
    """The HTTP methods that an address may be asked with at all."""
    return next(methods for pattern, methods in _METHODS if fnmatchcase(name, pattern))

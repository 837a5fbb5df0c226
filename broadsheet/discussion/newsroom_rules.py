"""The newsroom's screens of a discussion's rules: of the publication, of a section, of an article, one form for all.

An article's screen also closes its discussion and opens it again.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from broadsheet.articles.models import Article, Section
from broadsheet.discussion import closing, ruling, telling
from broadsheet.discussion.models import Closure, Rules
from broadsheet.discussion.ruling import InForce, Subject
from broadsheet.kit.text import clean_line
from broadsheet.masthead.models import Publication
from broadsheet.readers.proving import reader_of

LONGEST_REASON = 200
NEVER, DAYS = "never", "days"
PAUSES = {
    0: "As fast as anybody likes",
    15: "One comment every 15 seconds",
    30: "One comment every 30 seconds",
    60: "One comment a minute",
    120: "One comment every 2 minutes",
    300: "One comment every 5 minutes",
    600: "One comment every 10 minutes",
    1800: "One comment every half hour",
    3600: "One comment an hour",
}


class RulesForm(forms.Form):
    """Empty choices leave it to the level above, and say what that says."""

    who = forms.ChoiceField(label="Who may comment", required=False)
    hold = forms.ChoiceField(
        label="What a moderator reads before it appears",
        required=False,
        help_text="Beside what the gates hold, such as a guest’s comment with a link. The staff’s own always appear.",
    )
    first_comments = forms.IntegerField(
        label="First comments: until so many are published",
        min_value=1,
        max_value=100,
        required=False,
        help_text="Counted by account, or by the e-mail address a guest gives. A guest without one is always new.",
    )
    closing = forms.ChoiceField(label="When comments close", required=False)
    days = forms.IntegerField(label="Days after publication", min_value=1, max_value=3650, required=False)
    slow_seconds = forms.ChoiceField(
        label="Slow mode",
        required=False,
        help_text="For each reader, or each network of guests, in each discussion.",
    )

    def __init__(self, *args: Any, own: Rules, above: InForce, level_above: str, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(own, above, level_above)
        super().__init__(*args, **kwargs)
        pauses = {
            **PAUSES,
            **{n: f"One comment every {n} seconds" for n in (own.slow_seconds,) if n and n not in PAUSES},
        }
        ends = (
            f"After {above.close_after_days} day{pluralize(above.close_after_days)}"
            if above.close_after_days
            else "Never"
        )
        pause = pauses.get(above.slow_seconds, f"One comment every {above.slow_seconds} seconds")
        for name, choices, says in (
            ("who", Rules.Who.choices, Rules.Who(above.who).label),
            ("hold", Rules.Hold.choices, Rules.Hold(above.hold).label),
            ("closing", [(NEVER, "Never, until somebody closes them"), (DAYS, "After so many days")], ends),
            ("slow_seconds", [(str(n), words) for n, words in sorted(pauses.items())], pause),
        ):
            left_open = [("", f"{says}, as {level_above} says")] if level_above else []
            self.fields[name].choices = [*left_open, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("closing") == DAYS and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", "Say after how many days.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """As the rules keep them."""
        data = self.cleaned_data
        first = data["first_comments"] or 1
        return {
            "who": data["who"],
            "hold": data["hold"],
            "first_comments": first if data["hold"] == Rules.Hold.FIRST else None,
            "close_after_days": {NEVER: 0, DAYS: data["days"]}.get(data["closing"]),
            "slow_seconds": int(data["slow_seconds"]) if data["slow_seconds"] else None,
        }


def _initial(own: Rules, above: InForce, level_above: str) -> dict[str, Any]:
    """What it says itself; the publication, above which nobody stands, says what holds without its saying so."""
    unsaid = InForce() if not level_above else None
    days = own.close_after_days if own.close_after_days is not None else unsaid and unsaid.close_after_days
    pause = own.slow_seconds if own.slow_seconds is not None else unsaid and unsaid.slow_seconds
    return {
        "who": own.who or (unsaid and unsaid.who),
        "hold": own.hold or (unsaid and unsaid.hold),
        "first_comments": own.first_comments or above.first_comments,
        "closing": "" if days is None else (DAYS if days else NEVER),
        "days": days or None,
        "slow_seconds": "" if pause is None else str(pause),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def publication_rules(request: HttpRequest) -> HttpResponse:
    return _screen(request, Publication.current(), "newsroom_rules")


@require_http_methods(["GET", "HEAD", "POST"])
def section_rules(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, get_object_or_404(Section, pk=pk), "newsroom_rules_section")


@require_http_methods(["GET", "HEAD", "POST"])
def article_rules(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, get_object_or_404(Article, pk=pk), "newsroom_rules_article")


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the discussion of an article; readers are shown the reason."""
    article = get_object_or_404(Article, pk=pk)
    reason = clean_line(request.POST.get("reason", ""))[:LONGEST_REASON]
    try:
        closing.close(article, by=reader_of(request), reason=reason)
    except closing.NotPossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, "The discussion is closed.")
    return redirect("newsroom_rules_article", pk)


@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    try:
        closing.reopen(article, by=reader_of(request))
    except closing.NotPossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, "The discussion is open again.")
    return redirect("newsroom_rules_article", pk)


def _screen(request: HttpRequest, subject: Subject, name: str) -> HttpResponse:
    by = reader_of(request)
    if not ruling.may_set(by, subject):
        raise PermissionDenied
    own, above = ruling.own(subject), ruling.above(subject)
    data = request.POST if request.method == "POST" else None
    form = RulesForm(data, own=own, above=above, level_above=level_above(subject))
    if data is not None and form.is_valid():
        ruling.set_rules(subject, form.values, by=by)
        messages.success(request, "The rules are saved. Readers see them within moments.")
        return redirect(name, *([] if isinstance(subject, Publication) else [subject.pk]))
    context: dict[str, Any] = {"form": form, "subject": subject, "own": own}
    context["longest_reason"] = LONGEST_REASON
    context |= {"edit_path": edit_path(subject), "article": subject if isinstance(subject, Article) else None}
    if isinstance(subject, Article):
        context |= _of_article(subject)
    return render(request, "discussion/newsroom/rules.html", context, status=422 if form.errors else 200)


def _of_article(article: Article) -> dict[str, Any]:
    """What holds under it now, and when it was closed and opened before."""
    closures = Closure.objects.filter(article=article).select_related("closed_by", "reopened_by")
    return {
        "told": telling.told(article, ruling.of_article(article)),
        "closures": closures.order_by("-pk")[:20],
    }


def level_above(subject: Subject) -> str:
    """Who says what it leaves open; empty for the publication."""
    if isinstance(subject, Publication):
        return ""
    section = subject.parent if isinstance(subject, Section) else subject.section
    return f"the section “{section}”" if section else "the publication"


def edit_path(subject: Subject) -> str:
    """Where it is edited."""
    meta = subject._meta
    return reverse(f"wagtailsnippets_{meta.app_label}_{meta.model_name}:edit", args=[subject.pk])


def rules_path(subject: Subject) -> str:
    """Where its rules are set."""
    if isinstance(subject, Publication):
        return reverse("newsroom_rules")
    return reverse(f"newsroom_rules_{subject._meta.model_name}", args=[subject.pk])

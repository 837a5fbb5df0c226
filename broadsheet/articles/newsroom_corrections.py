"""The newsroom's screens for what was said in public: corrections, and the versions readers were given."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages as admin_messages
from wagtail.admin.widgets.button import Button

from broadsheet.articles import correcting, corrections, owning, sealing
from broadsheet.articles.models import Article, Correction, Version
from broadsheet.readers import proving

_HELP = "Plain words: what was wrong, and what is right. Readers see it above and below the text, and in the feed."


class CorrectionForm(forms.Form):
    kind = forms.ChoiceField(choices=Correction.Kind.choices)
    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_HELP)
    version = forms.ModelChoiceField(
        Version.objects.none(),
        required=False,
        empty_label="No change of the text",
        label="Put right in",
        help_text="The published change that this explains.",
    )

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        changes = article.versions.filter(number__gt=1).order_by("-number")
        super().__init__(*args, **{"initial": {"version": changes.first()}, **kwargs})
        chosen = self.fields["version"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101 - declared above
        chosen.queryset = changes


class ReasonForm(forms.Form):
    """`longest` in characters."""

    def __init__(self, longest: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(max_length=longest, help_text="Readers see it.")


class CorrectingMixin:
    """For an article's editing screen: the way to its corrections, and the question after a change in public."""

    object: Article
    request: HttpRequest
    action: str

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = list(super().header_more_buttons)  # type: ignore[misc]
        if self.object.published_on and owning.may_publish(self.request.user, self.object):
            url = reverse("newsroom_corrections", args=[self.object.pk])
            buttons.append(Button("Corrections and versions", url=url, icon_name="history", priority=15))
        return buttons

    def get_success_buttons(self) -> list[Any]:
        """After readers were given other words: is a correction due? A question, never a wall."""
        buttons: list[Any] = list(super().get_success_buttons())  # type: ignore[misc]
        if self.action == "publish" and self.object.versions.filter(number__gt=1).exists():
            url = reverse("newsroom_corrections", args=[self.object.pk])
            buttons.append(admin_messages.button(url, "Was something wrong? Add a correction"))
        return buttons


@require_http_methods(["GET", "HEAD", "POST"])
def article_corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said about an article, the form to say more, and its versions."""
    article = get_object_or_404(Article.objects.exclude(published_on=None), pk=pk)
    if not owning.may_publish(request.user, article):
        raise PermissionDenied
    form = CorrectionForm(article, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "text", "version")}
        if _do(
            request,
            lambda: correcting.correct(article, by=proving.reader_of(request), **said),
            "Readers see it now.",
        ):
            return redirect("newsroom_corrections", pk)
    context = {
        "article": article,
        "form": form,
        "corrections": corrections.of_article(article)[::-1],
        "versions": article.versions.prefetch_related("seals").order_by("-number"),
        "may_seal": request.user.has_perm(owning.CHANGE),
    }
    return render(request, "articles/newsroom/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    correction = get_object_or_404(Correction.objects.select_related("article"), pk=pk)
    return _with_reason(
        request,
        correction.article,
        f"Withdraw the {correction.get_kind_display().lower()}",
        "It stays to be read, struck through, with your reason.",
        300,
        lambda reason: correcting.withdraw(correction, by=proving.reader_of(request), reason=reason),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def version_seal(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(Version.objects.select_related("article"), pk=pk)
    return _with_reason(
        request,
        version.article,
        f"Remove version {version.number} from readers",
        "Where law or somebody's safety wants it. Its address will say that it was removed, when, and why.",
        200,
        lambda reason: sealing.seal(version, by=proving.reader_of(request), reason=reason),
    )


@require_POST
def version_unsealing(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(Version.objects.select_related("article"), pk=pk)
    _do(request, lambda: sealing.unseal(version, by=proving.reader_of(request)), "Readers can read it again.")
    return redirect("newsroom_corrections", version.article_id)


def _with_reason(
    request: HttpRequest,
    article: Article,
    title: str,
    about: str,
    longest: int,
    deed: Callable[[str], object],
) -> HttpResponse:
    if not owning.may_publish(request.user, article):
        raise PermissionDenied
    form = ReasonForm(longest, request.POST or None)
    given = request.method == "POST" and form.is_valid()
    if given and _do(request, lambda: deed(form.cleaned_data["reason"]), "Done; readers see it."):
        return redirect("newsroom_corrections", article.pk)
    context = {"article": article, "form": form, "title": title, "about": about}
    return render(request, "articles/newsroom/reason.html", context)


def _do(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    try:
        deed()
    except correcting.NotPossible as impossible:
        messages.error(request, str(impossible))
        return False
    messages.success(request, done)
    return True

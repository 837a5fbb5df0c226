"""The newsroom's screens for what readers are asked: prompt and question time of an article, and what waits."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from broadsheet.articles.models import Article
from broadsheet.discussion import answering, asking, inserting, polling, reading
from broadsheet.discussion.models import Expert, QuestionTime
from broadsheet.kit.text import clean_line
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader
from broadsheet.readers.proving import reader_of

LONGEST_PROMPT = 300


class PromptForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST_PROMPT,
        required=False,
        label="What do you ask readers?",
        help_text="It stands above the form, until you leave it empty here.",
    )

    def clean_text(self) -> str:
        return clean_line(self.cleaned_data["text"])


class ExpertForm(forms.Form):
    """Somebody of the masthead, or a reader by the address of their account."""

    person = forms.ModelChoiceField(
        Person.objects.order_by("name"),
        required=False,
        empty_label="Nobody of the masthead",
        help_text="Whose replies count as answers is told by the account that this person has.",
    )
    email = forms.EmailField(required=False, label="Or a reader, by the e-mail address of their account")
    reader: Reader | None = None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        self.reader = Reader.objects.filter(email__iexact=email, is_active=True).first() if email else None
        if email and self.reader is None:
            raise forms.ValidationError("No account has this address.")
        return email

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("person")) == bool(self.reader):
            raise forms.ValidationError("Choose somebody of the masthead, or give the address of a reader.")
        return cleaned


def askers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse whoever may not ask readers; Wagtail tells them so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(asking.PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def article_asking(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers of an article are asked; POST `text` asks them something else."""
    article = _article(pk)
    form = PromptForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        thread = reading.started_thread_of(article)
        asking.ask(thread, form.cleaned_data["text"], by=reader_of(request))
        messages.success(request, "Readers see it in a moment.")
        return redirect("newsroom_asking", pk)
    return _screen(request, article, prompt_form=form)


@askers_only
@require_POST
def question_time(request: HttpRequest, pk: int) -> HttpResponse:
    """Roots of this article's discussion are questions from now on."""
    asking.open_question_time(reading.started_thread_of(_article(pk)), by=reader_of(request))
    messages.success(request, "Question time is open.")
    return redirect("newsroom_asking", pk)


@askers_only
@require_POST
def question_time_end(request: HttpRequest, pk: int) -> HttpResponse:
    asking.end_question_time(_question_time(pk), by=reader_of(request))
    messages.success(request, "Question time is over; what was said stays.")
    return redirect("newsroom_asking", pk)


@askers_only
@require_POST
def experts(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `person` or `email`: who answers."""
    form = ExpertForm(request.POST)
    if not form.is_valid():
        return _screen(request, _article(pk), expert_form=form)
    person = form.cleaned_data["person"]
    try:
        named = asking.name_expert(
            _question_time(pk), by=reader_of(request), person=person, reader=form.reader
        )
    except asking.NotPossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, f"{named.name} answers here.")
    return redirect("newsroom_asking", pk)


@askers_only
@require_POST
def expert_end(request: HttpRequest, pk: int) -> HttpResponse:
    expert = get_object_or_404(Expert.objects.select_related("question_time__thread"), pk=pk)
    asking.drop_expert(expert)
    messages.success(request, f"{expert.name} answers here no more.")
    return redirect("newsroom_asking", expert.question_time.thread.article_id)


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """What waits for an answer: for an expert in their question times, for whoever may ask in all."""
    me = reader_of(request)
    everybody = me.has_perm(asking.PERMISSION)
    waiting = answering.waiting_for(None if everybody else me.pk)
    return render(request, "discussion/newsroom/questions.html", {"waiting": waiting})


def _article(pk: int) -> Article:
    """A draft too: what readers are asked may stand there from the first moment."""
    article: Article = get_object_or_404(Article, pk=pk)
    return article


def _question_time(pk: int) -> QuestionTime:
    return get_object_or_404(QuestionTime, thread__article=pk, ended_at=None)


def _screen(
    request: HttpRequest,
    article: Article,
    *,
    prompt_form: PromptForm | None = None,
    expert_form: ExpertForm | None = None,
) -> HttpResponse:
    thread = reading.thread_of(article)
    prompt = asking.prompt_of(thread)
    polls = list(thread.polls.all()) if thread.pk else []
    choices = polling.choices_of(polls)
    context = {
        "article": article,
        "prompt": prompt,
        "prompt_form": prompt_form or PromptForm(initial={"text": prompt.text if prompt else ""}),
        "question_time": asking.question_time_of(thread),
        "expert_form": expert_form or ExpertForm(),
        "polls": [inserting.shown_poll(poll, choices[poll.pk], article) for poll in polls],
        "passages": list(thread.passages.all()) if thread.pk else [],
    }
    status = 422 if prompt_form or expert_form else 200
    return render(request, "discussion/newsroom/asking.html", context, status=status)

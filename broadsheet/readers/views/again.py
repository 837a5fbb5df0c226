"""Say again who you are, before something that opens doors is changed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.auth import require_admin_access

from broadsheet.readers import proving, tries
from broadsheet.readers.forms import ways_again
from broadsheet.readers.views.doors import address_of, own_path, too_many


@never_cache
@sensitive_post_parameters()
@require_admin_access
def again(request: HttpRequest) -> HttpResponse:
    """One page with all ways; whichever is sent is looked at."""
    reader = proving.reader_of(request)
    then = own_path(request.POST.get("next") or request.GET.get("next", "")) or "/newsroom/account/security/"
    posted = request.POST if request.method == "POST" else {}
    if posted:
        typed = "password" in posted or "code" in posted
        if refused := tries.count("again", address_of(request), reader.email if typed else ""):
            return too_many(request, refused)
    if "ask" in posted:
        return JsonResponse(proving.ask_for_passkey(reader))
    ways = ways_again(reader, posted)
    for name, form in ways.items():
        if form.is_bound and form.is_valid():
            if name == "password":
                proving.proved_again(request, reader, "password")
            else:
                form.save()
            return redirect(then)
    status = 422 if any(form.is_bound for form in ways.values()) else 200
    return render(request, "readers/again.html", {"ways": ways, "then": then}, status=status)

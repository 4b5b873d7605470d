"""Pages of the old site: an export sent, its plan looked at, brought in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from news import actions
from news.enums import OldState, OldVerdict
from news.forms import tell_oversize
from news.media_forms import OldSiteForm
from news.queries import oldsite, units_to_write_for
from people.access import with_right
from people.actors import actor_of

PAGE = 50
MOVING = {OldState.TRYING, OldState.QUEUED, OldState.RUNNING}


@with_right("news.publish")
@require_safe
def old_site_list(request: HttpRequest) -> HttpResponse:
    """Exports sent so far."""
    page = Paginator(oldsite.old_sites_for(actor_of(request)), PAGE).get_page(request.GET.get("trang"))
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return render(request, "news/old_site_list.html", {"page": page, "page_range": list(numbers)})


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def old_site_new(request: HttpRequest) -> HttpResponse:
    """An export sent: nothing is written but the plan."""
    by = actor_of(request)
    form = OldSiteForm(by, request.POST or None, request.FILES or None, initial=_initial(by))
    if request.method == "POST":
        tell_oversize(request, form, "file")
        if form.is_valid():
            given = form.cleaned_data
            try:
                site = actions.take_in_old_site(by=by, unit=given["unit"], file=given["file"], about=given)
            except Refused as refused:
                refused.add_to_form(form)
            else:
                return redirect("old_site", site.pk)
    return render(request, "news/old_site_new.html", {"form": form}, status=422 if form.errors else 200)


@with_right("news.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def old_site(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: what becomes what, what cannot; how far it is; the button that brings it in."""
    by = actor_of(request)
    site = get_object_or_404(oldsite.old_sites_for(by), pk=pk)
    if request.method == "POST":
        try:
            actions.start_old_site(by=by, site=site)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The articles are being brought in. This page can be left."))
        return redirect("old_site", pk)
    verdict = request.GET.get("ket-qua", "")
    verdict = verdict if verdict in OldVerdict.values else ""
    page = Paginator(oldsite.items_of(site, verdict), PAGE).get_page(request.GET.get("trang"))
    counts = oldsite.counts_of(site)
    context = {
        "site": site,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "verdict": verdict,
        "counts": [(code, label, counts.get(code, 0)) for code, label in OldVerdict.choices],
        "is_moving": site.state in MOVING,
        "may_start": site.state == OldState.TRIED
        or (site.state == OldState.FAILED and oldsite.unfinished(site) > 0),
        "open": counts.get(OldVerdict.NEW, 0) + counts.get(OldVerdict.DRAFT, 0),
    }
    return render(request, "news/old_site.html", context)


def _initial(by: Actor) -> dict[str, object]:
    first = units_to_write_for(by).filter(pk__in=[hold.unit_id for hold in by.holds]).first()
    return {"unit": first, "publishes": True}

"""Lists that leave the portal: as Excel, as an annex on paper; and the one door to private files."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.dates import paper_date
from foundation.money import dotted
from foundation.refusal import Refused
from people.access import signed_in_only, with_right
from people.actions.exports import MOST_ROWS, ask_export, make_export
from people.actors import actor_of
from people.forms.exports import AnnexForm, ExportForm
from people.forms.person import RegisterForm
from people.models import Export
from people.permissions import may
from people.queries.exports import SOURCES, file_for, for_list, unit_names, visible_exports
from people.queries.register import at_most, everyone
from people.rules.rights import term
from people.tasks import wake_exports

AT_ONCE = 2_000  # rows: up to here the file is made while the page waits
MOST_ON_PAPER = 2_000


@with_right("people.export")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def export_new(request: HttpRequest) -> HttpResponse:
    """What the list will hold and how many; then it is made, at once or in the background."""
    by = actor_of(request)
    filters = RegisterForm(request.GET, by=by)
    wanted = filters.wanted()
    form = ExportForm(request.POST or None, with_identity=may(by, "people.reveal"))
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_export(
                by=by, wanted=wanted, columns=form.chosen(), reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            if export.rows <= AT_ONCE:
                make_export(by=by, pk=export.pk)
            else:
                wake_exports()
            return redirect("export", pk=export.pk)
    count = at_most(everyone(by, wanted, "people.export")[0], MOST_ROWS + 1)
    context = {"form": form, "count": count, "days": term("export_file_days", by.on), "wanted": wanted}
    return render(request, "people/export_new.html", context)


@with_right("people.export")
@require_safe
@never_cache
def export_list(request: HttpRequest) -> HttpResponse:
    """Lists I made, latest first."""
    by = actor_of(request)
    found = visible_exports(by).filter(by_user=by.user).select_related("file").order_by("-created_at")[:100]
    exports = [(one, SOURCES[one.what].title(one.filters)) for one in found]
    context = {"exports": exports, "days": term("export_file_days", by.on)}
    return render(request, "people/export_list.html", context)


@with_right("people.export")
@require_safe
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: how far it is, then its file. htmx asks for the progress alone."""
    by = actor_of(request)
    mine = visible_exports(by).filter(by_user=by.user).select_related("file")
    found: Export = get_object_or_404(mine, pk=pk)
    partial = request.headers.get("HX-Request") == "true"
    template = "people/export_progress.html" if partial else "people/export.html"
    return render(request, template, {"export": found})


@signed_in_only
@require_safe
@never_cache
def stored_file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A private file, to whoever made or uploaded it; 404 for all others."""
    stored = file_for(actor_of(request), key)
    if stored is None:
        raise Http404
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )


@with_right("people.see")
@require_safe
@never_cache
def people_annex(request: HttpRequest) -> HttpResponse:
    """The list on paper: heading, day, signatures, repeated head; no identity number, no phone."""
    by = actor_of(request)
    filters = RegisterForm(request.GET, by=by)
    wanted = filters.wanted()
    form = AnnexForm(request.GET)
    form.is_valid()
    people = everyone(by, wanted)[0]
    count = at_most(people, MOST_ON_PAPER + 1)
    if count > MOST_ON_PAPER:
        most = dotted(MOST_ON_PAPER)
        messages.error(
            request, _("More than %(most)s people do not go on paper: choose a unit.") % {"most": most}
        )
        return redirect("people_list")
    listed = for_list(people, by.on, ["unit"])
    hold = next((hold for hold in by.holds if "people.see" in hold.may), None)
    context = {
        "rows": [(person, unit_names(person)) for person in listed],
        "heading": form.cleaned_data.get("tieu_de") or _("List of people"),
        "signing": form.cleaned_data.get("chu_ky") or "two",
        "form": form,
        "as_of": by.on,
        "paper_day": paper_date(by.on),
        "unit": wanted.unit.name if wanted.unit else hold.unit_name if hold else settings.CHAPTER["name"],
        "filters": [(name, value) for name, value in request.GET.items() if name not in form.fields],
    }
    return render(request, "people/people_annex.html", context)

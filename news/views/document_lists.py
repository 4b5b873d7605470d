"""Documents brought in by a list: tried, looked at, then entered as drafts."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.refusal import Refused
from news.actions.document_lists import enter_list, try_list
from news.document_forms import ListForm
from news.forms import tell_oversize
from news.queries.shelf import MANAGE, units_to_keep_for
from people.access import with_right
from people.actors import actor_of

SALT = "news.document_list"
HOURS = 4


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def document_import(request: HttpRequest) -> HttpResponse:
    """First POST: the list is tried and shown row by row. Second: what nothing stands against is entered."""
    by = actor_of(request)
    if request.POST.get("danh-sach"):
        return _enter(request)
    form = ListForm(by, request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST":
        tell_oversize(request, form, "file")
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            rows = try_list(by=by, unit=unit, file=form.cleaned_data["file"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            good = [row.values for row in rows if not row.problems]
            packed = signing.dumps({"unit": unit.pk, "rows": good}, salt=SALT, compress=True)
            context |= {"rows": rows, "good": len(good), "packed": packed, "unit": unit}
    return render(request, "news/document_import.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest) -> HttpResponse:
    by = actor_of(request)
    try:
        told = signing.loads(request.POST["danh-sach"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, _("The list waited too long. Send it again."))
        return redirect("document_import")
    unit = units_to_keep_for(by).filter(pk=told["unit"]).first()
    if unit is None:
        messages.error(request, _("The list waited too long. Send it again."))
        return redirect("document_import")
    try:
        entered = enter_list(by=by, unit=unit, rows=told["rows"])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("document_import")
    messages.success(
        request, _("%(n)d documents entered as drafts. Add files, then publish.") % {"n": entered}
    )
    return redirect("document_register")

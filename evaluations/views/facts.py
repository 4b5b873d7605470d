"""Dated facts of a working life; the register of employments as a file."""

import tempfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evaluations import actions
from evaluations.enums import STAFF
from evaluations.forms.ratings import ReasonForm
from evaluations.forms.years import EndFactForm, FactForm
from evaluations.models import StaffFact
from evaluations.printing.register import write_register
from evaluations.queries import covered, visible_staff
from evaluations.views.staff import register_of, units_of
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.sheets import XLSX


@with_right(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_fact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a discipline, leave, probation, secondment of somebody employed."""
    by = actor_of(request)
    rows = visible_staff(by).filter(unit__in=covered(by, STAFF)).select_related("person", "unit")
    row = get_object_or_404(rows, pk=pk)
    form = FactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_fact(by=by, employment=row, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Entered; ratings of its days count it."))
            return redirect("staff", pk)
    return render(request, "evaluations/staff_fact_new.html", {"row": row, "form": form})


@with_right(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_fact(request: HttpRequest, pk: int) -> HttpResponse:
    """One fact: its last day, or taking it away with a reason."""
    by = actor_of(request)
    rows = StaffFact.objects.filter(unit__in=covered(by, STAFF)).select_related("person", "unit")
    fact = get_object_or_404(rows, pk=pk)
    job = visible_staff(by).filter(person=fact.person).order_by("-during").first()
    is_removal = request.POST.get("act") == "remove"
    end = EndFactForm(None if is_removal else request.POST or None)
    removal = ReasonForm(request.POST if is_removal else None)
    form: Any = removal if is_removal else end
    if request.method == "POST" and form.is_valid():
        try:
            if is_removal:
                actions.remove_fact(by=by, fact=fact, **form.cleaned_data)
            else:
                actions.end_fact(by=by, fact=fact, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("staff", job.pk) if job else redirect("staff_list")
    context = {"fact": fact, "job": job, "end": end, "removal": removal}
    return render(request, "evaluations/staff_fact.html", context)


@with_right(STAFF)
@require_POST
def staff_export(request: HttpRequest) -> FileResponse:
    """The register as its filters show it, as Excel; who took it out is noted."""
    by = actor_of(request)
    units = units_of(request, STAFF)
    rows = register_of(by, request.POST).filter(unit__in=covered(by, STAFF))
    top = units.order_by("code")[0]
    actions.export_staff(by=by, unit=top, count=rows.count())
    out = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write_register(out, top.name, rows, by.on)
    out.seek(0)
    name = f"so-nhan-su-{top.code}-{by.on:%Y-%m-%d}.xlsx".lower()
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)

"""Who is employed how; the timesheet; criteria sets; what the city decided for a year."""

import io
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evaluations import actions
from evaluations.enums import DECIDE, MANAGE, PAY, SCORE, STAFF, LegalStatus
from evaluations.forms.cycles import CriteriaForm
from evaluations.forms.staff import EmploymentForm, EndForm, TimesheetForm, YearRateForm, month_of
from evaluations.models import CriteriaSet, Employment, StaffFact, YearRate
from evaluations.queries import covered, visible_staff
from evaluations.queries.timesheet import SheetRow, read_timesheet, write_template
from foundation.refusal import Refused
from foundation.text import fold
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.models import Person, Unit
from people.permissions import may
from people.queries import visible_people
from people.sheets import XLSX

PAGE = 50
SALT = "evaluations.timesheet"


def units_of(request: HttpRequest, right: str) -> Any:
    by = actor_of(request)
    return Unit.objects.filter(pk__in=covered(by, right), valid__contains=by.on).order_by("code")


@with_right(STAFF, PAY)
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """Who is employed today, or was on a day: unit, legal status, coefficient, pay track."""
    by = actor_of(request)
    query, status = request.GET.get("q", "").strip(), request.GET.get("doi-tuong", "")
    page = Paginator(register_of(by, request.GET), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "query": query,
        "status": status,
        "statuses": LegalStatus.choices,
        "shows_all": request.GET.get("xem") == "tat-ca",
        "may_change": may(by, STAFF),
        "may_pay": may(by, PAY),
    }
    return render(request, "evaluations/staff_list.html", context)


def register_of(by: Actor, asked: QueryDict) -> QuerySet[Employment]:
    """The employments the filters of the register's page name, by unit and name."""
    rows = visible_staff(by).select_related("person", "unit")
    if asked.get("xem") != "tat-ca":
        rows = rows.filter(during__contains=by.on)
    if query := asked.get("q", "").strip():
        rows = rows.filter(person__search_name__contains=f" {fold(query)}")
    if (status := asked.get("doi-tuong", "")) in LegalStatus.values:
        rows = rows.filter(status=status)
    return rows.order_by("unit__code", "person__sort_key", "during")


@with_right(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_new(request: HttpRequest) -> HttpResponse:
    """Somebody begins to work for a unit."""
    by = actor_of(request)
    people = visible_people(by).order_by("sort_key", "pk")
    if query := request.GET.get("q", "").strip():
        people = people.filter(search_name__contains=f" {fold(query)}")
    if request.method != "POST":
        people = Person.objects.filter(pk__in=list(people.values_list("pk", flat=True)[:100])).order_by(
            "sort_key"
        )
    form = EmploymentForm(request.POST or None, people=people, units=units_of(request, STAFF))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.employ(
                by=by, person=data["person"], unit=data["unit"], from_on=data["from_on"], values=form.values()
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The employment is entered."))
            return redirect("staff", made.pk)
    return render(request, "evaluations/staff_new.html", {"form": form, "query": query})


@with_right(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's employments by day; a later row (salary step, transfer); the last day."""
    by = actor_of(request)
    row = get_object_or_404(visible_staff(by).select_related("person", "unit"), pk=pk)
    units = units_of(request, STAFF)
    none = Person.objects.none()
    is_end = request.POST.get("act") == "end"
    form = EmploymentForm(None if is_end else request.POST or None, people=none, units=units, before=row)
    end = EndForm(request.POST if is_end else None)
    if request.method == "POST" and (end if is_end else form).is_valid():
        try:
            if is_end:
                actions.end_employment(by=by, employment=row, **end.cleaned_data)
                told = row
            else:
                data = form.cleaned_data
                told = actions.employ(
                    by=by, person=row.person, unit=data["unit"], from_on=data["from_on"], values=form.values()
                )
        except Refused as refused:
            refused.add_to_form(end if is_end else form)
        else:
            messages.success(request, _("Saved; what held before stays readable below."))
            return redirect("staff", told.pk)
    history = visible_staff(by).filter(person=row.person).select_related("unit").order_by("-during")
    latest = row.during.upper is None
    facts = StaffFact.objects.filter(person=row.person, unit__in=covered(by, STAFF)).select_related("unit")
    context = {
        "row": row,
        "form": form,
        "end": end,
        "history": history,
        "is_latest": latest,
        "facts": facts.order_by("-during", "pk"),
    }
    return render(request, "evaluations/staff.html", context)


@with_right(PAY)
@require_http_methods(["GET", "HEAD", "POST"])
def timesheet(request: HttpRequest) -> HttpResponse:
    """The template of a month; a filled one is first shown row by row, then written."""
    by = actor_of(request)
    units = units_of(request, PAY)
    if request.method == "POST" and "rows" in request.POST:
        return _write(request)
    form = TimesheetForm(request.POST or None, request.FILES or None, units=units)
    rows: list[SheetRow] | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["file"] is None:
            form.add_error("file", _("Choose the filled timesheet."))
        else:
            try:
                rows = _read(data["file"], data["unit"], data["month"])
            except Refused as refused:
                refused.add_to_form(form)
    context: dict[str, Any] = {"form": form, "rows": rows}
    if rows is not None:
        ready = [row for row in rows if not row.faults]
        data = form.cleaned_data
        told = {
            "unit": data["unit"].code,
            "month": data["month"].isoformat(),
            "user": by.user.pk if by.user else 0,
            "rows": [asdict(row) for row in ready],
        }
        context |= {
            "ready": len(ready),
            "wrong": len(rows) - len(ready),
            "unit": data["unit"],
            "month": data["month"],
            "signed": signing.dumps(told, salt=SALT, compress=True) if ready else "",
        }
    return render(request, "evaluations/timesheet.html", context)


def _read(file: "UploadedFile[Any]", unit: Unit, month: date) -> list[SheetRow]:
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return read_timesheet(Path(kept.name), file.name or "", unit, month)


def _write(request: HttpRequest) -> HttpResponse:
    by = actor_of(request)
    try:
        told = signing.loads(request.POST["rows"], salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        told = {"user": None}
    if told["user"] != (by.user.pk if by.user else 0):
        messages.error(request, _("The preview is too old. Send the timesheet once more."))
        return redirect("timesheet")
    unit = get_object_or_404(units_of(request, PAY), code=told["unit"])
    try:
        count = actions.enter_timesheet(
            by=by, unit=unit, month=date.fromisoformat(told["month"]), rows=told["rows"]
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(count)s row written.", "%(count)s rows written.", count) % {"count": count}
        messages.success(request, said)
    return redirect("timesheet")


@with_right(PAY)
@require_safe
def timesheet_template(request: HttpRequest) -> HttpResponse:
    """The month's template with everybody employed there."""
    unit = get_object_or_404(units_of(request, PAY), code=request.GET.get("unit", ""))
    try:
        month = month_of(request.GET.get("month", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("timesheet")
    out = io.BytesIO()
    write_template(out, unit, month)
    name = f"bang-cham-cong-{unit.code}-{month:%Y-%m}.xlsx"
    return HttpResponse(
        out.getvalue(), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@with_right(MANAGE, SCORE, DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def criteria_sets(request: HttpRequest) -> HttpResponse:
    """Criteria in force and before, by unit and staff group; issuing a new set."""
    by = actor_of(request)
    mine = covered(by, MANAGE, SCORE, DECIDE)
    sets = CriteriaSet.objects.filter(unit__in=mine).select_related("unit").prefetch_related("criteria")
    may_issue = may(by, MANAGE)
    form = CriteriaForm(request.POST or None, units=units_of(request, MANAGE)) if may_issue else None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        names = ("unit", "group", "from_on", "decision", "criteria")
        try:
            actions.issue_criteria(by=by, **{name: data[name] for name in names})
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The criteria are issued; the set before ends the day before."))
            return redirect("criteria_sets")
    page = Paginator(sets.order_by("unit__code", "group", "-during"), PAGE).get_page(request.GET.get("trang"))
    rows = [(one, sum(c.most for c in one.criteria.all()), by.on in one.during) for one in page]
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": rows,
        "form": form,
    }
    return render(request, "evaluations/criteria_sets.html", context)


@with_right(PAY)
@require_http_methods(["GET", "HEAD", "POST"])
def year_rates(request: HttpRequest) -> HttpResponse:
    """What the city decided for years the law's table does not name; one more."""
    by = actor_of(request)
    tops = units_of(request, PAY)
    form = YearRateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_year_rate(by=by, unit=tops[0], **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The decision is entered."))
            return redirect("year_rates")
    context = {"rows": YearRate.objects.order_by("-during"), "form": form}
    return render(request, "evaluations/year_rates.html", context)

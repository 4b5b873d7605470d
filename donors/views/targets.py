"""Targets of the year: who is ahead, who is behind, and the numbers themselves."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donors.actions.targets import set_targets
from donors.enums import DRIVE_SEE, DRIVE_TARGET
from donors.queries.targets import Progress, progress, units_with_targets
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

YEARS = range(2020, 2100)
YEAR, TARGET = re.compile("[0-9]{4}"), re.compile("[0-9]{0,7}")


def year_asked(request: HttpRequest, this: int) -> int:
    """?nam=, or this year."""
    text = request.GET.get("nam", "")
    return int(text) if YEAR.fullmatch(text) and int(text) in YEARS else this


def standing_of(row: Progress) -> str:
    """ok, wait or bad: reached the even course, a little behind, or far behind."""
    if not row.target:
        return "none"
    if not row.missing:
        return "ok"
    return "wait" if row.given * 4 >= row.expected * 3 else "bad"


@with_right(DRIVE_SEE)
@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """A wall and a table of units: target, given, how far behind the even course of the year."""
    by = actor_of(request)
    year = year_asked(request, by.on.year)
    rows = [(row, standing_of(row)) for row in progress(by, year, by.on)]
    asked = [row for row, _state in rows if row.target]
    context = {
        "year": year,
        "rows": rows,
        "target": sum(row.target for row in asked),
        "given": sum(row.given for row, _state in rows),
        "behind": sorted((row for row in asked if row.missing), key=lambda row: -row.missing)[:10],
        "behind_count": sum(bool(row.missing) for row in asked),
        "asked": len(asked),
        "may_set": may(by, DRIVE_TARGET),
    }
    return render(request, "donors/target_list.html", context)


@with_right(DRIVE_TARGET)
@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest) -> HttpResponse:
    """One number a unit, one decision for all of them; what was typed stays when something is wrong."""
    by = actor_of(request)
    year = year_asked(request, by.on.year)
    rows = progress(by, year, by.on)
    typed = {row.unit.pk: request.POST.get(f"u{row.unit.pk}", "").strip() for row in rows}
    errors = []
    if request.method == "POST":
        wrong = [row.unit.name for row in rows if not TARGET.fullmatch(typed[row.unit.pk])]
        if wrong:
            errors.append(
                _("Not a whole number of at most 7 digits: %(units)s.") % {"units": ", ".join(wrong[:5])}
            )
        else:
            allowed = set(units_with_targets(by, by.on).values_list("pk", flat=True))
            turns = {pk: int(text or 0) for pk, text in typed.items() if pk in allowed}
            try:
                n = set_targets(by=by, year=year, turns=turns, decision=request.POST.get("decision", ""))
            except Refused as refused:
                errors = [str(reason) for reason in refused.reasons]
            else:
                messages.success(request, _("%(n)s targets were changed.") % {"n": n})
                return redirect("target_list")
    context = {
        "year": year,
        "rows": [(row, typed[row.unit.pk] if request.method == "POST" else row.target) for row in rows],
        "errors": errors,
        "decision": request.POST.get("decision", next((row.decision for row in rows if row.decision), "")),
    }
    return render(request, "donors/target_edit.html", context)

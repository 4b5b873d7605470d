"""Honours in figures; calls in emergencies; what a unit still has to hand in."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from rewards.actions.emergencies import declare_emergency
from rewards.actions.rounds import report_unit
from rewards.enums import APPROVE, CHECK, SEE
from rewards.forms import EmergencyForm, PeriodForm
from rewards.models import Emergency, Round
from rewards.permissions import over_city
from rewards.queries.figures import backlog, by_rung, by_unit, gifts, money, silent
from rewards.queries.gifts import value_report
from rewards.queries.seen import to_hand_in


@with_right(SEE)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """My units' honours in a period, this year at first."""
    by = actor_of(request)
    form = PeriodForm(request.GET or {"tu": date(by.on.year, 1, 1), "den": by.on})
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        first, last = form.cleaned_data["tu"], form.cleaned_data["den"]
        rungs = by_rung(by, first, last)
        most = max((n for _h, _t, n, _v in rungs), default=1)
        context |= {
            "rungs": [(*row, row[2] * 100 // most) for row in rungs],
            "total": sum(n for _h, _t, n, _v in rungs),
            "units": by_unit(by, first, last),
            "backlog": backlog(by),
            "money": money(by, first, last),
            "gifts": gifts(by, first, last),
            "store": value_report(by, first, last) if may(by, "reward.gift") else (),
            "rounds": silent(by) if over_city(by, SEE) else (),
            "is_asked": True,
        }
    return render(request, "rewards/figures.html", context)


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    """Drives that answered a call; who approves policies declares another."""
    by = actor_of(request)
    may_declare = over_city(by, APPROVE)
    form = EmergencyForm(request.POST or None) if may_declare else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            declare_emergency(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("reward_emergencies")
    rows = Emergency.objects.select_related("drive").order_by("-decided_on", "-pk")
    return render(request, "rewards/emergencies.html", {"rows": rows, "form": form})


@with_right(CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_rounds(request: HttpRequest) -> HttpResponse:
    """What my units still have to check and hand in, round by round."""
    by = actor_of(request)
    refusal = None
    if request.method == "POST":
        cycle = get_object_or_404(Round, pk=_number(request.POST.get("dot", "")))
        units = {unit.pk: unit for _cycle, unit, _n, _on in to_hand_in(by) if _cycle.pk == cycle.pk}
        unit = units.get(_number(request.POST.get("don-vi", "")))
        if unit is None:
            return redirect("reward_unit_rounds")
        try:
            report_unit(by=by, cycle=cycle, unit=unit, on=by.on)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("reward_unit_rounds")
    rows = [(*row, row[3] is None and row[0].deadline < by.on) for row in to_hand_in(by)]
    return render(request, "rewards/unit_rounds.html", {"rows": rows, "refusal": refusal})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

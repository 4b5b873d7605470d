"""Units: the first form of their register."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.text import matching
from people.access import with_right
from people.actors import actor_of
from people.enums import UnitKind
from people.models import UnitLink
from people.queries import visible_units

PAGE = 50


@with_right("unit.see")
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units I cover today with the unit above; ?q= by name without accents, ?loai= by kind."""
    by = actor_of(request)
    units = visible_units(by).filter(valid__contains=by.on)
    query, kind = request.GET.get("q", ""), request.GET.get("loai", "")
    units = units.filter(matching("search_name", query))
    if kind in UnitKind.values:
        units = units.filter(kind=kind)
    page = Paginator(units.order_by("code"), PAGE).get_page(request.GET.get("trang"))
    parents = dict(
        UnitLink.objects.filter(unit__in=[u.pk for u in page], during__contains=by.on).values_list(
            "unit_id", "parent__name"
        )
    )
    rows = [(unit, parents.get(unit.pk, "")) for unit in page]
    context = {"page": page, "rows": rows, "query": query, "kind": kind, "kinds": UnitKind.choices}
    return render(request, "people/unit_list.html", context)

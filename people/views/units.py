"""Units: the register that knows old names, and the page of one unit as of a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.enums import UnitKind
from people.forms.units import DayForm
from people.models import Unit, UnitLink
from people.permissions import may
from people.queries import visible_grants, visible_units
from people.queries.acts import acts_on, visible_acts
from people.queries.bodies import bodies_on, seats_on
from people.queries.units import (
    children_on,
    count_people,
    count_under,
    find_units,
    name_on,
    names_on,
    path_up,
    predecessors,
    standing_successors,
    successors,
)

PAGE = 50
# What upper apps show on a unit's page: a template and what it reads of (actor, unit, day); None: nothing.
UNIT_PANELS: dict[str, tuple[str, Callable[[Actor, Unit, date], dict[str, Any] | None]]] = {}
MOST_CHILDREN = 400


@with_right("unit.see")
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units I cover; ?q= by code or any name they ever had, ?loai= by kind, ?da-het=1 with those gone.

    A unit that has gone is found by its name and leads to what it became.
    """
    by = actor_of(request)
    query, kind = request.GET.get("q", "").strip(), request.GET.get("loai", "")
    with_gone = bool(request.GET.get("da-het"))
    units = find_units(by, query) if query else visible_units(by)
    if not query and not with_gone:
        units = units.filter(valid__contains=by.on)
    if kind in UnitKind.values:
        units = units.filter(kind=kind)
    page = Paginator(units.order_by("code"), PAGE).get_page(request.GET.get("trang"))
    parents = dict(
        UnitLink.objects.filter(unit__in=[u.pk for u in page], during__contains=by.on).values_list(
            "unit_id", "parent__name"
        )
    )
    became = standing_successors(page, by.on)
    mine = set(visible_units(by).filter(pk__in=[u.pk for u in page]).values_list("pk", flat=True))
    rows = [
        (unit, parents.get(unit.pk, ""), by.on in unit.valid, became.get(unit.pk, []), unit.pk in mine)
        for unit in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "query": query,
        "kind": kind,
        "kinds": UnitKind.choices,
        "with_gone": with_gone,
        "may_reorganise": may(by, "unit.reorganise"),
    }
    return render(request, "people/unit_list.html", context)


@with_right("unit.see")
@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit as of a day (?ngay=dd/mm/yyyy, today without): place, people, names, before and after."""
    by = actor_of(request)
    found = get_object_or_404(visible_units(by), code=code)
    form = DayForm(request.GET or None, initial={"ngay": by.on})
    on = (form.is_valid() and form.cleaned_data["ngay"]) or by.on
    stands = on in found.valid
    children = list(children_on(found, on)[:MOST_CHILDREN])
    counts = count_under([child.pk for child in children], on)
    called = names_on([child.pk for child in children], on)
    above = path_up(found, on)
    above_called = names_on([unit.pk for unit in above], on)
    context = {
        "unit": found,
        "form": form,
        "on": on,
        "is_today": on == by.on,
        "stands": stands,
        "name": name_on(found, on),
        "path": [(unit, above_called.get(unit.pk, unit.name)) for unit in above],
        "children": [(c, called.get(c.pk, c.name), counts.get(c.pk, 0)) for c in children],
        "counts": count_people(found, on),
        "names": found.names.order_by("during"),
        "predecessors": predecessors(found),
        "successors": successors(found),
        "became": standing_successors([found], by.on).get(found.pk, []),
        "bodies": [(body, list(seats_on(body, on))) for body in bodies_on(found, on)],
        "grants": _grants(by, found, on),
        "acts": acts_on(found).filter(pk__in=visible_acts(by).values("pk")),
        "may_manage_bodies": may(by, "body.manage", found.pk) and stands,
        "unit_panels": [
            {"template": template, **shown}
            for template, load in UNIT_PANELS.values()
            if (shown := load(by, found, on)) is not None
        ],
        "visible_codes": set(visible_units(by).values_list("code", flat=True)),
    }
    return render(request, "people/unit.html", context)


def _grants(by: Actor, unit: Unit, on: date) -> list[object]:
    grants = visible_grants(by).filter(unit=unit, during__contains=on).select_related("person")
    return list(grants.order_by("office", "person__sort_key"))

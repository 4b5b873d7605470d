"""Congresses at the desk: planned, seats, delegates, lists to print, credentials, results."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.dates import paper_date
from foundation.refusal import Refused
from foundation.text import matching
from ledger.actor import Actor
from members.actions.congress import (
    allot_seats,
    check_credential,
    close_congress,
    drop_delegate,
    drop_result,
    enter_result,
    name_delegate,
    note_came,
    plan_congress,
)
from members.enums import ACT, SEE, CongressState, DelegateState, DelegateWay
from members.forms.congress import BODIES, CongressForm, DelegateForm, ResultForm, SeatsForm
from members.models import Congress, CongressResult, Delegate
from members.printing import credentials_pdf
from members.queries.congress import (
    branch_seats,
    delegates_of,
    electable,
    sat_results,
    standing_bodies,
    visible_congresses,
)
from people.access import with_right
from people.actors import actor_of
from people.models import Person, Unit
from people.permissions import may
from people.rules.bodies import body_rules

PAGE = 50
MOST_NAMES = 300


@with_right(SEE)
@require_safe
def congress_list(request: HttpRequest) -> HttpResponse:
    """Congresses of the units I cover, the latest first."""
    by = actor_of(request)
    page = Paginator(visible_congresses(by).order_by("-held_on", "-pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    context = {"page": page, "may_plan": may(by, ACT)}
    return render(request, "members/congress_list.html", context)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
def congress_new(request: HttpRequest) -> HttpResponse:
    """Plan a congress."""
    by = actor_of(request)
    form = CongressForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = plan_congress(by=by, unit=values.pop("unit"), values=values)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Planned. Next: the seats of the branches."))
            return redirect("congress", pk=made.pk)
    return render(request, "members/congress_form.html", {"form": form, "congress": None})


def _found(by: Actor, pk: int) -> Congress:
    return get_object_or_404(visible_congresses(by), pk=pk)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
def congress_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a congress that is being prepared."""
    by = actor_of(request)
    found = _found(by, pk)
    form = CongressForm(request.POST or None, by=by, congress=found)
    if request.method == "POST" and form.is_valid():
        try:
            plan_congress(by=by, unit=found.unit, values=form.cleaned_data, congress=found)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("congress", pk=pk)
    return render(request, "members/congress_form.html", {"form": form, "congress": found})


@with_right(SEE)
@require_safe
@never_cache
def congress(request: HttpRequest, pk: int) -> HttpResponse:
    """A congress: seats by branch, delegates, who came, who was elected."""
    by = actor_of(request)
    found = _found(by, pk)
    branches = branch_seats(found)
    delegates = list(delegates_of(found))
    results = list(sat_results(found))
    is_open = found.state == CongressState.PREPARED
    ends = [
        body.name
        for kind in dict.fromkeys(row.body_kind for row in results)
        for body in standing_bodies(found, kind)
    ]
    context = {
        "congress": found,
        "branches": branches,
        "allotted": sum(row.seats for row in branches),
        "named": sum(row.named for row in branches),
        "beside": [one for one in delegates if one.way != DelegateWay.ELECTED],
        "delegates": delegates,
        "confirmed": sum(one.state == DelegateState.CONFIRMED for one in delegates),
        "came": sum(one.came_at is not None for one in delegates),
        "results": results,
        "ends": ends if is_open else [],
        "is_open": is_open,
        "has_come": found.held_on <= by.on,
        "may_act": may(by, ACT, found.unit_id),
    }
    return render(request, "members/congress.html", context)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def congress_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The seats of each branch: proposed by members, then as the unit decides."""
    by = actor_of(request)
    found = _found(by, pk)
    branches = branch_seats(found)
    is_proposal = "de-xuat" in request.POST or not branches
    form = SeatsForm(None if is_proposal else request.POST or None, branches=branches)
    if request.method == "POST" and (is_proposal or form.is_valid()):
        try:
            sum_ = allot_seats(by=by, congress=found, seats=None if is_proposal else form.seats())
        except Refused as refused:
            if is_proposal:
                messages.error(request, str(refused))
            else:
                refused.add_to_form(form)
        else:
            messages.success(request, _("%(seats)s seats are allotted.") % {"seats": sum_})
            return redirect("congress_seats" if is_proposal else "congress", pk=pk)
    context = {"congress": found, "form": form, "branches": branches}
    return render(request, "members/congress_seats.html", context)


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def congress_branch(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Name the delegates of a branch; under the unit's own code those by office and appointed."""
    by = actor_of(request)
    found = _found(by, pk)
    is_elected = code != found.unit.code
    branch = get_object_or_404(Unit, code=code) if is_elected else None
    here = [one for one in delegates_of(found) if one.branch == branch]
    line = next((row for row in branch_seats(found) if branch and row.unit.pk == branch.pk), None)
    if is_elected and line is None:
        raise Http404
    people = electable(found, branch).exclude(delegacies__congress=found)
    form = DelegateForm(request.POST or None, people=_narrowed(request, people, by), is_elected=is_elected)
    if request.method == "POST" and form.is_valid():
        way = DelegateWay.ELECTED if is_elected else DelegateWay(form.cleaned_data["way"])
        try:
            name_delegate(by=by, congress=found, person=form.cleaned_data["person"], branch=branch, way=way)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(name)s is a delegate.") % {"name": form.cleaned_data["person"]})
            return redirect("congress_branch", pk=pk, code=code)
    context = {
        "congress": found,
        "branch": branch,
        "line": line,
        "delegates": here,
        "form": form,
        "query": request.GET.get("q", ""),
        "is_long": not is_elected or (line is not None and line.members > MOST_NAMES),
        "is_open": found.state == CongressState.PREPARED,
    }
    return render(request, "members/congress_branch.html", context)


def _narrowed(request: HttpRequest, people: QuerySet[Person], by: Actor) -> QuerySet[Person]:
    """The names to choose from: by what is searched, at most MOST_NAMES; all of them for what is sent."""
    if request.method == "POST":
        return people
    if query := request.GET.get("q", "").strip():
        people = people.filter(matching("search_name", query))
    return people.filter(pk__in=list(people.values_list("pk", flat=True)[:MOST_NAMES]))


@with_right(ACT)
@require_POST
def delegate_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Confirm or refuse a credential, note who came, take a delegate off."""
    by = actor_of(request)
    rows = Delegate.objects.select_related("congress__unit", "person")
    row = get_object_or_404(rows.filter(congress__in=visible_congresses(by)), pk=pk)
    reason = request.POST.get("reason", "")
    doing: dict[str, Callable[[], Any]] = {
        "xac-nhan": lambda: check_credential(by=by, delegate=row, is_right=True),
        "bac": lambda: check_credential(by=by, delegate=row, is_right=False, reason=reason),
        "den": lambda: note_came(by=by, delegate=row),
        "rut": lambda: drop_delegate(by=by, delegate=row, reason=reason),
    }
    if step not in doing:
        raise Http404
    try:
        doing[step]()
        messages.success(request, _("%(name)s: saved.") % {"name": row.person.full_name})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("congress_credentials", pk=row.congress_id)


@with_right(SEE)
@require_safe
@never_cache
def congress_credentials(request: HttpRequest, pk: int) -> HttpResponse:
    """Every delegate with the credential: checked, refused, came."""
    by = actor_of(request)
    found = _found(by, pk)
    context = {
        "congress": found,
        "delegates": list(delegates_of(found)),
        "is_open": found.state == CongressState.PREPARED,
        "has_come": found.held_on <= by.on,
        "may_act": may(by, ACT, found.unit_id),
    }
    return render(request, "members/congress_credentials.html", context)


@with_right(SEE)
@require_safe
@never_cache
def congress_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of delegates by branch, with a column to sign on arrival."""
    by = actor_of(request)
    found = _found(by, pk)
    rows = delegates_of(found).exclude(state=DelegateState.REFUSED)
    groups: dict[str, list[Delegate]] = {}
    for row in rows:
        groups.setdefault(row.branch.name if row.branch else _("Beside the branches"), []).append(row)
    context = {
        "congress": found,
        "groups": list(groups.items()),
        "total": sum(len(rows) for rows in groups.values()),
        "paper_day": paper_date(by.on),
        "as_of": by.on,
    }
    return render(request, "members/congress_print.html", context)


@with_right(ACT)
@require_safe
@never_cache
def congress_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Delegates' cards as PDF, eight a page, by number."""
    found = _found(actor_of(request), pk)
    rows = list(delegates_of(found).filter(state=DelegateState.CONFIRMED).order_by("number"))
    if not rows:
        messages.error(request, _("No credential is confirmed yet: there is nothing to print."))
        return redirect("congress", pk=pk)
    return HttpResponse(credentials_pdf(found, rows), content_type="application/pdf")


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def congress_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was elected into which body, with the votes."""
    by = actor_of(request)
    found = _found(by, pk)
    people = electable(found, None)
    form = ResultForm(request.POST or None, people=_narrowed(request, people, by))
    if request.method == "POST" and form.is_valid():
        try:
            enter_result(by=by, congress=found, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Entered."))
            return redirect("congress_results", pk=pk)
    context = {
        "congress": found,
        "form": form,
        "results": list(sat_results(found)),
        "query": request.GET.get("q", ""),
        "posts": sorted({post for kind in BODIES for post in body_rules(by.on)[kind].posts}),
        "is_open": found.state == CongressState.PREPARED,
        "has_come": found.held_on <= by.on,
    }
    return render(request, "members/congress_results.html", context)


@with_right(ACT)
@require_POST
def result_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line of the results off."""
    by = actor_of(request)
    row = get_object_or_404(
        CongressResult.objects.select_related("congress__unit").filter(congress__in=visible_congresses(by)),
        pk=pk,
    )
    try:
        drop_result(by=by, result=row)
        messages.success(request, _("Taken off."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("congress_results", pk=row.congress_id)


@with_right(ACT)
@require_POST
def congress_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the results into bodies: the congress is over."""
    by = actor_of(request)
    found = _found(by, pk)
    try:
        bodies = close_congress(by=by, congress=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            _("The bodies stand: %(bodies)s. Ask the level above to recognise them.")
            % {"bodies": ", ".join(body.name for body in bodies)},
        )
    return redirect("congress", pk=pk)

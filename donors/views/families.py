"""Families of donors: the list, one family with who belongs and since when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donors.actions import found_family, join_family, leave_family
from donors.enums import ENTER, SEE
from donors.forms.donors import FamilyForm, LastDayForm, MemberForm
from donors.models import Donation, Donor, FamilyMember
from donors.queries.finding import find_givers
from donors.queries.visible import visible_families
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may
from people.rules import offices_that_may

PAGE = 50


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def family_list(request: HttpRequest) -> HttpResponse:
    """Families of the units covered, with how many belong today; a POST founds one."""
    by = actor_of(request)
    units = Unit.objects.filter(pk__in=by.unit_ids(offices_that_may(ENTER, by.on))).order_by("code")
    form = FamilyForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            family = found_family(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            return redirect("donor_family", pk=family.pk)
    today = Count("members", filter=Q(members__during__contains=by.on))
    rows = visible_families(by).select_related("unit").annotate(belong=today).order_by("name", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    return render(
        request, "donors/family_list.html", {"page": page, "form": form, "may_enter": may(by, ENTER)}
    )


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def donor_family(request: HttpRequest, pk: int) -> HttpResponse:
    """One family: who belongs, since when, the turns of each; a POST lets a donor join."""
    by = actor_of(request)
    family = get_object_or_404(visible_families(by).select_related("unit"), pk=pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            join_family(by=by, family=family, donor=_donor(by, data["who"]), since=data["since"])
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The donor belongs to the family."))
            return redirect("donor_family", pk=pk)
    members = list(family.members.select_related("donor__person").order_by("during", "pk"))
    counting = Donation.objects.filter(donor__in=[row.donor_id for row in members]).counting(by.on)
    turns = counting.turns_by_donor()
    rows = [(row, turns.get(row.donor_id, 0)) for row in members]
    context = {
        "family": family,
        "rows": rows,
        "total": sum(n for row, n in rows if row.during.upper is None or row.during.upper > by.on),
        "form": form,
        "may_enter": may(by, ENTER, family.unit_id),
    }
    return render(request, "donors/donor_family.html", context)


@with_right(ENTER)
@require_POST
def family_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day on which a donor belonged."""
    by = actor_of(request)
    rows = FamilyMember.objects.filter(family__in=visible_families(by))
    member = get_object_or_404(rows, pk=pk)
    form = LastDayForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused([_("Type the last day as dd/mm/yyyy.")])
        leave_family(by=by, member=member, last_on=form.cleaned_data["last_on"])
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("donor_family", pk=member.family_id)


def _donor(by: Actor, typed: str) -> Donor:
    found = find_givers(by, typed)
    donor = found.givers[0].donor if found.is_sure and not found.givers[0].is_elsewhere else None
    if donor is None:
        raise Refused(Reason(_("No donor of your units is known by this code or phone."), field="who"))
    return donor

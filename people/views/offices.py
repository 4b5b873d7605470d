"""Offices held: the register, granting, ending."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.refusal import Refused
from foundation.text import matching
from people.access import with_right
from people.actions import end_office, grant_office
from people.actors import actor_of
from people.enums import OfficeCode
from people.forms.offices import EndForm, GrantForm
from people.permissions import may
from people.queries import visible_grants, visible_people

PAGE = 50
MOST_FOUND = 30


@with_right("office.see")
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """Who holds which office where; ?q= by name, ?chuc-vu= by office, ?tat-ca=1 with ended ones."""
    by = actor_of(request)
    grants = visible_grants(by).select_related("person", "unit")
    query, office, with_ended = (
        request.GET.get("q", ""),
        request.GET.get("chuc-vu", ""),
        bool(request.GET.get("tat-ca")),
    )
    grants = grants.filter(matching("person__search_name", query))
    if office in OfficeCode.values:
        grants = grants.filter(office=office)
    if not with_ended:
        grants = grants.filter(during__contains=by.on)
    page = Paginator(grants.order_by("person__sort_key", "office", "pk"), PAGE).get_page(
        request.GET.get("trang")
    )
    context = {
        "page": page,
        "query": query,
        "office": office,
        "with_ended": with_ended,
        "offices": OfficeCode.choices,
        "may_grant": may(by, "office.grant"),
        "today": by.on,
    }
    return render(request, "people/office_list.html", context)


@with_right("office.grant")
@require_http_methods(["GET", "HEAD", "POST"])
def office_grant(request: HttpRequest) -> HttpResponse:
    """Grant an office to somebody with an account: found by ?q=, or chosen beforehand by ?nguoi=."""
    by = actor_of(request)
    query, posted = request.GET.get("q", "").strip(), request.POST.get("person", "")
    people = visible_people(by).filter(user__isnull=False).exclude(user=by.user)
    if posted.isascii() and posted.isdigit():
        people = people.filter(pk=int(posted[:18]))
    elif is_key(request.GET.get("nguoi")):
        people = people.filter(key=request.GET["nguoi"])
    else:
        people = people.filter(matching("search_name", query)) if query else people.none()
    keys = list(people.order_by("sort_key", "pk").values_list("pk", flat=True)[:MOST_FOUND])
    people = visible_people(by).filter(pk__in=keys).order_by("sort_key", "pk")
    form = GrantForm(request.POST or None, by=by, people=people)
    if len(keys) == 1:
        form.initial["person"] = keys[0]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            grant = grant_office(
                by=by,
                person=data["person"],
                office=OfficeCode(data["office"]),
                unit=data["unit"],
                from_on=data["from_on"],
                until_on=data["until_on"],
                reason=data["reason"],
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(
                request,
                _("%(person)s now holds the office %(office)s.")
                % {"person": grant.person.full_name, "office": grant.get_office_display()},
            )
            return redirect("office_list")
    context = {"form": form, "query": query, "found": bool(keys) or form.is_bound}
    return render(request, "people/office_grant.html", context)


@with_right("office.grant")
@require_http_methods(["GET", "HEAD", "POST"])
def office_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an office on a day, with the reason."""
    by = actor_of(request)
    grant = get_object_or_404(visible_grants(by).select_related("person", "unit"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_office(by=by, grant=grant, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The office ends with the day that was given."))
            return redirect("office_list")
    return render(request, "people/office_end.html", {"form": form, "grant": grant})


def is_key(text: str | None) -> bool:
    """True if the text is a UUID as Person.key prints it."""
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True

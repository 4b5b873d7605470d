"""People of my units: the first form of the register."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from foundation.text import matching
from people.access import with_right
from people.actions import add_person, give_account, make_sign_in_code
from people.actions.codes import DAYS_VALID
from people.actors import actor_of
from people.forms.offices import AccountForm, PersonForm
from people.permissions import may, may_with
from people.queries import units_of, visible_people, with_units

PAGE = 50


@with_right("people.see")
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """People of the units I cover, by given name; ?q= searches without accents."""
    by = actor_of(request)
    people = visible_people(by).select_related("user")
    query = request.GET.get("q", "")
    people = people.filter(matching("search_name", query))
    page = Paginator(people.order_by("sort_key", "pk"), PAGE).get_page(request.GET.get("trang"))
    rows = [(person, ", ".join(names)) for person, names in with_units(page.object_list, by.on)]
    context = {"page": page, "rows": rows, "query": query, "may_enter": may(by, "account.code")}
    return render(request, "people/people_list.html", context)


@with_right("account.code")
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a person by name and unit."""
    by = actor_of(request)
    form = PersonForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(by=by, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(person)s is entered.") % {"person": person.full_name})
            return redirect("person", key=person.key)
    return render(request, "people/person_new.html", {"form": form})


@with_right("people.see")
@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person: unit, account, offices held."""
    by = actor_of(request)
    found = get_object_or_404(visible_people(by).select_related("user"), key=key)
    context = {
        "person": found,
        "units": units_of(found, by.on),
        "grants": found.offices.select_related("unit").order_by("-during"),
        "may_code": may_with(by, "account.code", found),
        "may_grant": may(by, "office.grant"),
        "today": by.on,
    }
    return render(request, "people/person.html", context)


@with_right("account.code")
@require_http_methods(["GET", "HEAD", "POST"])
def person_account(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a person without account a login name; the printed code follows."""
    by = actor_of(request)
    found = get_object_or_404(visible_people(by), key=key)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_account(by=by, person=found, username=form.cleaned_data["username"])
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error("username", error.messages)
        else:
            messages.success(request, _("The account is open. Print the sign-in code now."))
            return redirect("person", key=found.key)
    return render(request, "people/person_account.html", {"form": form, "person": found})


@with_right("account.code")
@require_POST
@never_cache
def person_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a sign-in code and show it once, as a slip to print."""
    by = actor_of(request)
    found = get_object_or_404(visible_people(by).select_related("user"), key=key)
    try:
        code = make_sign_in_code(by=by, person=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("person", key=found.key)
    context = {"person": found, "units": units_of(found, by.on), "code": code, "days": DAYS_VALID}
    return render(request, "people/person_code.html", context)

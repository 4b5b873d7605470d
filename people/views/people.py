"""The register of people: search, filters, columns; entering and changing a record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from foundation.money import dotted
from foundation.refusal import Reason, Refused
from foundation.text import highlight
from ledger.actor import Actor
from people.access import with_right
from people.actions import add_person
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.persons import change_person
from people.actions.sightings import find_by_identity
from people.actors import actor_of
from people.enums import BelongingKind, Sex
from people.forms.person import ORDERS, DigitsForm, PersonForm, RegisterForm
from people.models import Person, Unit, UnitCover
from people.permissions import may, may_with
from people.queries import visible_people, visible_units
from people.queries.exports import COLUMNS, places_of, read_by
from people.queries.register import MOST, Ranked, Wanted, register
from people.rules.findings import words_of

PAGE = 50
MASKED = "•••"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register: the name in pieces (True: matched), the cells of the chosen columns."""

    person: Person
    name: list[tuple[str, bool]]
    cells: list[tuple[str, str]]


def lines(by: Actor, people: list[Person], columns: list[str], query: str) -> list[Line]:
    """The people as shown to this actor: contacts only where an office gives them. 4 queries at most."""
    prefetch_related_objects(people, *read_by(by.on, columns))
    return [
        Line(
            person,
            highlight(person.full_name, query),
            [(str(COLUMNS[code].label), shown(by, person, code)) for code in columns],
        )
        for person in people
    ]


def shown(by: Actor, person: Person, code: str) -> str:
    """A cell as text; masked where it holds a contact this actor may not read."""
    value = COLUMNS[code].value(person)
    if value in (None, ""):
        return ""
    if COLUMNS[code].is_protected and not reads_contacts(by, person):
        return MASKED
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


def reads_contacts(by: Actor, person: Person) -> bool:
    """True if an office of the actor lets read phone and e-mail of this person, from fetched places."""
    units = {place.unit_id for place in places_of(person)}
    return by.is_system or any(
        hold.is_top or units & hold.unit_ids for hold in by.holds if "people.contacts" in hold.may
    )


def near_units(by: Actor, chosen: Unit | None) -> list[Unit]:
    """Units to choose from: those the offices stand on, one level below, and what lies below the chosen."""
    roots = {hold.unit_id for hold in by.holds if "people.see" in hold.may}
    roots |= {chosen.pk} if chosen else set()
    below = UnitCover.objects.filter(ancestor__in=roots, depth__lte=1, during__contains=by.on)
    return list(visible_units(by).filter(pk__in=below.values("unit")).only("code", "name").order_by("code"))


def chips(form: RegisterForm, wanted: Wanted, query: QueryDict) -> list[tuple[str, str]]:
    """The filters in force, each with the address that drops it."""

    def without(*names: str) -> str:
        rest = query.copy()
        for name in (*names, "trang"):
            rest.pop(name, None)
        return "?" + rest.urlencode()

    found = []
    if wanted.unit:
        found.append((wanted.unit.name, without("don_vi")))
    if wanted.kind:
        found.append((str(BelongingKind(wanted.kind).label), without("loai")))
    if wanted.sex:
        found.append((str(Sex(wanted.sex).label), without("gioi_tinh")))
    if wanted.age_from is not None:
        found.append((_("%(age)s years or more") % {"age": wanted.age_from}, without("tuoi_tu")))
    if wanted.age_to is not None:
        found.append((_("%(age)s years or less") % {"age": wanted.age_to}, without("tuoi_den")))
    if wanted.has_phone is not None:
        label = _("with a phone") if wanted.has_phone else _("without a phone")
        found.append((label, without("dien_thoai")))
    return found


def count_label(found: Ranked) -> str:
    """ "2.524", or "more than 10.000"."""
    if found.has_more:
        return _("more than %(most)s") % {"most": dotted(MOST)}
    return dotted(len(found))


@with_right("people.see")
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def people_list(request: HttpRequest) -> HttpResponse:
    """People of the units I cover; everything asked stands in the address. htmx gets the list alone."""
    by = actor_of(request)
    form = RegisterForm(request.GET, by=by)
    wanted = form.wanted()
    found = register(by, wanted)
    page: Page[Person] = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    digits = "".join(wanted.query.split())
    context: dict[str, Any] = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "lines": lines(by, list(page.object_list), form.columns(), wanted.query),
        "columns": [COLUMNS[code].label for code in form.columns()],
        "count": count_label(found),
        "wanted": wanted,
        "chips": chips(form, wanted, request.GET),
        "is_other_order": wanted.order == "unit" and found.is_large,
        "digits": digits if digits.isdigit() and len(digits) in {4, 9, 12} else "",
        "may_look_up": may(by, "people.reveal"),
        "may_export": may(by, "people.export"),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "people/people_found.html", context | {"is_partial": True})
    context |= {
        "form": form,
        "units": near_units(by, wanted.unit),
        "kinds": BelongingKind.choices,
        "sexes": Sex.choices,
        "orders": ORDERS,
        "may_enter": may(by, "people.enter"),
    }
    return render(request, "people/people_list.html", context)


@with_right("people.reveal")
@require_POST
@never_cache
def people_by_identity(request: HttpRequest) -> HttpResponse:
    """Who of my units has this identity number, or one that ends so: logged, limited, not in the address."""
    by = actor_of(request)
    form = DigitsForm(request.POST)
    found: list[Person] = []
    if form.is_valid():
        try:
            found = find_by_identity(by=by, digits=form.cleaned_data["digits"])
        except Refused as refused:
            refused.add_to_form(form)
    columns = ["unit", "birth_year"]
    context = {
        "form": form,
        "lines": lines(by, found, columns, ""),
        "columns": [COLUMNS[code].label for code in columns],
    }
    return render(request, "people/people_by_identity.html", context)


@with_right("people.enter")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a person."""
    return _edit(request, None)


@with_right("people.enter")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person_edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a record that is still as it was shown."""
    by = actor_of(request)
    found = get_object_or_404(visible_people(by), key=key)
    if not may_with(by, "people.enter", found):
        return redirect("person", key=found.key)
    return _edit(request, found)


def identity_warnings(by: Actor, person: Person, number: str) -> list[str]:
    """Keep the number; what looks odd about it, in words. A refusal stands at the form's field."""
    try:
        findings = set_identity_number(by=by, person=person, number=number)
    except Refused as refused:
        raise Refused([Reason(one.text, field="identity") for one in refused.reasons]) from refused
    return [words_of(finding.as_json()) for finding in findings]


def save_person(*, by: Actor, person: Person | None, form: PersonForm) -> tuple[Person, list[str]]:
    """The record, its phones and its identity number, all or nothing; and what looked odd."""
    given = form.cleaned_data
    warnings: list[str] = []
    with transaction.atomic():
        if person is None:
            saved = add_person(by=by, full_name=given["full_name"], unit=given["unit"], values=form.values())
        else:
            saved = change_person(by=by, person=person, version=given["version"] or 0, values=form.values())
        set_contacts(by=by, person=saved, phones=form.phone_list())
        if given["identity"]:
            warnings = identity_warnings(by, saved, given["identity"])
    return saved, warnings


def _edit(request: HttpRequest, person: Person | None) -> HttpResponse:
    by = actor_of(request)
    data = request.POST.copy() if request.method == "POST" else None
    if data and data.get("use_name"):
        data["full_name"] = str(data["use_name"])
    form = PersonForm(data, by=by, person=person)
    better = ""
    if data is not None and form.is_valid():
        better = "" if {"keep_name", "use_name"} & data.keys() else form.better_name()
        if not better:
            try:
                saved, warnings = save_person(by=by, person=person, form=form)
            except Refused as refused:
                refused.add_to_form(form)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(
                    request, _("The record of %(person)s is saved.") % {"person": saved.full_name}
                )
                for warning in warnings:
                    messages.warning(request, warning)
                return redirect("person", key=saved.key)
    context = {"form": form, "person": person, "better_name": better}
    return render(request, "people/person_edit.html", context)

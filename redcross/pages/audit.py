"""The audit log as a register: who did what, when, in which office, why. Values stay closed here."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import make_aware
from django.views.decorators.http import require_safe

from ledger.actor import Actor
from ledger.models import AuditEntry
from people.access import with_right
from people.actors import actor_of
from people.enums import OfficeCode
from people.models import Person, Unit
from people.queries import visible_entries, visible_people
from people.queries.rights import about_person, about_record
from redcross.acts import ACTS, act_label

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, in words; `person` where the record is one the reader may open."""

    entry: AuditEntry
    act: str
    who: str
    office: str
    subject: str
    person: Person | None


class FilterForm(forms.Form):
    """What stands in the register's address; what is wrong counts as not given."""

    viec = forms.ChoiceField(choices=list(ACTS.items()), required=False)
    ho_so = forms.UUIDField(required=False)
    doi_tuong = forms.RegexField(r"^[a-z]{1,20}\.[a-z]{1,40}:[0-9]{1,18}$", required=False)
    tu = forms.DateField(required=False)
    den = forms.DateField(required=False)


def person_asked(by: Actor, key: UUID | None) -> Person | None:
    return visible_people(by).filter(key=key).first() if key else None


def office_label(code: str) -> str:
    return str(OfficeCode(code).label) if code in OfficeCode.values else code


def subject_label(label_lower: str) -> str:
    """What a kind of record is called; the stored code where the model is gone."""
    try:
        return str(apps.get_model(label_lower)._meta.verbose_name).capitalize()
    except LookupError:
        return label_lower


def record_name(kind: str, number: str) -> str:
    """A unit by its name; anything else by its number, since its name may be protected."""
    unit = Unit.objects.filter(pk=number).first() if kind == Unit._meta.label_lower else None
    return unit.name if unit else number


@with_right("audit.see")
@require_safe
def audit_register(request: HttpRequest) -> HttpResponse:
    """Entries of the offices and units the reader covers, latest first; by act, record and days."""
    by = actor_of(request)
    entries = visible_entries(by)
    form = FilterForm(request.GET)
    form.is_valid()
    act, key = form.cleaned_data.get("viec", ""), form.cleaned_data.get("ho_so")
    first, last = form.cleaned_data.get("tu"), form.cleaned_data.get("den")
    if act:
        entries = entries.filter(act=act)
    person = person_asked(by, key)
    if key:
        entries = entries.filter(about_person(person)) if person else entries.none()
    kind, _sep, number = form.cleaned_data.get("doi_tuong", "").partition(":")
    if kind:
        entries = entries.filter(about_record(kind, int(number)))
    if first:
        entries = entries.filter(at__gte=make_aware(datetime.combine(first, time())))
    if last:
        entries = entries.filter(at__lt=make_aware(datetime.combine(last + timedelta(days=1), time())))
    page = Paginator(entries.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    names = dict(
        Person.objects.filter(user__in={e.user_id for e in page if e.user_id}).values_list(
            "user_id", "full_name"
        )
    )
    subjects = [int(e.subject_id) for e in page if e.subject_type == "people.person"]
    people = {str(one.pk): one for one in visible_people(by).filter(pk__in=subjects)}
    rows = [
        Row(
            entry=entry,
            act=act_label(entry.act),
            who=names.get(entry.user_id or 0, ""),
            office=office_label(entry.office),
            subject=subject_label(entry.subject_type),
            person=people.get(entry.subject_id) if entry.subject_type == "people.person" else None,
        )
        for entry in page
    ]
    acts = sorted(((code, str(label)) for code, label in ACTS.items()), key=lambda pair: pair[1])
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": rows,
        "act": act,
        "acts": acts,
        "person": person,
        "record": form.cleaned_data.get("doi_tuong", ""),
        "record_name": f"{subject_label(kind)} {record_name(kind, number)}" if kind else "",
        "first": first,
        "last": last,
    }
    return render(request, "redcross/audit_register.html", context)

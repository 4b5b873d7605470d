"""The audit log as a register: who did what, when, in which office, why. Values stay closed here."""

from dataclasses import dataclass

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.models import AuditEntry
from people.access import with_right
from people.actors import actor_of
from people.enums import OfficeCode
from people.models import Person
from people.queries import visible_entries
from redcross.acts import ACTS, act_label

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, in words."""

    entry: AuditEntry
    act: str
    who: str
    office: str
    subject: str


def office_label(code: str) -> str:
    return str(OfficeCode(code).label) if code in OfficeCode.values else code


def subject_label(label_lower: str) -> str:
    """What a kind of record is called; the stored code where the model is gone."""
    try:
        return str(apps.get_model(label_lower)._meta.verbose_name).capitalize()
    except LookupError:
        return label_lower


@with_right("audit.see")
@require_safe
def audit_register(request: HttpRequest) -> HttpResponse:
    """Entries of the offices and units the reader covers, latest first; ?viec= filters by act."""
    by = actor_of(request)
    entries = visible_entries(by)
    act = request.GET.get("viec", "")
    if act in ACTS:
        entries = entries.filter(act=act)
    page = Paginator(entries.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    names = dict(
        Person.objects.filter(user__in={e.user_id for e in page if e.user_id}).values_list(
            "user_id", "full_name"
        )
    )
    rows = [
        Row(
            entry=entry,
            act=act_label(entry.act),
            who=names.get(entry.user_id or 0, ""),
            office=office_label(entry.office),
            subject=subject_label(entry.subject_type),
        )
        for entry in page
    ]
    acts = sorted(((code, str(label)) for code, label in ACTS.items()), key=lambda pair: pair[1])
    context = {"page": page, "rows": rows, "act": act, "acts": acts}
    return render(request, "redcross/audit_register.html", context)

"""One drive at the desk: its slots, its list, its funnel, what can be done next."""

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donors.actions.drives import copy_drive, count_drive, step_drive
from donors.enums import DRIVE_MANAGE, DRIVE_SEE, DriveState
from donors.forms.drives import CopyForm, CountForm, WhyForm
from donors.models import Drive
from donors.queries.drives import first_timers, funnel, told_of
from donors.queries.settings import drive_settings
from donors.rules.drives import NEXT, against_day, same_weekday_next_year
from donors.views.drives import BADGES, STEPS, seen
from foundation.dates import format_date
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 50
COUNTED = {DriveState.CANCELLED, DriveState.RECONCILED}


@with_right(DRIVE_SEE)
@require_safe
def drive(request: HttpRequest, pk: int) -> HttpResponse:
    """One drive: slots, who signed up, the funnel, ready words, what can be done next."""
    return show(request, seen(request, pk))


def show(request: HttpRequest, found: Drive, failed: dict[str, forms.Form] | None = None) -> HttpResponse:
    by = actor_of(request)
    manages = may(by, DRIVE_MANAGE, found.unit_id)
    names = [
        code
        for code, state in STEPS.items()
        if state in NEXT.get(found.state, ()) and not against_day(state, found.on, by.on)
    ]
    counts = funnel(found)
    given = found.donations.standing()
    check_ins = found.check_ins.select_related("sign_up__person", "device")
    shown: dict[str, forms.Form] = {
        "count": CountForm(prefix="so", initial={"came": counts.came, "passed": found.passed}),
        "copy": CopyForm(prefix="moi", initial={"on": same_weekday_next_year(found.on)}),
        "cancel": WhyForm(prefix="huy"),
    }
    places = found.sign_ups.standing().select_related("slot", "person")
    context = {
        "drive": found,
        "badge": BADGES.get(DriveState(found.state), ""),
        "slots": found.slots.with_waiting(),
        "page": Paginator(places, PAGE).get_page(request.GET.get("trang")),
        "funnel": counts,
        "figures": given.figures() if counts.gave else None,
        "first": first_timers(found) if counts.gave else 0,
        "may_manage": manages,
        "steps": [(code, step_label(code)) for code in names] if manages else [],
        "may_cancel": manages and DriveState.CANCELLED in NEXT.get(found.state, ()),
        "may_count": manages and found.on <= by.on and found.state not in COUNTED,
        "forms": {**shown, **(failed or {})},
        "words": words_to_share(found),
        "devices": list(found.devices.all()) if manages else [],
        "conflicts": list(check_ins.open_conflicts()) if manages else [],
        "latest": list(check_ins.counted().order_by("-received_at")[:5]) if manages else [],
        "told": told_of(found) if found.state == DriveState.CANCELLED else 0,
        "may_check_in": manages and found.state in {DriveState.OPEN, DriveState.RUNNING},
        "may_take_list": found.on <= by.on + timedelta(days=drive_settings(by.on)["list_days_before"]),
    }
    return render(request, "donors/drive.html", context)


def step_label(code: str) -> str:
    """The button of a step."""
    return {"mo": _("Open for sign-up"), "bat-dau": _("Begin the drive"), "dong": _("Close the drive")}[code]


def words_to_share(drive: Drive) -> str:
    """A ready text for Zalo: what, when, where, who takes the blood, the address to sign up at."""
    hours = f"{drive.starts_at:%H:%M}–{drive.ends_at:%H:%M}" if drive.starts_at and drive.ends_at else ""
    told = {
        "name": drive.name,
        "day": format_date(drive.on),
        "hours": hours,
        "place": drive.place,
        "facility": drive.facility,
        "address": settings.SITE_URL + reverse("drive_public", args=[drive.pk]),
    }
    text = _(
        "%(name)s\nDay: %(day)s, %(hours)s\nPlace: %(place)s\n"
        "Blood is taken in by: %(facility)s\nChoose your hour: %(address)s"
    )
    said = text % told
    return f"{said}\n" + _("Contact: %(contact)s") % {"contact": drive.contact} if drive.contact else said


@with_right(DRIVE_SEE)
@require_safe
def drive_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a seat, by hour, to print and sign; name and year of birth only."""
    found = seen(request, pk)
    places = found.sign_ups.filter(state="seated").select_related("slot", "person")
    context = {"drive": found, "places": places, "as_of_day": format_date(actor_of(request).on)}
    return render(request, "donors/drive_list.html", context)


def act(
    request: HttpRequest,
    pk: int,
    name: str,
    form: forms.Form | None,
    run: Callable[[Drive], Drive],
    said: str,
) -> HttpResponse:
    """Run one act on a drive; what stands against it is told beside its form."""
    found = seen(request, pk)
    if form is not None and not form.is_valid():
        return show(request, found, {name: form})
    try:
        after = run(found)
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect("drive", pk)
        refused.add_to_form(form)
        return show(request, found, {name: form})
    messages.success(request, said)
    return redirect("drive", after.pk)


@with_right(DRIVE_MANAGE)
@require_POST
def drive_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Open, begin or close."""
    by, wanted = actor_of(request), STEPS.get(step, DriveState.PLANNED)
    return act(request, pk, "", None, lambda d: step_drive(by=by, drive=d, wanted=wanted), _("Done."))


@with_right(DRIVE_MANAGE)
@require_POST
def drive_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The drive does not take place."""
    by, form = actor_of(request), WhyForm(request.POST, prefix="huy")

    def run(found: Drive) -> Drive:
        words = form.cleaned_data["words"]
        return step_drive(by=by, drive=found, wanted=DriveState.CANCELLED, reason=words)

    return act(request, pk, "cancel", form, run, _("Cancelled. Those who signed up are told by letter."))


@with_right(DRIVE_MANAGE)
@require_POST
def drive_count(request: HttpRequest, pk: int) -> HttpResponse:
    """How many came and passed."""
    by, form = actor_of(request), CountForm(request.POST, prefix="so")

    def run(found: Drive) -> Drive:
        return count_drive(by=by, drive=found, **form.cleaned_data)

    return act(request, pk, "count", form, run, _("Saved."))


@with_right(DRIVE_MANAGE)
@require_POST
def drive_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same drive on another day."""
    by, form = actor_of(request), CopyForm(request.POST, prefix="moi")

    def run(found: Drive) -> Drive:
        return copy_drive(by=by, drive=found, **form.cleaned_data)

    return act(request, pk, "copy", form, run, _("Copied. Look it over, then open it."))

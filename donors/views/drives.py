"""Drives at the desk: the register, planning one, changing what is told of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donors.actions.drives import change_drive, plan_drive
from donors.enums import DRIVE_MANAGE, DRIVE_SEE, DriveState
from donors.forms.drives import DriveForm, NewDriveForm
from donors.models import Drive
from donors.queries.drives import visible_drives
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

PAGE = 50
STEPS = {"mo": DriveState.OPEN, "bat-dau": DriveState.RUNNING, "dong": DriveState.CLOSED}
BADGES = {
    DriveState.OPEN: "ok",
    DriveState.RUNNING: "ok",
    DriveState.CLOSED: "wait",
    DriveState.RECONCILED: "info",
    DriveState.CANCELLED: "bad",
}


def seen(request: HttpRequest, pk: int) -> Drive:
    """The drive, if the visitor's offices cover its unit; else 404."""
    return get_object_or_404(visible_drives(actor_of(request)).with_seats(), pk=pk)


@with_right(DRIVE_SEE)
@require_safe
def drive_register(request: HttpRequest) -> HttpResponse:
    """Drives of the units I cover, the latest day first."""
    by = actor_of(request)
    state = request.GET.get("trang-thai", "")
    drives = visible_drives(by).with_seats().order_by("-on", "-pk")
    if state in DriveState.values:
        drives = drives.filter(state=state)
    page = Paginator(drives, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(drive, BADGES.get(DriveState(drive.state), "")) for drive in page],
        "states": DriveState.choices,
        "state": state,
        "may_manage": may(by, DRIVE_MANAGE),
    }
    return render(request, "donors/drive_register.html", context)


@with_right(DRIVE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def drive_new(request: HttpRequest) -> HttpResponse:
    """Plan a drive; it is opened for sign-up on its own page."""
    by = actor_of(request)
    form = NewDriveForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            drive = plan_drive(
                by=by,
                unit=data["unit"],
                values=form.values(),
                slot_minutes=data["slot_minutes"],
                seats=data["seats"],
            )
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned. Open it when people may sign up."))
            return redirect("drive", drive.pk)
    return render(request, "donors/drive_edit.html", {"form": form, "drive": None})


@with_right(DRIVE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def drive_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is told of a drive."""
    by, drive = actor_of(request), seen(request, pk)
    initial = {name: getattr(drive, name) for name in DriveForm.base_fields}
    form = DriveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_drive(by=by, drive=drive, values=form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("drive", drive.pk)
    return render(request, "donors/drive_edit.html", {"form": form, "drive": drive})

"""The page on which our list of a drive and the facility's are compared, line by line."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donors.actions.reconciling import match_again, reconcile_drive, settle_row, take_facility_list
from donors.enums import CONFIRM, DRIVE_MANAGE, DRIVE_SEE, DriveState, RowState
from donors.forms.reconciling import FacilityListForm, FinishForm, SettleForm
from donors.models import Drive, FacilityRow
from donors.queries.drives import funnel, visible_drives
from donors.queries.reconciling import OPEN, compared, ours_left
from donors.views.drives import seen
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

SHOWN = 200


@with_right(DRIVE_SEE)
@require_safe
def drive_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Both lists: what agrees as a count, what does not line by line."""
    return show(request, seen(request, pk))


def show(request: HttpRequest, drive: Drive, **forms: Any) -> HttpResponse:
    by = actor_of(request)
    manages = may(by, DRIVE_MANAGE, drive.unit_id) and drive.state == DriveState.CLOSED
    rows = drive.facility_rows.select_related("donation__donor__person")
    told = compared(drive)
    counts = funnel(drive)
    context = {
        "drive": drive,
        "told": told,
        "rows": list(rows.filter(state__in=OPEN)[:SHOWN]),
        "settled": list(rows.filter(state=RowState.SETTLED)[:SHOWN]),
        "left": list(ours_left(drive)[:SHOWN]) if told.theirs else [],
        "may_manage": manages,
        "may_finish": drive.state == DriveState.CLOSED and may(by, CONFIRM, drive.unit_id),
        "list_form": FacilityListForm(),
        "settle_form": SettleForm(drive=drive) if manages and told.open else None,
        "finish_form": FinishForm(initial={"came": counts.came, "passed": drive.passed}),
        **forms,
    }
    return render(request, "donors/drive_compare.html", context)


@with_right(DRIVE_MANAGE)
@require_POST
def drive_compare_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in the facility's list."""
    drive, form = seen(request, pk), FacilityListForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            n = take_facility_list(by=actor_of(request), drive=drive, lines=form.lines)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("%(n)s lines were read and compared.") % {"n": n})
            return redirect("drive_compare", pk)
    return show(request, drive, list_form=form)


@with_right(DRIVE_MANAGE)
@require_POST
def drive_compare_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare anew what is not settled."""
    drive = seen(request, pk)
    try:
        left = match_again(by=actor_of(request), drive=drive)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Compared again: %(n)s lines are open.") % {"n": left})
    return redirect("drive_compare", pk)


@with_right(DRIVE_MANAGE)
@require_POST
def drive_compare_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one line."""
    by = actor_of(request)
    rows = FacilityRow.objects.select_related("drive__unit")
    row = get_object_or_404(rows, pk=pk, drive__in=visible_drives(by))
    form = SettleForm(request.POST, drive=row.drive)
    try:
        if not form.is_valid():
            raise Refused([_("Choose a donation of this drive.")])
        settle_row(
            by=by,
            row=row,
            note=form.cleaned_data["note"],
            donation=form.cleaned_data["donation"],
            takes_their_volume=request.POST.get("do") == "the-tich",
        )
    except Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("drive_compare", row.drive_id)


@with_right(CONFIRM)
@require_POST
def drive_compare_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes are signed: what stands on both lists counts from now on."""
    drive, form = get_object_or_404(visible_drives(actor_of(request)), pk=pk), FinishForm(request.POST)
    if form.is_valid():
        try:
            reconcile_drive(by=actor_of(request), drive=drive, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Reconciled: what stands on both lists counts from now on."))
            return redirect("drive", pk)
    return show(request, drive, finish_form=form)

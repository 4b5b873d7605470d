"""Check-in without network: the key handed over, the page that lives on the device, its list, its entries.

The page and its worker are public and hold nothing; list and entries ask for the device's key, never for a
session, so that a session that has ended stops nobody at the table.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from donors.actions.checkins import (
    Entry,
    open_device,
    receive_check_ins,
    revoke_device,
    settle_check_in,
)
from donors.enums import DRIVE_MANAGE
from donors.models import CheckIn, CheckInDevice
from donors.queries.checkins import list_is_gone, people_of
from donors.queries.drives import visible_drives
from donors.queries.settings import drive_settings
from donors.rules.checkins import key_digest
from foundation.dates import today
from foundation.refusal import Refused
from people.access import public, with_right
from people.actors import actor_for, actor_of

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
# What the page needs to stand without network.
KEPT = (
    "css/tokens.css",
    "css/base.css",
    "css/parts.css",
    "css/entrance.css",
    "css/checkin.css",
    "css/print.css",
    "fonts/be-vietnam-pro-400.woff2",
    "fonts/be-vietnam-pro-600.woff2",
    "img/favicon.ico",
    "img/mark.svg",
    "img/icons.svg",
    "js/theme.js",
    "js/checkin.js",
    "js/checkin-store.js",
)
_TAIL = re.compile(r"\d{0,3}")


def no_store(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@with_right(DRIVE_MANAGE)
@require_POST
@sensitive_variables("key")
def checkin_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Make this device one of the drive's: its key is handed over in the answer, once."""
    by = actor_of(request)
    drive = get_object_or_404(visible_drives(by), pk=pk)
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if not request.is_secure() and host not in LOCAL:
        messages.error(request, _("Check-in works on HTTPS only: open the portal at its https address."))
        return redirect("drive", pk)
    try:
        device, key = open_device(by=by, drive=drive, name=request.POST.get("name", "")[:60])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("drive", pk)
    return no_store(
        render(request, "donors/checkin_open.html", {"drive": drive, "device": device, "key": key})
    )


@with_right(DRIVE_MANAGE)
@require_POST
def checkin_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A lost device: no list any more."""
    by = actor_of(request)
    device = get_object_or_404(CheckInDevice, pk=pk, drive__in=visible_drives(by))
    revoke_device(by=by, device=device)
    messages.success(request, _("Revoked. What it still sends is looked at before it counts."))
    return redirect("drive", device.drive_id)


@with_right(DRIVE_MANAGE)
@require_POST
def checkin_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Count an entry, or do not."""
    by = actor_of(request)
    check_in = get_object_or_404(CheckIn, pk=pk, drive__in=visible_drives(by))
    try:
        settle_check_in(by=by, check_in=check_in, counts=request.POST.get("do") == "tinh")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('drive', args=[check_in.drive_id])}#diem-danh")


@public
@require_safe
def checkin_shell(request: HttpRequest) -> HttpResponse:
    """The page that lives on the device; it holds no name."""
    return render(request, "donors/checkin.html")


@public
@require_safe
def checkin_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: keeps the page and its files, never a list; with ?gui it also sends what waits."""
    files = [static(name) for name in KEPT]
    context = {
        "files": json.dumps(files),
        "version": key_digest("".join(files) + settings.SITE_URL)[:12],
        "sends": "gui" in request.GET,
        "store": static("js/checkin-store.js"),
    }
    response = render(request, "donors/checkin_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


Answer = Callable[[HttpRequest, CheckInDevice], HttpResponse]


def by_key(answer: Answer) -> Callable[[HttpRequest], HttpResponse]:
    """Asks for a device's key in the Authorization header; 401 without a known one."""

    @csrf_exempt  # no cookie is read: the key in a header is what no other page can send
    @require_POST
    def asked(request: HttpRequest) -> HttpResponse:
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        devices = CheckInDevice.objects.select_related("drive__unit", "opened_by")
        device = devices.filter(digest=key_digest(key)).first() if kind == "Bearer" and key else None
        if device is None or device.opened_by is None:
            return no_store(JsonResponse({"words": _("This device is not known here.")}, status=401))
        return no_store(answer(request, device))

    return asked


def _list(request: HttpRequest, device: CheckInDevice) -> HttpResponse:
    if list_is_gone(device):
        words = _("The list is gone: the drive is over, or its time has passed.")
        return JsonResponse({"over": True, "words": words})  # no error: a list ends one day
    drive = device.drive
    CheckInDevice.objects.filter(pk=device.pk).update(seen_at=timezone.now())
    return JsonResponse(
        {
            "drive": {
                "id": drive.pk,
                "name": drive.name,
                "on": f"{drive.on:%d/%m/%Y}",
                "unit": drive.unit.name,
            },
            "until": device.list_until.isoformat(),
            "people": people_of(drive),
        }
    )


def _send(request: HttpRequest, device: CheckInDevice) -> HttpResponse:
    most = drive_settings(today())["entries_at_once"]
    try:
        entries = [_entry(one) for one in json.loads(request.body)["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"words": _("These entries cannot be read.")}, status=400)
    if len(entries) > most:
        return JsonResponse({"words": _("Too many entries at once.")}, status=413)
    if device.opened_by is None:
        return JsonResponse({}, status=401)
    try:
        rows = receive_check_ins(by=actor_for(device.opened_by), device=device, entries=entries)
    except Refused as refused:
        return JsonResponse({"words": str(refused)}, status=409)
    told = [
        {"key": str(row.key), "state": row.state, "words": row.get_conflict_display() if row.conflict else ""}
        for row in rows
    ]
    return JsonResponse({"entries": told, "over": list_is_gone(device)})


def _entry(one: Any) -> Entry:
    """An entry as sent; ValueError, KeyError or TypeError if it is none."""
    came_at = datetime.fromisoformat(one["at"])
    if came_at.tzinfo is None:
        raise ValueError("a moment without its zone")
    key = UUID(one["key"])
    if one.get("place") is not None:
        return Entry(key, came_at, place=int(one["place"]))
    year = int(one["year"]) if one.get("year") else None
    name, tail = " ".join(str(one["name"]).split())[:120], str(one.get("tail") or "")
    if not name or not _TAIL.fullmatch(tail) or (year is not None and not 1900 <= year <= 2100):
        raise ValueError("not a person")
    return Entry(key, came_at, full_name=name, birth_year=year, phone_tail=tail)


checkin_list = public(by_key(_list))
checkin_send = public(by_key(_send))

"""Giving blood, for everybody: the way in, the calendar of drives, the same as .ics. No cookie."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from donors.models import Drive
from donors.queries.drives import calendar
from donors.queries.rules import booking
from foundation.dates import ZONE, today
from people.access import public

NEXT = 3
WIDTH = 74  # octets of a line, RFC 5545 section 3.1


@public
@require_safe
def blood_home(request: HttpRequest) -> HttpResponse:
    """Where to begin: check oneself, choose a drive, book at the centre. 2 queries."""
    context = {"drives": calendar(today(), NEXT), "booking": booking(today())}
    return render(request, "donors/blood_home.html", context)


@public
@require_safe
def drive_calendar(request: HttpRequest) -> HttpResponse:
    """The drives to come, by day. 2 queries."""
    context = {"drives": calendar(today()), "booking": booking(today())}
    return render(request, "donors/drive_calendar.html", context)


@public
@require_safe
def drive_public(request: HttpRequest, pk: int) -> HttpResponse:
    """One drive: where, when, what is left of each hour. 3 queries."""
    drives = Drive.objects.announced(today()).with_seats().select_related("unit")
    drive = get_object_or_404(drives, pk=pk)
    context = {"drive": drive, "slots": list(drive.slots.with_waiting()), "booking": booking(today())}
    return render(request, "donors/drive_public.html", context)


@public
@require_safe
def drive_ics(request: HttpRequest) -> HttpResponse:
    """The calendar for phones (RFC 5545)."""
    response = HttpResponse(ics(calendar(today())), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich-hien-mau.ics"'
    return response


def ics(drives: list[Drive]) -> str:
    """The drives as one calendar; hours in UTC, lines folded at 75 octets."""
    host = settings.SITE_URL.partition("://")[2]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//redcross//VI", "METHOD:PUBLISH"]
    for drive in drives:
        made = drive.created_at.astimezone(UTC)
        lines += ["BEGIN:VEVENT", f"UID:drive-{drive.pk}@{host}", f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"]
        if drive.starts_at and drive.ends_at:
            for name, hour in (("DTSTART", drive.starts_at), ("DTEND", drive.ends_at)):
                moment = datetime.combine(drive.on, hour, ZONE).astimezone(UTC)
                lines.append(f"{name}:{moment:%Y%m%dT%H%M%SZ}")
        else:
            lines.append(f"DTSTART;VALUE=DATE:{drive.on:%Y%m%d}")
            lines.append(f"DTEND;VALUE=DATE:{drive.on + timedelta(days=1):%Y%m%d}")
        lines.append(f"SUMMARY:{escaped(drive.name)}")
        lines.append(f"LOCATION:{escaped(drive.place)}")
        lines.append(f"DESCRIPTION:{escaped(f'{drive.unit.name}. {drive.facility}')}")
        lines.append(f"URL:{settings.SITE_URL}{reverse('drive_public', args=[drive.pk])}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends escaped."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line cut so that no piece is over 75 octets; no letter is cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > WIDTH:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])

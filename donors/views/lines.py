"""A drive's donations typed in a grid: one line a person, by keyboard; plain rows without script."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from donors.actions.lines import enter_line, note_look_up
from donors.enums import ENTER, Component, Source
from donors.forms.lines import NEW, LineForm
from donors.models import Donation, Drive
from donors.queries.drives import visible_drives
from donors.queries.finding import By, Found, Giver, find_givers, identity_of
from donors.queries.rules import giving_rules
from donors.queries.verdicts import facts_of
from donors.rules.verdict import Check, Verdict, assess
from donors.rules.verdict import Found as Holds
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

ROWS = 10
MOST = 100
SHOWN = 30
USUAL_ML = 350


@dataclass
class Line:
    """One row of the grid as it is drawn: its form, who may be meant, what stands against it."""

    number: str
    form: LineForm
    givers: tuple[Giver, ...] = ()
    chosen: Giver | None = None
    is_new: bool = False
    is_cut: bool = False
    against: list[Check] = field(default_factory=list)
    verdict: Verdict | None = None
    donation: Donation | None = None


def blank(number: int | str) -> Line:
    """A row nobody has typed in."""
    initial = {"volume_ml": USUAL_ML, "component": Component.WHOLE_BLOOD}
    return Line(str(number), LineForm(prefix=f"d{number}", initial=initial))


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid; a POST takes every line that is right and keeps the others as typed."""
    by, drive = _drive(request, pk)
    kept: list[Line] = []
    taken = 0
    for number in _numbers(request) if request.method == "POST" else ():
        form = LineForm(request.POST, prefix=f"d{number}")
        if form.is_blank():
            continue
        line = take(by, drive, number, form)
        if line.donation is None:
            kept.append(line)
        else:
            taken += 1
    first = max((int(line.number) for line in kept), default=0) + 1
    rows = [*kept, *(blank(first + place) for place in range(max(1, ROWS - len(kept))))]
    return render(
        request, "donors/lines.html", _context(drive) | {"lines": rows, "taken": taken, "kept": kept}
    )


@with_right(ENTER)
@require_POST
@never_cache
def line_find(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is meant by what was typed, with the verdict at once; by POST, since it may be a number."""
    by, drive = _drive(request, pk)
    number = _one(request)
    form = LineForm(request.POST, prefix=f"d{number}")
    found = look_up(by, drive, form)
    chosen = found.givers[0] if found.is_sure else None
    line = Line(number, _untold(form), found.givers, chosen, is_new=not found.givers, is_cut=found.is_cut)
    judge(drive, line)
    return render(request, "donors/_line.html", {"line": line, "NEW": NEW})


@with_right(ENTER)
@require_POST
@never_cache
def line_save(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: recorded, or given back with what is wrong."""
    by, drive = _drive(request, pk)
    number = _one(request)
    line = take(by, drive, number, LineForm(request.POST, prefix=f"d{number}"))
    if line.donation is not None:
        context = {"donation": line.donation, "count": _given(drive).count()}
        return render(request, "donors/_line_taken.html", context)
    return render(request, "donors/_line.html", {"line": line, "NEW": NEW})


def take(by: Actor, drive: Drive, number: str, form: LineForm) -> Line:
    """The line recorded, or with its reasons on the fields; no line touches another."""
    line = Line(number, form)
    if not form.is_valid():
        line.is_new = bool(form.data.get(form.add_prefix("name")))
        return line
    data = form.cleaned_data
    found = look_up(by, drive, form)
    line.givers, line.is_cut = found.givers, found.is_cut
    chosen = next((one for one in found.givers if str(one.person.key) == data["person"]), None)
    line.chosen = chosen or (found.givers[0] if found.is_sure and not form.wants_new() else None)
    line.is_new = line.chosen is None and (form.wants_new() or not found.givers)
    giver: Any
    if line.chosen is not None:
        giver = line.chosen.person
    elif form.wants_new():
        phone = data["who"] if found.by == By.PHONE else ""
        identity = identity_of(by, data["who"]) if found.by == By.IDENTITY else ""
        giver = form.newcomer(phone, identity)
    elif found.givers:
        form.add_error("who", _("Choose who is meant: a name alone does not decide."))
        return line
    else:
        form.add_error("who", _("Nobody was found: fill in the new donor, or correct what was typed."))
        return line
    try:
        line.donation = enter_line(by=by, drive=drive, giver=giver, values=form.values())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
    except ValidationError as error:
        form.add_error(None, error.messages)
    judge(drive, line)
    return line


def look_up(by: Actor, drive: Drive, form: LineForm) -> Found:
    """Who may be meant; a search by identity number is logged."""
    typed = str(form.data.get(form.add_prefix("who"), ""))[:120]
    found = find_givers(by, typed)
    if found.by == By.IDENTITY:
        note_look_up(by=by, drive=drive, found=len(found.givers))
    return found


def judge(drive: Drive, line: Line) -> None:
    """What stands against the chosen donor on the day of the drive, by what is kept."""
    if line.chosen is None or line.chosen.donor is None or line.donation is not None:
        return
    facts = facts_of(line.chosen.donor, Component.WHOLE_BLOOD, before=drive.on)
    line.verdict = assess(facts, giving_rules(drive.on), on=drive.on)
    line.against = [check for check in line.verdict.checks if check.found == Holds.FAILED]


def _untold(form: LineForm) -> LineForm:
    """The same values without complaints: nothing was asked to be saved yet."""
    kept = {name: form.data.get(form.add_prefix(name), "") for name in form.fields}
    return LineForm(prefix=form.prefix, initial=kept)


def _drive(request: HttpRequest, pk: int) -> tuple[Actor, Drive]:
    by = actor_of(request)
    drive = get_object_or_404(visible_drives(by), pk=pk)
    if not may(by, ENTER, drive.unit_id):
        raise Http404
    return by, drive


def _given(drive: Drive) -> Any:
    return Donation.objects.standing().filter(drive=drive, source=Source.DRIVE)


def _context(drive: Drive) -> dict[str, Any]:
    rows = _given(drive).select_related("donor__person")
    return {
        "drive": drive,
        "given": rows.order_by("-pk")[:SHOWN],
        "count": rows.count(),
        "blank": blank("__n__"),
        "NEW": NEW,
    }


def _numbers(request: HttpRequest) -> list[str]:
    return [number for number in request.POST.getlist("row") if number.isdecimal()][:MOST]


def _one(request: HttpRequest) -> str:
    return next(iter(_numbers(request)), "0")

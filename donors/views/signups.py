"""A place at a drive: my own taken, moved, given back; a person's, given by an officer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donors.actions.signups import cancel_sign_up, move_sign_up, sign_up
from donors.enums import DRIVE_MANAGE, SignUpState
from donors.forms.drives import SlotForm
from donors.models import Drive, SignUp
from donors.queries.drives import place_of, places_before
from donors.queries.verdicts import not_yet_on
from donors.rules.drives import against_sign_up
from donors.views.drives import seen
from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import signed_in_only, with_right
from people.actors import actor_of, signed_in
from people.models import Person
from people.queries import visible_people
from people.queries.register import Wanted, register


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_drive(request: HttpRequest, pk: int) -> HttpResponse:
    """A drive with my place at it; POST takes, moves or gives back the place."""
    by = actor_of(request)
    person = Person.objects.filter(user=signed_in(request)).first()
    drives = Drive.objects.exclude(state="planned").select_related("unit")
    drive = get_object_or_404(drives, pk=pk)
    if person is None:
        raise Http404
    place = place_of(person, drive)
    form = SlotForm(request.POST or None, drive=drive, initial={"slot": place.slot_id if place else None})
    if request.method == "POST" and (request.POST.get("do") == "cancel" or form.is_valid()):
        try:
            said = carry_out(request, by, person, place, form)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, said)
            return redirect("mine_drive", drive.pk)
    against = against_sign_up(drive.state, drive.on, by.on)
    context = {
        "drive": drive,
        "place": place,
        "verdict": None if against else not_yet_on(person, drive.on),
        "form": form,
        "is_waiting": place is not None and place.state == SignUpState.WAITING,
        "before": places_before(place) if place and place.state == SignUpState.WAITING else 0,
        "against": against,
    }
    return render(request, "donors/mine_drive.html", context)


def carry_out(request: HttpRequest, by: Actor, person: Person, place: SignUp | None, form: SlotForm) -> str:
    """Do what was pressed; returns what to say."""
    if request.POST.get("do") == "cancel":
        if place is not None:
            cancel_sign_up(by=by, place=place)
        return _("Your place is given back. Thank you for telling us.")
    if place is not None:
        move_sign_up(by=by, place=place, slot=form.cleaned_data["slot"])
        return _("Your hour is changed.")
    made = sign_up(by=by, person=person, slot=form.cleaned_data["slot"])
    if made.state == SignUpState.WAITING:
        return _("This hour is full: you are on the waiting list and will be told when a seat is free.")
    return _("You have a seat. See you at the drive.")


FOUND = 20


@with_right(DRIVE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def drive_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer finds a person by name or phone and gives them a place."""
    by, drive = actor_of(request), seen(request, pk)
    query = request.POST.get("q", request.GET.get("q", "")).strip()
    form = SlotForm(request.POST or None, drive=drive)
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("person", "")
        person = visible_people(by).filter(pk=key).first() if key.isdecimal() else None
        try:
            if person is None:
                raise Refused([_("Choose the person first.")])
            made = sign_up(by=by, person=person, slot=form.cleaned_data["slot"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            waits = made.state == SignUpState.WAITING
            told = {"name": person.full_name, "hour": str(made.slot)}
            words = _("%(name)s waits for %(hour)s.") if waits else _("%(name)s has a seat at %(hour)s.")
            messages.success(request, words % told)
            verdict = not_yet_on(person, drive.on)
            if verdict is not None:
                early = _("By what is kept, %(name)s may not give on %(day)s.")
                said = early % {"name": person.full_name, "day": format_date(drive.on)}
                if verdict.earliest:
                    said += " " + _("The earliest day is %(day)s.") % {"day": format_date(verdict.earliest)}
                messages.warning(request, said)
            return redirect("drive_sign_up", pk)
    found = register(by, Wanted(query=query))[:FOUND] if len(query) > 1 else []
    context = {
        "drive": drive,
        "query": query,
        "found": found,
        "form": form,
        "against": against_sign_up(drive.state, drive.on, by.on),
    }
    return render(request, "donors/drive_sign_up.html", context)

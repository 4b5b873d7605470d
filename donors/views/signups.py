"""My place at a drive: sign up, move, give back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donors.actions.signups import cancel_sign_up, move_sign_up, sign_up
from donors.enums import SignUpState
from donors.forms.drives import SlotForm
from donors.models import Drive, SignUp
from donors.queries.drives import place_of, places_before
from donors.rules.drives import against_sign_up
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import signed_in_only
from people.actors import actor_of, signed_in
from people.models import Person


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
    context = {
        "drive": drive,
        "place": place,
        "form": form,
        "is_waiting": place is not None and place.state == SignUpState.WAITING,
        "before": places_before(place) if place and place.state == SignUpState.WAITING else 0,
        "against": against_sign_up(drive.state, drive.on, by.on),
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

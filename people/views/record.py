"""A person's record: summary, panels with an address each, protected values opened by POST, account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from letters.queries import visible_to as visible_letters
from people.access import with_right
from people.actions import give_account, make_sign_in_code
from people.actions.codes import DAYS_VALID
from people.actions.sightings import note_opened, reveal_identity
from people.actors import actor_of
from people.enums import PersonState
from people.forms.offices import AccountForm
from people.forms.person import ReasonForm
from people.models import IdentityNumber, Person
from people.permissions import may, may_with
from people.queries import units_of, visible_people
from people.queries.exports import national
from people.queries.rights import consents_of, timeline
from people.sealing import unseal


def masked(row: IdentityNumber) -> str:
    """What a record shows of an identity number: its last four digits."""
    return "•••• " + unseal(row.sealed, row.key_version)[-4:]


Loader = Callable[[Actor, Person], dict[str, Any]]


def _contacts(by: Actor, person: Person) -> dict[str, Any]:
    own = by.user is not None and person.user_id == by.user.pk
    reads = own or may_with(by, "people.contacts", person)
    phones = [(national(phone.number), phone) for phone in person.phones.order_by("pk")]
    return {
        "reads": reads,
        "phones": phones if reads else [("•••• " + number[-3:], phone) for number, phone in phones],
        "identities": [
            (masked(row) if reads else "••••", row) for row in person.identity_numbers.order_by("kind")
        ],
        "may_reveal": may_with(by, "people.reveal", person),
    }


def _belongings(by: Actor, person: Person) -> dict[str, Any]:
    return {"belongings": person.belongings.select_related("unit").order_by("-during", "unit__code")}


def _offices(by: Actor, person: Person) -> dict[str, Any]:
    grants = person.offices.select_related("unit").order_by("-during")
    return {"grants": grants, "may_grant": may(by, "office.grant")}


def _consents(by: Actor, person: Person) -> dict[str, Any]:
    return {"consents": consents_of(person), "requests": person.data_requests.order_by("-asked_at")}


def _letters(by: Actor, person: Person) -> dict[str, Any]:
    letters = visible_letters(by).filter(user=person.user).order_by("-created_at")[:50]
    return {"letters": letters if person.user else [], "may_read": may(by, "letters.see")}


def _timeline(by: Actor, person: Person) -> dict[str, Any]:
    reads = may_with(by, "people.enter", person) or may_with(by, "data.manage", person)
    return {"events": timeline(by, person, with_values=reads), "may_audit": may(by, "audit.see")}


PANELS: dict[str, tuple[Promise, str, Loader]] = {
    "lien-he": (gettext_lazy("Contacts"), "people/person_contacts.html", _contacts),
    "don-vi": (gettext_lazy("Belongs to"), "people/person_belongings.html", _belongings),
    "chuc-vu": (gettext_lazy("Offices held"), "people/person_offices.html", _offices),
    "dong-y": (gettext_lazy("Consents"), "people/person_consents.html", _consents),
    "thong-bao": (pgettext_lazy("people", "Letters"), "people/person_letters.html", _letters),
    "nhat-ky": (gettext_lazy("Timeline"), "people/person_timeline.html", _timeline),
}


def frame(by: Actor, person: Person, panel: str) -> dict[str, Any]:
    """What stands above every panel."""
    standing = person.state == PersonState.STANDING
    return {
        "person": person,
        "panel": panel,
        "tabs": [(slug, label) for slug, (label, _template, _load) in PANELS.items()],
        "units": units_of(person, by.on),
        "may_change": standing and may_with(by, "people.enter", person),
        "may_code": standing and may_with(by, "account.code", person),
        "today": by.on,
    }


def find(by: Actor, key: UUID) -> Person:
    """The person, if the actor may see them; 404 otherwise."""
    return get_object_or_404(visible_people(by).select_related("user", "merged_into"), key=key)


@with_right("people.see")
@require_safe
@never_cache
def person(request: HttpRequest, key: UUID, panel: str = "lien-he") -> HttpResponse:
    """One person: summary and one panel. Opening is noted, once a day for each officer."""
    by = actor_of(request)
    found = find(by, key)
    if found.merged_into is not None:
        return redirect("person", key=found.merged_into.key)
    if panel not in PANELS:
        raise Http404
    note_opened(by=by, person=found)
    _label, template, load = PANELS[panel]
    return render(request, template, frame(by, found, panel) | load(by, found))


@with_right("people.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person_reveal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask why, then show the identity number once; the reason is logged."""
    by = actor_of(request)
    found = find(by, key)
    if not may_with(by, "people.reveal", found):
        raise Http404
    form = ReasonForm(request.POST or None)
    numbers: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            numbers = reveal_identity(by=by, person=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
    return render(request, "people/person_reveal.html", {"person": found, "form": form, "numbers": numbers})


@with_right("account.code")
@require_http_methods(["GET", "HEAD", "POST"])
def person_account(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a person without account a login name; the printed code follows."""
    by = actor_of(request)
    found = find(by, key)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_account(by=by, person=found, username=form.cleaned_data["username"])
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error("username", error.messages)
        else:
            messages.success(request, _("The account is open. Print the sign-in code now."))
            return redirect("person", key=found.key)
    return render(request, "people/person_account.html", {"form": form, "person": found})


@with_right("account.code")
@require_POST
@never_cache
def person_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a sign-in code and show it once, as a slip to print."""
    by = actor_of(request)
    found = find(by, key)
    try:
        code = make_sign_in_code(by=by, person=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("person", key=found.key)
    context = {"person": found, "units": units_of(found, by.on), "code": code, "days": DAYS_VALID}
    return render(request, "people/person_code.html", context)

"""My data: what all apps hold, who has seen it, download; and carrying out what was asked."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from people.access import signed_in_only, with_right
from people.actions.requests import answer_request, carry_out_request, refuse_request
from people.actors import actor_of, signed_in
from people.forms.my_data import AnswerForm
from people.models import Person
from people.queries.rights import choices_of, sightings_of, visible_requests
from people.views.my_data import own_record, request_page
from redcross.registry import forget_everywhere, held_about

SEEN_SHOWN = 20


@signed_in_only
@require_safe
@never_cache
def mine_data(request: HttpRequest) -> HttpResponse:
    """What is held, where from, on what ground; who has seen it; consents; requests."""
    person = Person.objects.select_related("user").filter(user=signed_in(request)).first()
    if person is None:
        return render(request, "people/mine_data.html", {"person": None})
    sections = [held for held in held_about(person) if held.code not in {"sightings", "consents", "letters"}]
    context = {
        "person": person,
        "sections": sections,
        "seen": sightings_of(person, SEEN_SHOWN),
        "choices": choices_of(person, actor_of(request).on),
        "requests": person.data_requests.order_by("-asked_at"),
    }
    return render(request, "people/mine_data.html", context)


@signed_in_only
@require_safe
@never_cache
def mine_data_json(request: HttpRequest) -> HttpResponse:
    """All of it as JSON, to keep or to take elsewhere."""
    person = own_record(request)
    held = [
        {
            "code": one.code,
            "title": one.title,
            "source": one.source,
            "ground": one.ground,
            "rows": [{"label": label, "value": value} for label, value in one.rows],
        }
        for one in held_about(person)
    ]
    made = timezone.localtime()
    text = json.dumps(
        {"made_at": made.isoformat(timespec="seconds"), "held": held}, ensure_ascii=False, indent=2
    )
    name = f"du-lieu-cua-toi-{made:%Y-%m-%d}.json"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=disposition)


@signed_in_only
@require_safe
@never_cache
def mine_data_print(request: HttpRequest) -> HttpResponse:
    """All of it as one page to read, print or save."""
    person = own_record(request)
    context = {"person": person, "sections": list(held_about(person)), "made": timezone.localtime()}
    return render(request, "people/mine_data_print.html", context)


@with_right("data.manage")
@require_POST
def data_request_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, carry out, or refuse a request; what was typed stays when it is refused."""
    by = actor_of(request)
    found = get_object_or_404(visible_requests(by).select_related("person"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["answer"]
        try:
            if request.POST.get("do") == "refuse":
                refuse_request(by=by, request=found, reason=words)
            elif request.POST.get("do") == "carry_out":
                carry_out_request(by=by, request=found, answer=words, forget=forget_everywhere)
            else:
                answer_request(by=by, request=found, answer=words)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved; the person is told where an e-mail is known."))
            return redirect("data_request_list")
    return render(request, "people/data_request.html", request_page(found, form))

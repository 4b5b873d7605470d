"""Consents and requests of the person; the requests as the data-protection officer works them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from people.access import signed_in_only, with_right
from people.actions.consents import give_consent, withdraw_consent
from people.actions.requests import ask_about_data
from people.actors import actor_of, signed_in
from people.enums import RequestKind, RequestState
from people.forms.my_data import AnswerForm, RequestForm
from people.models import DataRequest, Person
from people.queries.rights import OPEN, visible_requests
from people.rules.rights import clock, what_stays

PAGE = 50


def own_record(request: HttpRequest) -> Person:
    """The person behind the login; 404 where there is none."""
    found = Person.objects.select_related("user").filter(user=signed_in(request)).first()
    if found is None:
        raise Http404
    return found


@signed_in_only
@require_POST
def mine_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Give or withdraw one consent."""
    by, person = actor_of(request), own_record(request)
    try:
        if request.POST.get("do") == "give":
            give_consent(by=by, person=person, purpose=purpose)
            messages.success(request, _("Your consent is noted. You can withdraw it here at any time."))
        else:
            withdraw_consent(by=by, person=person, purpose=purpose)
            messages.success(request, _("Your consent is withdrawn from now on."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("mine_data")


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine_data_request(request: HttpRequest) -> HttpResponse:
    """Ask to correct, restrict or erase; the term stands beside each."""
    by, person = actor_of(request), own_record(request)
    form = RequestForm(request.POST or None, initial={"kind": request.GET.get("loai")})
    if request.method == "POST" and form.is_valid():
        kind = RequestKind(form.cleaned_data["kind"])
        try:
            made = ask_about_data(by=by, person=person, kind=kind, words=form.cleaned_data["words"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            day = f"{made.answer_by:%d/%m/%Y}"
            messages.success(
                request, _("Your request is received. The answer comes by %(day)s.") % {"day": day}
            )
            return redirect("mine_data")
    kinds = [kind for kind, _label in RequestForm.base_fields["kind"].choices]  # type: ignore[attr-defined]
    terms = [(RequestKind(kind).label, clock(kind, by.on)) for kind in kinds]
    context = {"form": form, "terms": terms, "stays": what_stays(by.on)}
    return render(request, "people/mine_data_request.html", context)


@with_right("data.manage")
@require_safe
@never_cache
def data_request_list(request: HttpRequest) -> HttpResponse:
    """Requests by deadline; ?dong=1 shows the closed ones."""
    by = actor_of(request)
    closed = request.GET.get("dong") == "1"
    rows = visible_requests(by).select_related("person")
    rows = rows.exclude(state__in=OPEN).order_by("-closed_at") if closed else rows.filter(state__in=OPEN)
    rows = rows if closed else rows.order_by("answer_by", "done_by", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "closed": closed, "today": by.on}
    return render(request, "people/data_request_list.html", context)


@with_right("data.manage")
@require_safe
@never_cache
def data_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its clock, and what can be done."""
    by = actor_of(request)
    found = get_object_or_404(visible_requests(by).select_related("person"), pk=pk)
    return render(request, "people/data_request.html", request_page(found, AnswerForm()))


def request_page(found: DataRequest, form: AnswerForm) -> dict[str, object]:
    """What the page of one request shows."""
    asked_on = found.asked_at.date()
    return {
        "asked": found,
        "form": form,
        "clock": clock(found.kind, asked_on),
        "is_open": found.state in OPEN,
        "is_new": found.state == RequestState.OPEN,
        "erases": found.kind == RequestKind.ERASE,
        "stays": what_stays(asked_on),
    }

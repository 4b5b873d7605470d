"""The rules in force, each with its article; the chapter's stricter rows and the place of booking on top."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donors.actions import end_local_rule, set_booking, set_local_rule
from donors.enums import RULES, SEE
from donors.forms.donors import BookingForm, LastDayForm, LocalRuleForm
from donors.models import BookingLink, LocalRule
from donors.queries.rules import booking, giving_rules
from donors.rules.wording import law_lines
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def donor_rules(request: HttpRequest) -> HttpResponse:
    """The law in force and the local rows; a POST sets a local rule or the place of booking."""
    by = actor_of(request)
    is_booking = request.POST.get("what") == "booking"
    sent = request.method == "POST"
    may_set = any(RULES in hold.may and hold.is_top for hold in by.holds)
    if sent and not may_set:
        raise PermissionDenied
    form = LocalRuleForm(request.POST if sent and not is_booking else None, request.FILES or None)
    booking_form = BookingForm(request.POST if sent and is_booking else None, auto_id="booking_%s")
    chosen = booking_form if is_booking else form
    if sent and chosen.is_valid():
        try:
            if is_booking:
                set_booking(by=by, **chosen.cleaned_data)
            else:
                set_local_rule(by=by, **chosen.cleaned_data)
        except Refused as refused:
            refused.add_to_form(chosen)
        except ValidationError as error:
            chosen.add_error(None, error.messages)
        else:
            messages.success(request, _("The row is kept, with who decided it and when."))
            return redirect("donor_rules")
    context = {
        "law": law_lines(giving_rules(by.on)),
        "rules": LocalRule.objects.select_related("file").order_by("subject", "-effective_from"),
        "links": BookingLink.objects.order_by("-effective_from"),
        "booking": booking(by.on),
        "form": form,
        "booking_form": booking_form,
        "may_set": may_set,
        "today": by.on,
    }
    return render(request, "donors/donor_rules.html", context)


@with_right(RULES)
@require_POST
def local_rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a local rule."""
    by = actor_of(request)
    rule = get_object_or_404(LocalRule, pk=pk)
    form = LastDayForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused([_("Type the last day as dd/mm/yyyy.")])
        end_local_rule(by=by, rule=rule, last_on=form.cleaned_data["last_on"])
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("donor_rules")

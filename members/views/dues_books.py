"""The book of dues of a unit that merges: what is in it, handing it over, the record to sign."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.dates import paper_date
from foundation.refusal import Refused
from members.actions.dues_books import hand_over_book
from members.enums import DUES_MANAGE, ReceiptState, RemittanceState
from members.forms.dues import HandoverForm
from members.models import DuesHandover, DuesReceipt
from members.queries.dues import remitted_sum, used_numbers, visible_books
from members.queries.units import base_units
from people.access import with_right
from people.actors import actor_of


@with_right(DUES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def dues_handover(request: HttpRequest, code: str) -> HttpResponse:
    """What the book holds and the form to hand it over; once done, the record with its signatures."""
    by = actor_of(request)
    unit = get_object_or_404(visible_books(by), code=code)
    form = HandoverForm(request.POST or None, units=base_units(by.on).exclude(pk=unit.pk))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hand_over_book(
                by=by, unit=unit, successor=data["successor"], on=data["on"], minutes=data["minutes"]
            )
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as invalid:
            form.add_error(None, invalid)
        else:
            messages.success(request, _("The book is handed over. Print the record and have it signed."))
            return redirect("dues_handover", code)
    book = DuesHandover.objects.filter(unit=unit).select_related("successor").first()
    sums = DuesReceipt.objects.filter(unit=unit, state=ReceiptState.VALID).aggregate(
        collected=Sum("amount"), upper=Sum("upper_part")
    )
    context = {
        "unit": unit,
        "book": book,
        "form": None if book else form,
        "units": base_units(by.on),
        "collected": book.collected if book else sums["collected"] or 0,
        "remitted": book.remitted if book else remitted_sum(unit, RemittanceState.CONFIRMED),
        "not_remitted": book.not_remitted
        if book
        else (sums["upper"] or 0) - remitted_sum(unit, RemittanceState.CONFIRMED),
        "arrears": book.arrears if book else None,
        "numbers": book.receipts if book else used_numbers(unit),
        "paper_day": paper_date(book.on) if book else "",
    }
    return render(request, "members/dues_handover.html", context)

"""Papers issued to my unit: the list, and saying that one has arrived."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.refusal import Refused
from papers.actions import receive_paper
from papers.enums import DRAFT, SEE
from papers.queries import incoming, not_received, own_units
from papers.rules import paper_kinds
from people.access import with_right
from people.actors import actor_of

PAGE = 50


@with_right(SEE)
@require_safe
def paper_incoming(request: HttpRequest) -> HttpResponse:
    """Issued papers that name a unit of mine; ?chua-nhan=1 what nobody has received yet."""
    by = actor_of(request)
    only_new = bool(request.GET.get("chua-nhan"))
    rows = incoming(by).filter(received_at=None) if only_new else incoming(by)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    kinds, mine = paper_kinds(by.on), set(own_units(by, DRAFT))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(row, kinds[row.paper.kind].name, row.unit_id in mine) for row in page],
        "only_new": only_new,
        "new_count": not_received(by).count(),
    }
    return render(request, "papers/paper_incoming.html", context)


@with_right(DRAFT)
@require_POST
def paper_receive(request: HttpRequest, key: Any) -> HttpResponse:
    """The unit has received it (don-vi: its code)."""
    by = actor_of(request)
    mine = own_units(by, DRAFT)
    row = get_object_or_404(
        incoming(by), paper__key=key, unit__in=mine, unit__code=request.POST.get("don-vi", "")
    )
    try:
        receive_paper(by=by, recipient=row)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Noted: your unit has received the paper."))
    return redirect("paper", key)

"""The register of papers, the year's book, a unit's head of papers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.dates import format_date, today
from foundation.refusal import Refused
from papers import queries
from papers.actions import add_series, set_letterhead
from papers.enums import DRAFT, NUMBER, SEE, PaperState
from papers.forms import LetterheadForm, SeriesForm
from papers.rules import paper_kinds
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.permissions import may

PAGE = 50
FILTERS = ("q", "trang-thai", "loai", "don-vi", "nam")
BADGES = {
    PaperState.SUBMITTED: "wait",
    PaperState.RETURNED: "wait",
    PaperState.SIGNED: "info",
    PaperState.ISSUED: "ok",
    PaperState.ENDED: "bad",
}


@with_right(SEE)
@require_safe
def paper_register(request: HttpRequest) -> HttpResponse:
    """Papers of the units I cover; filters stay in the address."""
    by = actor_of(request)
    filters = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    page = Paginator(queries.register(by, filters), PAGE).get_page(request.GET.get("trang"))
    kinds = paper_kinds(by.on)
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "rows": [(paper, kinds[paper.kind].name, BADGES.get(PaperState(paper.state), "")) for paper in page],
        "q": filters["q"],
        "state": filters["trang-thai"],
        "kind": filters["loai"],
        "unit": filters["don-vi"],
        "year": filters["nam"],
        "states": PaperState.choices,
        "kinds": [(kind.code, kind.name) for kind in kinds.values()],
        "units": Unit.objects.filter(pk__in=queries.visible_to(by).values("unit")).order_by("name"),
        "years": [str(by.on.year - n) for n in range(4)],
        "is_filtered": any(filters.values()),
        "may_draft": may(by, DRAFT),
        "new_count": queries.not_received(by).count(),
        "may_number": may(by, NUMBER),
        "series": queries.visible_series(by)[:100],
    }
    return render(request, "papers/paper_register.html", context)


@with_right(SEE)
@require_safe
def paper_book(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The book of outgoing papers of a series and year, to print."""
    by = actor_of(request)
    series = get_object_or_404(queries.visible_series(by), pk=pk)
    kinds = paper_kinds(by.on)
    papers = queries.book(by, series, year).prefetch_related("recipients")
    context = {
        "series": series,
        "year": year,
        "rows": [(paper, kinds[paper.kind].name) for paper in papers],
        "as_of_day": format_date(today()),
    }
    return render(request, "papers/paper_book.html", context)


@with_right(NUMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_head(request: HttpRequest, code: str) -> HttpResponse:
    """What stands at the head of a unit's papers; a series for a council."""
    by = actor_of(request)
    unit = get_object_or_404(queries.units_for(by, NUMBER), code=code)
    head = queries.head_of(unit, by.on)
    initial = {
        "superior": head.superior,
        "issuer": head.issuer,
        "place": head.place,
        "address": head.address,
        **queries.sizes_of(unit),
    }
    is_series = request.POST.get("what") == "series"
    form = LetterheadForm(
        request.POST if request.method == "POST" and not is_series else None, initial=initial
    )
    series_form = SeriesForm(request.POST if is_series else None, prefix="day")
    chosen = series_form if is_series else form
    if request.method == "POST" and chosen.is_valid():
        data = chosen.cleaned_data
        try:
            if is_series:
                add_series(by=by, unit=unit, **data)
            else:
                named = {name: data[name] for name in ("superior", "issuer", "place", "address")}
                set_letterhead(by=by, unit=unit, sizes=form.sizes(), **named)
        except Refused as refused:
            refused.add_to_form(chosen)
        else:
            messages.success(request, _("Saved. Papers drafted from now on take it over."))
            return redirect("paper_head", unit.code)
    context = {
        "unit": unit,
        "form": form,
        "series_form": series_form,
        "series": queries.visible_series(by).filter(unit=unit),
    }
    return render(request, "papers/paper_head.html", context)

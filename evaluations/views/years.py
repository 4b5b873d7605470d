"""A year rated from its facts; who is not rated; evidence behind a criterion; the unit's regulation."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluations import actions
from evaluations.enums import DECIDE, MANAGE, SCORE, RatingState
from evaluations.forms.ratings import ReasonForm
from evaluations.forms.years import RegulationForm, YearForm
from evaluations.models import Evidence, Rating, Regulation
from evaluations.queries import covered, own_ratings
from evaluations.queries.annual import CONDITIONS, POINTS, basis_of
from evaluations.queries.year import year_of
from evaluations.views.ratings import rating_seen, step
from evaluations.views.staff import units_of
from foundation.refusal import Refused
from people.access import signed_in_only, with_right
from people.actors import actor_of

PAGE = 50


@with_right(SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_year(request: HttpRequest, key: str) -> HttpResponse:
    """The department's facts of the year, and what the law makes of them."""
    found = rating_seen(request, key)
    basis = basis_of(found.cycle, found.employment.status)
    if basis.kind not in (CONDITIONS, POINTS):
        raise Http404
    is_open = found.state == RatingState.OPEN
    form = YearForm(request.POST or None, rating=found, kind=basis.kind, needs_reason=is_open)

    def act(typed: dict[str, Any]) -> None:
        actions.score_year(
            by=actor_of(request),
            rating=found,
            version=typed["version"],
            values=form.values(),
            late_reason=typed.get("late_reason", ""),
        )

    said = _("The facts are saved; what the law makes of them stands below.")
    return step(request, found, form, act, said, "evaluations/rating_year.html", year_of(found))


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_exempt(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody is not rated in the period, with a reason."""
    found = rating_seen(request, key)
    about = year_of(found)
    verdict = about.get("verdict")
    why = " ".join(str(one) for one in verdict.reasons) if verdict and verdict.is_out else ""
    form = ReasonForm(request.POST or None, initial={"reason": why})

    def act(typed: dict[str, Any]) -> None:
        actions.exempt_rating(by=actor_of(request), rating=found, **typed)

    said = _("Not rated in this period; the form can be opened again.")
    return step(request, found, form, act, said, "evaluations/rating_exempt.html", about)


def sent(row: Evidence) -> FileResponse:
    """The file of a piece of evidence as a download; 404 where its bytes have gone."""
    if not row.file.file:
        raise Http404
    stored = row.file
    return FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )


@with_right(MANAGE, SCORE, DECIDE)
@require_safe
def rating_evidence(request: HttpRequest, key: str, evidence: int) -> FileResponse:
    """A file behind a criterion of a report that was handed over."""
    found = rating_seen(request, key)
    if found.reported_at is None:
        raise Http404
    return sent(get_object_or_404(found.evidence.select_related("file"), pk=evidence))


@signed_in_only
@require_safe
def mine_evidence(request: HttpRequest, key: str, evidence: int) -> FileResponse:
    """A file of my own report."""
    found: Rating = get_object_or_404(own_ratings(actor_of(request)), key=key)
    return sent(get_object_or_404(found.evidence.select_related("file"), pk=evidence))


@with_right(MANAGE, SCORE, DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def regulations(request: HttpRequest) -> HttpResponse:
    """What units chose where the law leaves it open: reading and effect of the cap, points of a year."""
    by = actor_of(request)
    units = units_of(request, MANAGE)
    form = RegulationForm(request.POST or None, units=units) if covered(by, MANAGE) else None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            actions.issue_regulation(
                by=by,
                unit=data["unit"],
                from_on=data["from_on"],
                decision=data["decision"],
                values=form.values(),
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The regulation is entered; the one before ends the day before."))
            return redirect("rating_regulations")
    rows = Regulation.objects.filter(unit__in=covered(by, MANAGE, SCORE, DECIDE)).select_related("unit")
    page = Paginator(rows.order_by("unit__code", "-during"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [(row, by.on in row.during) for row in page],
        "form": form,
    }
    return render(request, "evaluations/regulations.html", context)

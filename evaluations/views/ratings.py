"""One person's rating at the desk: reading, scoring, deciding, reopening, answering a petition;
and scoring by criterion across people."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evaluations import actions
from evaluations.actions.steps import Changed
from evaluations.enums import DECIDE, MANAGE, SCORE, RatingState, Stage
from evaluations.forms.ratings import AnswerForm, DecideForm, ReasonForm, ScoreForm
from evaluations.models import Rating
from evaluations.queries import visible_to
from evaluations.queries.annual import CONDITIONS, basis_of
from evaluations.queries.board import calendar, due_on
from evaluations.queries.forms import Grid, grid_of, sheet_of
from evaluations.queries.year import is_by_facts, year_of
from evaluations.views.cycles import cycle_of
from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.permissions import may

UNDECIDED = (RatingState.OPEN, RatingState.REPORTED, RatingState.SCORED)


def rating_seen(request: HttpRequest, key: str) -> Rating:
    """The rating of somebody else in my units; else 404."""
    rows = visible_to(actor_of(request)).select_related("cycle__unit", "person", "employment__unit")
    return get_object_or_404(rows, key=key)


def may_of(request: HttpRequest, rating: Rating) -> dict[str, bool]:
    """What the visitor may do with the rating as it stands."""
    by = actor_of(request)
    scores = may(by, SCORE, rating.employment.unit_id) and not rating.employment.rated_above
    decides = may(by, DECIDE, rating.cycle.unit_id)
    state = rating.state
    return {
        "may_score": scores and state in UNDECIDED,
        "may_exempt": decides and state in {*UNDECIDED, RatingState.DECIDED},
        "may_decide": decides
        and (
            state in {RatingState.SCORED, RatingState.DECIDED}
            or (state == RatingState.OPEN and rating.employment.rated_above)
        ),
        "may_reopen": decides
        and state not in {RatingState.OPEN, RatingState.REPORTED, RatingState.PETITIONED},
        "may_answer": decides and state == RatingState.PETITIONED,
    }


@with_right(MANAGE, SCORE, DECIDE)
@require_safe
def rating(request: HttpRequest, key: str) -> HttpResponse:
    """One person's form with what was handed over, points by stage, petition, everything that happened."""
    by = actor_of(request)
    found = rating_seen(request, key)
    due = due_on(found.cycle, found, calendar(found.cycle))
    context = {
        "rating": found,
        "due": due,
        "is_late": due is not None and by.on > due,
        **sheet_of(found),
        **may_of(request, found),
        **year_of(found),
    }
    return render(request, "evaluations/rating.html", context)


def step(
    request: HttpRequest,
    found: Rating,
    form: Any,
    act: Callable[[Any], object],
    done: str,
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask, run the act, say what came of it. Two people at one form: what was saved meanwhile is shown
    beside what was typed, and the next save is of today's version."""
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Changed as changed:
            meanwhile = changed.rating
            form.reread(meanwhile)
            form.add_error(
                None, _("Somebody saved this form meanwhile. Both are shown below: compare, then save.")
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, done)
            return redirect("rating", found.key)
    shown = meanwhile or found
    last = shown.events.select_related("user__person").last() if meanwhile else None
    return render(
        request,
        template,
        {
            "rating": shown,
            "form": form,
            "meanwhile": meanwhile,
            "last": last,
            **sheet_of(shown),
            **(context or {}),
        },
    )


@with_right(SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_score(request: HttpRequest, key: str) -> HttpResponse:
    """The department's points, with what the person gave himself beside each; a year that a decree rates by
    its facts is scored from those."""
    found = rating_seen(request, key)
    if is_by_facts(found):
        return redirect("rating_year", key)
    form = ScoreForm(request.POST or None, rating=found, needs_reason=found.state == RatingState.OPEN)

    def act(typed: dict[str, Any]) -> None:
        actions.score_rating(
            by=actor_of(request),
            rating=found,
            version=typed["version"],
            given=form.given(),
            deductions=typed["deductions"],
            late_reason=typed.get("late_reason", ""),
        )

    return step(request, found, form, act, _("The points are saved."), "evaluations/rating_score.html")


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_decide(request: HttpRequest, key: str) -> HttpResponse:
    """The head's decision."""
    found = rating_seen(request, key)
    form = DecideForm(request.POST or None, rating=found, **fields_of(found))

    def act(typed: dict[str, Any]) -> None:
        actions.decide_rating(by=actor_of(request), rating=found, **{"score": None, **typed})

    return step(
        request,
        found,
        form,
        act,
        _("The decision is saved."),
        "evaluations/rating_decide.html",
        year_of(found),
    )


def fields_of(found: Rating) -> dict[str, bool]:
    """Whether the head chooses a level, and whether there is a score."""
    basis = basis_of(found.cycle, found.employment.status)
    above = found.employment.rated_above
    return {
        "needs_level": above or basis.scale is None,
        "has_score": above or basis.kind != CONDITIONS,
    }


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_reopen(request: HttpRequest, key: str) -> HttpResponse:
    """What reopening does, then reopening with a reason."""
    found = rating_seen(request, key)
    form = ReasonForm(request.POST or None)

    def act(typed: dict[str, Any]) -> None:
        actions.reopen_rating(by=actor_of(request), rating=found, **typed)

    return step(request, found, form, act, _("The form is open again."), "evaluations/rating_reopen.html")


@with_right(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Answer a petition: the score is kept or changed; the rating is final from then on."""
    by = actor_of(request)
    found = rating_seen(request, key)
    petition = found.petition
    is_late = petition is not None and by.on > petition.due_on
    initial = {"score": found.score, "level": found.level}
    form = AnswerForm(request.POST or None, is_late=is_late, initial=initial, **fields_of(found))

    def act(typed: dict[str, Any]) -> None:
        actions.answer_petition(by=by, rating=found, **{"score": None, **typed})

    return step(
        request,
        found,
        form,
        act,
        _("The petition is answered; the rating is final."),
        "evaluations/rating_answer.html",
    )


@with_right(SCORE)
@require_http_methods(["GET", "HEAD", "POST"])
def rating_grid(request: HttpRequest, pk: int) -> HttpResponse:
    """By criterion across people: one column of names, one field each; no pay, no colleague's draft."""
    by = actor_of(request)
    cycle = cycle_of(request, pk)
    grid = grid_of(by, cycle, request.GET.get("nhom", ""), request.GET.get("tieu-chi", ""))
    troubles: list[str] = []
    if request.method == "POST" and grid.criterion is not None:
        saved, troubles = save_column(request, grid)
        if saved:
            said = ngettext("%(count)s person saved.", "%(count)s people saved.", saved) % {"count": saved}
            messages.success(request, said)
        if not troubles:
            return redirect(request.get_full_path())
        grid = grid_of(by, cycle, request.GET.get("nhom", ""), request.GET.get("tieu-chi", ""), request.POST)
    context = {"cycle": cycle, "grid": grid, "troubles": troubles}
    return render(request, "evaluations/rating_grid.html", context)


def save_column(request: HttpRequest, grid: Grid) -> tuple[int, list[str]]:
    """Save every changed field of the column; (how many, sentences for those that could not be)."""
    by, saved, troubles = actor_of(request), 0, []
    if grid.criterion is None:
        return 0, []
    for line in grid.lines:
        text = request.POST.get(f"p{line.rating.pk}", "").strip().replace(",", ".")
        version = request.POST.get(f"v{line.rating.pk}", "")
        if not version.isdecimal() or text == line.typed:
            continue
        try:
            points = Decimal(text) if text else None
            actions.score_one(
                by=by,
                rating=line.rating,
                version=int(version),
                criterion=grid.criterion,
                points=points,
            )
        except InvalidOperation:
            troubles.append(_("%(name)s: enter points as a number.") % {"name": line.rating.person.full_name})
        except Changed as changed:
            now = changed.rating.points.filter(stage=Stage.DEPARTMENT, criterion=grid.criterion).first()
            troubles.append(
                _("%(name)s: saved by somebody meanwhile (%(now)s), yours is %(mine)s. Save to keep yours.")
                % {
                    "name": line.rating.person.full_name,
                    "now": now.given if now and now.given is not None else "–",
                    "mine": text or "–",
                }
            )
        except Refused as refused:
            troubles.append(f"{line.rating.person.full_name}: {refused}")
        else:
            saved += 1
    return saved, troubles

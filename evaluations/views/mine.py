"""A member of staff: my form, score with reasons, what changed, petition, pay; comments on colleagues."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluations import actions
from evaluations.actions.steps import Changed
from evaluations.enums import RatingState
from evaluations.forms.ratings import ReportForm, WordsForm
from evaluations.models import Rating
from evaluations.queries import TOLD, own_ratings
from evaluations.queries.board import calendar, procedure
from evaluations.queries.forms import sheet_of
from evaluations.queries.mine import colleagues_to_comment, comment_by, pay_of, steps_told
from evaluations.rules import petition_limits
from foundation.refusal import Refused
from people.access import signed_in_only
from people.actors import actor_of, signed_in
from people.models import Person


def own_of(request: HttpRequest, key: str) -> Rating:
    """My rating; anybody else's is 404."""
    rows = own_ratings(actor_of(request)).select_related("cycle__unit", "person", "employment__unit")
    return get_object_or_404(rows, key=key)


@signed_in_only
@require_safe
def mine_ratings(request: HttpRequest) -> HttpResponse:
    """My forms and results by period, and colleagues to comment on."""
    by = actor_of(request)
    found = own_ratings(by).select_related("cycle__unit", "employment").order_by("-cycle__last_on", "-pk")
    context = {
        "ratings": [(one, calendar(one.cycle), one.state in TOLD) for one in found],
        "colleagues": colleagues_to_comment(by),
        "waiting": RatingState.OPEN,
        "exempt": RatingState.EXEMPT,
    }
    return render(request, "evaluations/mine_ratings.html", context)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_rating(request: HttpRequest, key: str) -> HttpResponse:
    """One period: the form while it is mine to fill; afterwards what was handed over and published."""
    by = actor_of(request)
    rating = own_of(request, key)
    is_open, is_told = (
        rating.state == RatingState.OPEN and not rating.employment.rated_above,
        rating.state in TOLD,
    )
    days = calendar(rating.cycle)
    form = None
    if is_open:
        form = ReportForm(
            request.POST or None,
            request.FILES or None,
            rating=rating,
            last_on=days.self_report_by,
            is_late=by.on > days.self_report_by,
        )
    meanwhile = None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        is_draft = "draft" in request.POST
        try:
            actions.hand_over_report(
                by=by,
                rating=rating,
                version=data["version"],
                words=data["words"],
                given=form.given(),
                evidence=form.evidence(),
                files=data["files"],
                drop=data["drop"],
                late_reason=data.get("late_reason", ""),
                is_draft=is_draft,
            )
        except Changed as changed:
            meanwhile = changed.rating
            form.reread(meanwhile)
            form.add_error(
                None, _("This form was saved meanwhile, perhaps in another window: compare, then save.")
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            said = (
                _("The draft is saved; nobody else reads it.")
                if is_draft
                else _("The self-report is handed over.")
            )
            messages.success(request, said)
            return redirect("mine_rating", key)
    told: dict[str, Any] = sheet_of(rating)
    if not is_told:
        told |= {
            "points": [
                (one, {"self": given["self"]} if "self" in given else {}) for one, given in told["points"]
            ]
        }
        told |= {"deductions": [], "comments": []}
    told["evidence_url"] = "mine_evidence"
    context = {
        **told,
        "rating": rating,
        "form": form,
        "meanwhile": meanwhile,
        "is_told": is_told,
        "report": rating.self_report,
        "days": days,
        "events": steps_told(rating) if is_told else [],
        "pay": pay_of(rating),
        "is_exempt": rating.state == RatingState.EXEMPT,
        **petition_of(request, rating),
    }
    return render(request, "evaluations/mine_rating.html", context)


def petition_of(request: HttpRequest, rating: Rating) -> dict[str, Any]:
    """Whether a petition is possible, until when."""
    if rating.state != RatingState.PUBLISHED or rating.published_on is None:
        return {"may_petition": False}
    entry = procedure(rating.cycle)
    last, _due = petition_limits(rating.published_on, None, entry)
    return {
        "may_petition": actor_of(request).on <= last,
        "petition_until": last,
        "petition_law": entry.cited["petition_days"],
        "petition_form": WordsForm(),
    }


@signed_in_only
@require_POST
def mine_petition(request: HttpRequest, key: str) -> HttpResponse:
    """Ask that my rating be looked at again."""
    rating = own_of(request, key)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            made = actions.file_petition(
                by=actor_of(request), rating=rating, words=form.cleaned_data["words"]
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            day = made.due_on.strftime("%d/%m/%Y")
            messages.success(request, _("The petition is filed. It is answered by %(day)s.") % {"day": day})
    else:
        messages.error(request, _("Write what should be looked at again, and why."))
    return redirect("mine_rating", key)


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
def mine_comment(request: HttpRequest, key: str) -> HttpResponse:
    """My comment on a colleague (form 2A or 2B); a draft is mine alone."""
    by = actor_of(request)
    rating = get_object_or_404(colleagues_to_comment(by), key=key)
    author = get_object_or_404(Person, user=signed_in(request))
    before = comment_by(rating, author)
    form = WordsForm(request.POST or None, initial={"words": before.words if before else ""})
    if request.method == "POST" and form.is_valid():
        is_draft = "draft" in request.POST
        try:
            actions.comment(
                by=by, rating=rating, author=author, words=form.cleaned_data["words"], is_draft=is_draft
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(
                request,
                pgettext("evaluations", "The draft is saved.")
                if is_draft
                else _("The comment is handed over."),
            )
            return redirect("mine_ratings")
    return render(request, "evaluations/mine_comment.html", {"rating": rating, "form": form})

"""Titles of staff from final annual ratings: candidates of a year, proposals, decisions, initiatives."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from foundation.dated import NoRule
from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actors import actor_of
from people.models import Person
from people.permissions import may
from people.queries import units_of
from rewards.actions.titles import (
    decide_titles,
    enter_initiative,
    propose_titles,
    register_emulation,
    revoke_title,
)
from rewards.enums import CHECK, MANAGE, SEE, Reach, StaffTitle, TitleState
from rewards.forms import day
from rewards.permissions import over_city
from rewards.queries.titles import (
    Candidate,
    candidates,
    final_ratings,
    initiatives_seen,
    rules_of,
    shares,
    titles_seen,
)

PAGE = 100
BACK = 6  # years to choose from


class DecideForm(forms.Form):
    decision = forms.CharField(label=pgettext_lazy("rewards", "Number of the decision"), max_length=120)
    decided_on = day(gettext_lazy("Day of the decision"))
    outcome = forms.ChoiceField(
        label=pgettext_lazy("rewards", "Outcome"),
        choices=[
            (TitleState.RECOGNISED.value, TitleState.RECOGNISED.label),
            (TitleState.REFUSED.value, TitleState.REFUSED.label),
        ],
    )


class RevokeForm(forms.Form):
    decision = forms.CharField(label=pgettext_lazy("rewards", "Number of the decision"), max_length=120)
    decided_on = day(gettext_lazy("Day of the decision"))
    note = forms.CharField(label=pgettext_lazy("rewards", "Reason"), max_length=300)


class InitiativeForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none(), label=pgettext_lazy("rewards", "Person"))
    name = forms.CharField(label=gettext_lazy("Name of the initiative"), max_length=300)
    reach = forms.ChoiceField(label=gettext_lazy("Has effect in"), choices=Reach.choices)
    decision = forms.CharField(label=gettext_lazy("Recognised by decision"), max_length=120)
    recognised_on = day(gettext_lazy("Recognised on"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def year_asked(request: HttpRequest, on: date) -> int:
    """?nam=, else the year whose ratings are decided now: last year's until December."""
    text = request.GET.get("nam", "")
    return int(text) if len(text) == 4 and text.isdecimal() else on.year - (on.month < 12)


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def title_list(request: HttpRequest) -> HttpResponse:
    """A year's candidates with what each may be proposed for; registering, proposing, deciding."""
    by = actor_of(request)
    year = year_asked(request, by.on)
    form = DecideForm(request.POST if request.POST.get("act") == "decide" else None)
    if request.method == "POST":
        answer = _act(request, by, year, form)
        if answer is not None:
            return answer
    try:
        found, entry = candidates(by, year), rules_of(year)
    except NoRule:
        found, entry = [], None
    chosen = request.GET.get("danh-hieu", "")
    page = Paginator([one for one in found if shown(one, chosen)], PAGE).get_page(request.GET.get("trang"))
    waiting = titles_seen(by).filter(year=year, state=TitleState.PROPOSED)
    decided = titles_seen(by).filter(year=year).exclude(state=TitleState.PROPOSED)
    context = {
        "year": year,
        "years": range(by.on.year, by.on.year - BACK, -1),
        "entry": entry,
        "total": len(found),
        "chosen": chosen,
        "titles": [
            (title.value, title.label, sum(shown(one, title) for one in found)) for title in StaffTitle
        ],
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "shares": shares(found, entry) if entry else None,
        "share_law": entry.cited["base_fighter_share"] if entry else None,
        "waiting": list(waiting.order_by("title", "person__sort_key")) if over_city(by, MANAGE) else [],
        "decided": list(decided.order_by("title", "person__sort_key")[:PAGE]),
        "may_propose": may(by, CHECK),
        "may_decide": over_city(by, MANAGE),
        "form": form,
    }
    return render(request, "rewards/title_list.html", context)


def shown(one: Candidate, title: str) -> bool:
    """Whether the person's conditions for the title are met; everybody without a title."""
    return title not in StaffTitle.values or any(each.title == title for each in one.met)


def _act(request: HttpRequest, by: Actor, year: int, form: DecideForm) -> HttpResponse | None:
    """Run what was pressed; None where the form has to be shown again."""
    act = request.POST.get("act")
    try:
        if act == "register":
            keys = {int(pk) for pk in request.POST.getlist("tham-gia") if pk.isdecimal()}
            count = register_emulation(by=by, year=year, people=keys)
            said = ngettext("%(count)s person registered.", "%(count)s people registered.", count)
        elif act == "propose":
            wanted = [one.partition(":") for one in request.POST.getlist("de-nghi")]
            pairs = [(int(pk), title) for pk, _colon, title in wanted if pk.isdecimal()]
            count = propose_titles(by=by, year=year, wanted=pairs)
            said = ngettext("%(count)s title proposed.", "%(count)s titles proposed.", count)
        elif act == "decide":
            if not form.is_valid():
                return None
            keys = {int(pk) for pk in request.POST.getlist("quyet-dinh") if pk.isdecimal()}
            data = form.cleaned_data
            count = decide_titles(
                by=by,
                titles=keys,
                decision=data["decision"],
                decided_on=data["decided_on"],
                is_recognised=data["outcome"] == TitleState.RECOGNISED,
            )
            said = ngettext("%(count)s title decided.", "%(count)s titles decided.", count)
        else:
            raise Http404
    except Refused as refused:
        if act == "decide":
            refused.add_to_form(form)
            return None
        messages.error(request, str(refused))
    else:
        messages.success(request, said % {"count": count})
    return redirect(f"{reverse('reward_titles')}?nam={year}")


@with_right(SEE)
@require_safe
def title_person(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """One candidate: every title with its reasons and the article of each."""
    by = actor_of(request)
    try:
        found = candidates(by, year, [pk])
    except NoRule as error:
        raise Http404 from error
    if not found:
        raise Http404
    history = titles_seen(by).filter(person=pk).order_by("-year", "pk")
    context = {"one": found[0], "year": year, "history": history, "may_decide": over_city(by, MANAGE)}
    return render(request, "rewards/title_person.html", context)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def title_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a recognised title back."""
    by = actor_of(request)
    title = get_object_or_404(titles_seen(by), pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_title(by=by, title=title, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The title is revoked."))
            return redirect(f"{reverse('reward_titles')}?nam={title.year}")
    return render(request, "rewards/title_revoke.html", {"title": title, "form": form})


@with_right(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_list(request: HttpRequest) -> HttpResponse:
    """Recognised initiatives of staff; entering one."""
    by = actor_of(request)
    year = by.on.year
    form = None
    if may(by, CHECK):
        staff = [
            pk
            for one in (year, year - 1)
            for pk in final_ratings(by, one).order_by().values_list("person", flat=True)
        ]
        people = Person.objects.filter(pk__in=staff).order_by("sort_key")
        form = InitiativeForm(request.POST or None, people=people)
    if request.method == "POST" and form is not None and form.is_valid():
        person = form.cleaned_data["person"]
        unit = units_of(person, by.on).order_by("code").first()
        try:
            if unit is None:
                raise Refused([_("This person belongs to no unit today.")])
            enter_initiative(by=by, unit=unit, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("The initiative is entered."))
            return redirect("reward_initiatives")
    page = Paginator(initiatives_seen(by), PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "form": form,
    }
    return render(request, "rewards/initiative_list.html", context)

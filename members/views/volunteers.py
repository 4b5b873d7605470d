"""Volunteers at the desk and on their own page: one form a step, the same for both."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from members.actions.volunteers import (
    check_skill,
    drop_service,
    drop_skill,
    give_title,
    note_service,
    revoke_title,
    save_volunteer,
    set_language,
    set_skill,
    sign_conduct,
)
from members.enums import ACT, ENTER, SEE, TitleLevel
from members.forms.life import ReasonForm
from members.forms.volunteers import (
    ConductForm,
    LanguageForm,
    ProfileForm,
    ServiceForm,
    SkillForm,
    TitleForm,
)
from members.models import ServiceDay, VolunteerProfile
from members.panels import volunteer_page
from members.queries.lists import LISTS, Asked, listed
from members.queries.memberships import place_of
from members.queries.volunteers import (
    active_only,
    skills_of,
    visible_skills,
    visible_titles,
    volunteering,
    without_conduct,
)
from members.rules.volunteers import conduct, named, volunteer_terms
from people.access import signed_in_only, with_right
from people.actors import actor_of
from people.models import Person
from people.permissions import may_with
from people.queries import visible_people
from people.views.my_data import own_record

SOON_SHOWN = 50
Step = tuple[Promise, Callable[[HttpRequest, Actor, Person], forms.Form], Callable[[Actor, Person, Any], Any]]


def _profile_form(request: HttpRequest, by: Actor, person: Person) -> forms.Form:
    profile = VolunteerProfile.objects.filter(person=person).first()
    return ProfileForm(request.POST or None, profile=profile, on=by.on)


def _skill_form(request: HttpRequest, by: Actor, person: Person) -> forms.Form:
    skill = skills_of(person).filter(code=request.GET.get("ma", "")).first()
    return SkillForm(request.POST or None, on=by.on, skill=skill)


def _conduct_form(request: HttpRequest, by: Actor, person: Person) -> forms.Form:
    return ConductForm(request.POST or None, is_own=person.user_id == (by.user and by.user.pk))


def _service_form(request: HttpRequest, by: Actor, person: Person) -> forms.Form:
    row = volunteering(person, by.on)
    return ServiceForm(request.POST or None, by=by, unit=place_of(row, by.on) if row else None)


def _save_service(by: Actor, person: Person, form: Any) -> None:
    data = form.cleaned_data
    note_service(
        by=by, person=person, unit=data["unit"], on=data["on"], minutes=form.minutes(), what=data["what"]
    )


# What the volunteer and the unit do alike; then what the unit alone does.
SHARED: dict[str, Step] = {
    "thong-tin": (
        gettext_lazy("What is offered, whom to call"),
        _profile_form,
        lambda by, person, form: save_volunteer(
            by=by, person=person, version=form.cleaned_data["version"], values=form.values()
        ),
    ),
    "ky-nang": (
        gettext_lazy("Skill"),
        _skill_form,
        lambda by, person, form: set_skill(by=by, person=person, **form.cleaned_data),
    ),
    "ngon-ngu": (
        gettext_lazy("Language"),
        lambda request, by, person: LanguageForm(request.POST or None, on=by.on),
        lambda by, person, form: set_language(by=by, person=person, **form.cleaned_data),
    ),
    "quy-tac": (
        gettext_lazy("Code of conduct"),
        _conduct_form,
        lambda by, person, form: sign_conduct(by=by, person=person, signed_on=form.day()),
    ),
}
STAFF: dict[str, tuple[str, Step]] = {
    **{code: (ENTER, step) for code, step in SHARED.items()},
    "ngay-phuc-vu": (ENTER, (gettext_lazy("Day of service"), _service_form, _save_service)),
    "danh-hieu": (
        ACT,
        (
            gettext_lazy("Title of a volunteer"),
            lambda request, by, person: TitleForm(request.POST or None),
            lambda by, person, form: give_title(
                by=by,
                person=person,
                **{**form.cleaned_data, "level": TitleLevel(form.cleaned_data["level"])},
            ),
        ),
    ),
}


@with_right(SEE)
@require_safe
@never_cache
def volunteer_desk(request: HttpRequest) -> HttpResponse:
    """Volunteers of the units I cover: how many serve, who has not signed, whose skills run out."""
    by = actor_of(request)
    rows = listed(by, LISTS["tinh-nguyen-vien"], Asked(on=by.on)).order_by()
    entry = volunteer_terms(by.on)
    warned = by.on + timedelta(days=entry.values["skill_warning_days"])
    expiring = (
        visible_skills(by)
        .filter(expires_on__lte=warned, person__memberships__in=rows.values("pk"))
        .select_related("person")
        .order_by("expires_on", "person__sort_key", "pk")
    )
    total = rows.count()
    serving = active_only(rows, by.on).count()
    held = visible_titles(by).filter(ended_on=None)
    context = {
        "total": total,
        "serving": serving,
        "resting": total - serving,
        "unsigned": without_conduct(rows, by.on).count(),
        "unchecked": visible_skills(by).filter(checked_on=None).exclude(evidence="").count(),
        "expiring": [
            (skill, named("skills", by.on).get(skill.code, skill.code)) for skill in expiring[:SOON_SHOWN]
        ],
        "titles": [(level.label, held.filter(level=level).count()) for level in TitleLevel],
        "months": entry.values["active_months"],
        "forgiven": entry.values["forgiven_months"],
        "cited": entry.cited["active_months"],
        "today": by.on,
        "warning_days": entry.values["skill_warning_days"],
        "code": conduct(by.on),
    }
    return render(request, "members/volunteer_desk.html", context)


def _found(by: Actor, key: UUID) -> Person:
    return get_object_or_404(visible_people(by), key=key)


def _walk(request: HttpRequest, by: Actor, person: Person, step: Step) -> forms.Form | None:
    """Show or carry out a step; None once it is done."""
    title, make, carry_out = step
    form = make(request, by, person)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(by, person, form)
        except Refused as refused:
            refused.add_to_form(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(what)s: saved.") % {"what": title})
            return None
    return form


@with_right(ENTER, ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def volunteer_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One form of a volunteer's page, at the desk."""
    by = actor_of(request)
    person = _found(by, key)
    if step not in STAFF:
        raise Http404
    right, chosen = STAFF[step]
    if not may_with(by, right, person):
        raise Http404
    form = _walk(request, by, person, chosen)
    if form is None:
        return redirect("person_panel", key=person.key, panel="tinh-nguyen")
    context = {"form": form, "person": person, "title": chosen[0], "step": step, "code": conduct(by.on)}
    return render(request, "members/volunteer_step.html", context)


@signed_in_only
@require_safe
@never_cache
def mine_volunteer(request: HttpRequest) -> HttpResponse:
    """My own page as a volunteer."""
    by, person = actor_of(request), own_record(request)
    return render(request, "members/mine_volunteer.html", volunteer_page(by, person))


@signed_in_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine_volunteer_step(request: HttpRequest, step: str) -> HttpResponse:
    """One form of my own page."""
    by, person = actor_of(request), own_record(request)
    if step not in SHARED or volunteering(person, by.on) is None:
        raise Http404
    form = _walk(request, by, person, SHARED[step])
    if form is None:
        return redirect("mine_volunteer")
    context = {"form": form, "title": SHARED[step][0], "step": step, "code": conduct(by.on)}
    return render(request, "members/mine_volunteer_step.html", context)


@signed_in_only
@require_POST
def skill_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a skill off (the volunteer or the unit), or note that its evidence was seen (the unit)."""
    by = actor_of(request)
    skill = get_object_or_404(visible_skills(by).select_related("person"), pk=pk)
    doing: dict[str, Callable[[], Any]] = {
        "bo": lambda: drop_skill(by=by, skill=skill),
        "xac-nhan": lambda: check_skill(by=by, skill=skill),
    }
    if step not in doing:
        raise Http404
    try:
        doing[step]()
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, str(refused))
    if by.user is not None and skill.person.user_id == by.user.pk:
        return redirect("mine_volunteer")
    return redirect("person_panel", key=skill.person.key, panel="tinh-nguyen")


@with_right(ACT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def title_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a title, with a reason."""
    by = actor_of(request)
    title = get_object_or_404(visible_titles(by).select_related("person"), pk=pk)
    return _with_reason(
        request,
        title.person,
        _("Revoke: %(title)s") % {"title": title.get_level_display()},
        lambda reason: revoke_title(by=by, title=title, reason=reason),
    )


@with_right(ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def service_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a day of service back, with a reason."""
    by = actor_of(request)
    rows = ServiceDay.objects.select_related("person").filter(person__in=visible_people(by))
    day = get_object_or_404(rows, pk=pk)
    return _with_reason(
        request,
        day.person,
        _("Take back the day %(day)s") % {"day": f"{day.on:%d/%m/%Y}"},
        lambda reason: drop_service(by=by, day=day, reason=reason),
    )


def _with_reason(request: HttpRequest, person: Person, title: str, act: Callable[[str], Any]) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Saved."))
            return redirect("person_panel", key=person.key, panel="tinh-nguyen")
    context = {"form": form, "person": person, "title": title, "step": ""}
    return render(request, "members/volunteer_step.html", context)

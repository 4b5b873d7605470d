"""Acts offered beside a thing: each a small form with its own address; refusals are told there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest
from django.utils.functional import Promise

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.models import StoredFile
from people.actors import actor_of
from rewards.enums import MANAGE
from rewards.permissions import over_city


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its word in the address, title, button, form, and what is called; `shows` says when.

    `said` is what is told afterwards, or makes it from what the act gave back.
    """

    code: str
    title: str | Promise
    button: str | Promise
    said: str | Promise | Callable[[Any], str]
    do: Callable[[Actor, Any, dict[str, Any]], Any]
    form: type[forms.Form] | None = None
    shows: Callable[[Actor, Any], bool] = lambda _by, _thing: True
    is_danger: bool = False

    def bound(self, data: Any = None, files: Any = None) -> forms.Form | None:
        """Its form, with what was typed if something was."""
        return self.form(data, files, prefix=self.code) if self.form else None


def city_only(request: HttpRequest) -> None:
    """404 for an office that manages honours of a part of the chapter only."""
    if not over_city(actor_of(request), MANAGE):
        raise Http404


def download(stored: StoredFile | None) -> FileResponse:
    """A private file as a download; 404 without one. The view has asked who may."""
    if stored is None or not stored.file:
        raise Http404
    answer = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    answer["Cache-Control"] = "no-store"
    return answer


def offered(
    by: Actor, acts: Iterable[Act], thing: Any, failed: dict[str, forms.Form | None]
) -> list[tuple[Act, forms.Form | None]]:
    """The acts that are possible now, each with its form."""
    return [(act, failed.get(act.code) or act.bound()) for act in acts if act.shows(by, thing)]


def perform(request: HttpRequest, acts: Iterable[Act], code: str, thing: Any) -> dict[str, forms.Form | None]:
    """Do the act; returns the form that failed under its code, empty when it was done. 404: no such act."""
    act = {one.code: one for one in acts}.get(code)
    if act is None:
        raise Http404
    form = act.bound(request.POST, request.FILES)
    if form is not None and not form.is_valid():
        return {code: form}
    try:
        done = act.do(actor_of(request), thing, form.cleaned_data if form is not None else {})
    except Refused as refused:
        if form is not None and act.shows(actor_of(request), thing):
            refused.add_to_form(form)
            return {code: form}
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return {}
    messages.success(request, act.said(done) if callable(act.said) else str(act.said))
    return {}

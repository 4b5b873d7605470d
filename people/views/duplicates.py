"""Possible doubles side by side; two people told apart; a merge taken back. Merging itself is the roof's."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.refusal import Refused
from ledger.actor import Actor
from people.access import with_right
from people.actions.duplicates import tell_apart
from people.actions.merges import undo_merge
from people.actors import actor_of
from people.models import Pair, Person
from people.queries import units_of
from people.queries.duplicates import visible_merges, visible_pairs
from people.rules.phones import shown_phone
from people.rules.similarity import REASONS

PAGE = 50
TOLD = {
    "identity": gettext_lazy(
        "Both had an identity number of the same kind; the absorbed record keeps its own."
    ),
    "office": gettext_lazy("An office overlapped with one of the kept record and stayed."),
    "seat": gettext_lazy("A seat overlapped with one of the kept record and stayed."),
    "login": gettext_lazy("Both had an account; the absorbed record's account stayed with it."),
}


@with_right("people.merge")
@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs to look at, the likeliest first; the latest merges below."""
    by = actor_of(request)
    pairs = visible_pairs(by).order_by("-score", "pk")
    page = Paginator(pairs, PAGE).get_page(request.GET.get("trang"))
    rows = [(pair, [REASONS[code] for code in pair.reasons]) for pair in page]
    context = {"page": page, "rows": rows, "merges": visible_merges(by)[:20]}
    return render(request, "people/duplicate_list.html", context)


@with_right("people.merge")
@require_safe
@never_cache
def duplicate_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records side by side, what they share, and what merging would do."""
    by = actor_of(request)
    pair: Pair = get_object_or_404(visible_pairs(by), pk=pk)
    sides = [_side(pair.one, by), _side(pair.other, by)]
    context = {
        "pair": pair,
        "reasons": [REASONS[code] for code in pair.reasons],
        "people": [pair.one, pair.other],
        "lines": [
            (label, one, other, one != other and bool(one and other))
            for (label, one), (_label, other) in zip(*sides, strict=True)
        ],
    }
    return render(request, "people/duplicate_pair.html", context)


def _side(person: Person, by: Actor) -> list[tuple[str, str]]:
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    numbers = person.identity_numbers.order_by("kind")
    return [
        (_("Full name"), person.full_name),
        (_("Sex"), str(person.get_sex_display())),
        (_("Date or year of birth"), born),
        (_("Phone"), ", ".join(shown_phone(phone.number) for phone in person.phones.order_by("pk"))),
        (_("Identity number"), ", ".join(str(row.get_kind_display()) for row in numbers)),
        (_("E-mail"), person.email),
        (_("Address"), person.address),
        (_("Units"), ", ".join(unit.name for unit in units_of(person, by.on))),
        (_("Account"), _("yes") if person.user_id else ""),
        (_("Entered on"), f"{person.created_at:%d/%m/%Y}"),
        (_("Offices"), str(person.offices.count() or "")),
    ]


@with_right("people.merge")
@require_POST
def duplicate_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """These are two people."""
    by = actor_of(request)
    pair: Pair = get_object_or_404(visible_pairs(by), pk=pk)
    try:
        tell_apart(by=by, pair=pair, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("duplicate_pair", pk=pk)
    messages.success(request, _("Noted: these are two people."))
    return redirect("duplicate_list")


@with_right("people.merge")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A merge with what it moved, and taking it back."""
    by = actor_of(request)
    merge: Any = get_object_or_404(visible_merges(by), pk=pk)
    if request.method == "POST":
        try:
            left = undo_merge(by=by, merge=merge, reason=request.POST.get("reason", ""))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("merge_undo", pk=pk)
        messages.success(request, _("The two records stand apart again."))
        if left:
            sentence = ngettext(
                "%(n)s thing was changed since and stayed with the kept record.",
                "%(n)s things were changed since and stayed with the kept record.",
                len(left),
            )
            messages.warning(request, sentence % {"n": len(left)})
        return redirect("duplicate_list")
    moved = sum(len(note.get("pks", [1])) for note in merge.moved if "told" not in note)
    context = {"merge": merge, "moved": moved, "told": [TOLD[n["told"]] for n in merge.moved if "told" in n]}
    return render(request, "people/merge_undo.html", context)

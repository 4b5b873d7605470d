"""Merging two records: every app takes part, so the roof does it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.refusal import Refused
from people.access import with_right
from people.actors import actor_of
from people.models import Pair
from people.queries.duplicates import visible_pairs
from redcross.registry import merge_everywhere


@with_right("people.merge")
@require_POST
def duplicate_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen record of a pair takes over the other."""
    by = actor_of(request)
    pair: Pair = get_object_or_404(visible_pairs(by), pk=pk)
    is_first = request.POST.get("kept") != str(pair.other_id)
    kept, absorbed = (pair.one, pair.other) if is_first else (pair.other, pair.one)
    try:
        merge = merge_everywhere(by, kept, absorbed)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("duplicate_pair", pk=pk)
    messages.success(request, _("The records are merged. This can be undone."))
    return redirect("merge_undo", pk=merge.pk)

"""/xac-nhan/: is this card, certificate or paper valid. No more than that is said."""

import hashlib
from time import time

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from papers.enums import ProofState
from papers.models import Proof
from people.access import public

PER_MINUTE = 30
MINUTE = 60


@public
@require_safe
def proof_form(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    code = request.GET.get("ma", "").strip()
    if code:
        return redirect("proof", code[:60].replace("/", "") or "-")
    return guarded(render(request, "papers/proof_form.html"))


@public
@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or not, kind, day, masked name; an unknown code gets one answer, whatever it looks like."""
    if is_too_fast(request):
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(MINUTE)
        return guarded(response)
    rows = Proof.objects.select_related("replaced_by")
    found = rows.filter(code=code).first() if code.isascii() else None
    context = {"proof": found, "is_valid": found is not None and found.state == ProofState.VALID}
    return guarded(render(request, "papers/proof.html", context))


def guarded(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search machine, its address told to no other site."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def is_too_fast(request: HttpRequest) -> bool:
    """True beyond PER_MINUTE questions from one address in one minute of the clock; counted in PostgreSQL.

    The minute is part of the key: counting on lengthens what the cache keeps, and a count that never
    ends would shut out an office that checks papers all day.
    """
    address = hashlib.sha256(get_ip(request).encode()).hexdigest()[:32]
    key = f"proof:{address}:{int(time() // MINUTE)}"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:
        return False

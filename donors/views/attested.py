"""What strangers and officers read of a donor: the count by share code, the PDF, a declared photo."""

import secrets

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from donors.enums import ENTER, SEE, DonationState, Source
from donors.forms.donors import ShareForm
from donors.models import Confirmation, Donation
from donors.queries.visible import visible_donors
from donors.views.mine import pdf
from papers.enums import ProofState
from papers.views.proofs import MINUTE, guarded, is_too_fast
from people.access import public, with_right
from people.actors import actor_of


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def donor_count(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the confirmation holds; the count only with the holder's share code. It changes nothing."""
    if is_too_fast(request):
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(MINUTE)
        return guarded(response)
    rows = Confirmation.objects.select_related("proof", "donor")
    paper = rows.filter(proof__code=code).first() if code.isascii() else None
    is_valid = paper is not None and paper.proof.state == ProofState.VALID
    form = ShareForm(request.POST or None)
    count = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["ma"].replace(" ", "").upper()
        held = paper.donor.share_code if paper is not None and is_valid else ""
        if held and typed.isascii() and secrets.compare_digest(typed, held):
            count = paper
        else:
            form.add_error("ma", _("This share code does not open it. Ask its holder for the present one."))
    context = {"paper": paper, "is_valid": is_valid, "form": form, "count": count}
    return guarded(render(request, "donors/donor_count.html", context))


@with_right(SEE)
@require_safe
@never_cache
def donor_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """A donor's confirmation as PDF, for an officer who enters donations."""
    donors = visible_donors(actor_of(request))
    papers = Confirmation.objects.select_related("donor__person", "proof").filter(proof__ended_on=None)
    return pdf(get_object_or_404(papers, pk=pk, donor__in=donors))


@with_right(SEE)
@require_safe
@never_cache
def donation_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of a declared donation, while nobody has decided on it."""
    donors = visible_donors(actor_of(request))
    donation = get_object_or_404(Donation.objects.select_related("photo"), pk=pk, donor__in=donors)
    if donation.photo is None or not donation.photo.file:
        raise Http404
    return FileResponse(donation.photo.file.open("rb"), content_type="image/jpeg")


@with_right(ENTER)
@require_safe
@never_cache
def declared_list(request: HttpRequest) -> HttpResponse:
    """Donations that donors declared and nobody has decided on, the oldest first."""
    by = actor_of(request)
    rows = Donation.objects.filter(source=Source.DECLARED, state=DonationState.RECORDED)
    rows = rows.filter(donor__in=visible_donors(by)).select_related("donor__person", "photo", "unit")
    waiting = list(rows.order_by("recorded_at", "pk")[:100])
    context = {"donations": waiting, "may_confirm": by.may("donor.confirm")}
    return render(request, "donors/declared_list.html", context)

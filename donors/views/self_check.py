"""/hien-mau/tu-kiem-tra/: a verdict for whoever asks. A POST that is stored, cached and logged nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from donors.forms.self_check import SelfCheckForm
from donors.queries.rules import booking, giving_rules, stricter_rules
from donors.rules.verdict import assess
from foundation.dates import today
from people.access import public


@public
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """The form, and under it the verdict on what was told. It changes nothing, so it needs no token."""
    form = SelfCheckForm(request.POST or None, entry=giving_rules(today()))
    verdict = None
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["ngay"]
        verdict = assess(form.facts(), giving_rules(on), on=on, stricter=stricter_rules(on))
    context = {"form": form, "verdict": verdict, "booking": booking(today())}
    response = render(request, "donors/self_check.html", context)
    response["Cache-Control"] = "no-store"
    return response

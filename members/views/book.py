"""The member book of a unit, to read and to print."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.dates import paper_date
from members.enums import SEE
from members.queries.book import MOVED, book_lines, book_of
from members.queries.scope import book_units
from people.access import with_right
from people.actors import actor_of
from people.models import Unit
from people.queries import visible_units
from people.rules import offices_that_may

MOST = 2_000


@with_right(SEE)
@require_safe
@never_cache
def member_book(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who was ever a member of the unit; ?nam= admitted in a year, ?con=1 who is still there."""
    by = actor_of(request)
    units = visible_units(by)
    if not by.is_system:
        units = units.filter(pk__in=by.unit_ids(offices_that_may(SEE, by.on)))
    unit: Unit = get_object_or_404(units, code=code)
    given = request.GET.get("nam", "")
    year = int(given) if given.isdigit() and 1900 <= int(given) <= by.on.year else None
    still = bool(request.GET.get("con"))
    covered = book_units(unit, by.on)
    rows = list(book_of(covered, year, by.on if still else None)[: MOST + 1])
    context = {
        "unit": unit,
        "lines": book_lines(rows[:MOST], covered, by.on),
        "is_cut": len(rows) > MOST,
        "most": MOST,
        "year": year,
        "still": still,
        "moved": MOVED,
        "as_of": by.on,
        "paper_day": paper_date(by.on),
        "chapter_name": settings.CHAPTER["name"],
    }
    return render(request, "members/member_book.html", context)

"""The register of donors: searched, ordered, taken out as Excel."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donors.enums import ENTER, SEE
from donors.queries.exports import COLUMNS, EXPORT, SOURCE, listed
from donors.queries.register import Found, Wanted, register
from foundation.money import dotted
from foundation.refusal import Refused
from people.access import with_right
from people.actions.exports import MOST_ROWS, ask_list, make_export
from people.actors import actor_of
from people.forms.exports import ExportForm
from people.permissions import may
from people.queries.register import at_most
from people.rules.rights import term
from people.tasks import wake_exports
from people.views.exports import AT_ONCE

PAGE = 50


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the register: its words, the order that a press gives, how it stands now."""

    label: str
    order: str
    sort: str
    is_figure: bool = False


def heads(wanted: Wanted) -> list[Head]:
    """The columns; pressed once they stand as most people want them, pressed again the other way round."""

    def head(label: str, first: str, is_figure: bool = False) -> Head:
        name = first.removeprefix("-")
        other = name if first.startswith("-") else f"-{name}"
        sort = {name: "ascending", f"-{name}": "descending"}.get(wanted.order, "none")
        return Head(label, other if wanted.order == first else first, sort, is_figure)

    return [
        head(_("Full name"), "ten"),
        head(_("Donor code"), "ma"),
        head(_("Blood group"), "-nhom"),
        head(_("Turns"), "-lan", is_figure=True),
    ]


def count_label(found: Found) -> str:
    """ "2.524", or "more than 10.000"."""
    if found.has_more:
        return _("more than %(most)s") % {"most": dotted(len(found))}
    return dotted(len(found))


@with_right(SEE)
@require_safe
@never_cache
def donor_list(request: HttpRequest) -> HttpResponse:
    """Donors of the units I cover; ?q= name or code, ?nhom= group, ?tinh_trang= standing, ?sap_xep= order."""
    by = actor_of(request)
    wanted = Wanted.of(request.GET)
    found = register(by, wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "wanted": wanted,
        "count": count_label(found),
        "is_other_order": found.is_other_order,
        "heads": heads(wanted),
        "may_enter": may(by, ENTER),
        "may_export": may(by, EXPORT),
    }
    return render(request, "donors/donor_list.html", context)


@with_right(EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def donor_list_export(request: HttpRequest) -> HttpResponse:
    """Columns and reason; then the file is made as people's are, at once or in the background."""
    by = actor_of(request)
    wanted = Wanted.of(request.GET)
    form = ExportForm(request.POST or None, with_identity=False, known=COLUMNS)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_list(
                by=by,
                what=SOURCE,
                asked=wanted.stored(),
                unit=None,
                columns=form.chosen(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refused.add_to_form(form)
        else:
            if export.rows <= AT_ONCE:
                make_export(by=by, pk=export.pk)
            else:
                wake_exports()
            return redirect("export", pk=export.pk)
    count = at_most(listed(by, wanted, EXPORT), MOST_ROWS + 1)
    context = {"form": form, "count": count, "most": MOST_ROWS, "days": term("export_file_days", by.on)}
    return render(request, "donors/donor_list_export.html", context)

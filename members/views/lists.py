"""Lists of members as of a day: on the screen, as Excel, on paper, as the annex of a paper."""

from collections.abc import Sequence
from typing import Any, overload

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.dates import paper_date
from foundation.refusal import Refused
from ledger.actor import Actor
from members.actions.lists import draft_list_paper
from members.forms.lists import ListForm
from members.queries.lists import EXPORT, LISTS, Asked, ListRule, listed, with_read
from people.access import with_right
from people.actions.exports import MOST_ROWS, ask_list, make_export
from people.actors import actor_of
from people.forms.exports import AnnexForm, ExportForm
from people.permissions import may
from people.queries.exports import Column
from people.queries.register import MOST, at_most
from people.rules.rights import term
from people.tasks import wake_exports
from people.views.exports import AT_ONCE, MOST_ON_PAPER

PAGE = 50


class Counted(Sequence[Any]):
    """Rows that are counted no further than MOST, so that a page of a long list stays fast."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.found = at_most(rows, MOST + 1)

    @property
    def label(self) -> str:
        """ "2.524", or "more than 10.000"."""
        if self.found > MOST:
            return _("more than %(most)s") % {"most": f"{MOST:,}".replace(",", ".")}
        return f"{self.found:,}".replace(",", ".")

    def __len__(self) -> int:
        return min(self.found, MOST)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return list(self.rows[index]) if isinstance(index, slice) else self.rows[index]


def rule_of(code: str) -> ListRule:
    """The list of the address; 404 for another."""
    if code not in LISTS:
        raise Http404
    return LISTS[code]


def cells(columns: dict[str, Column], codes: Sequence[str], row: Any) -> list[tuple[str, str]]:
    """A row as text, each cell with its column's head."""
    return [(str(columns[code].label), text_of(columns[code].value(row))) for code in codes]


def text_of(value: Any) -> str:
    if value in (None, ""):
        return ""
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


def plain(rule: ListRule, columns: dict[str, Column]) -> list[str]:
    """Columns that stand on the screen and on paper: none that is protected."""
    return [
        code for code, column in columns.items() if not column.is_protected and code not in rule.only_files
    ]


@with_right("members.see")
@require_safe
def list_index(request: HttpRequest) -> HttpResponse:
    """Every list, with what it holds."""
    return render(request, "members/list_index.html", {"lists": LISTS.values()})


@with_right("members.see")
@require_safe
@never_cache
def member_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list within the units I cover, as of a day; everything asked stands in the address."""
    by, rule = actor_of(request), rule_of(code)
    form = ListForm(request.GET, rule=rule, by=by)
    asked = form.asked()
    columns = rule.all_columns()
    codes = [one for one in plain(rule, columns) if one != "full_name"]
    found = Counted(with_read(listed(by, rule, asked), rule, asked.on, codes))
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "rule": rule,
        "lists": LISTS.values(),
        "form": form,
        "asked": asked,
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number)),
        "heads": [columns[one].label for one in codes],
        "rows": [(person_of(rule, row), cells(columns, codes, row)) for row in page.object_list],
        "count": found.label,
        "is_today": asked.on == by.on,
        "may_export": may(by, EXPORT),
        "may_draft": may(by, "paper.draft"),
    }
    return render(request, "members/member_list.html", context)


def person_of(rule: ListRule, row: Any) -> Any:
    for name in rule.path.split("__"):
        row = getattr(row, name)
    return row


@with_right(EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def member_list_export(request: HttpRequest, code: str) -> HttpResponse:
    """Columns and reason; then the file is made, at once or in the background."""
    by, rule = actor_of(request), rule_of(code)
    asked = ListForm(request.GET, rule=rule, by=by).asked()
    form = ExportForm(request.POST or None, with_identity=False, known=rule.all_columns())
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_list(
                by=by,
                what=f"members.{rule.code}",
                asked=asked.stored(),
                unit=asked.unit,
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
    context = {
        "rule": rule,
        "form": form,
        "asked": asked,
        "count": at_most(listed(by, rule, asked, EXPORT), MOST_ROWS + 1),
        "days": term("export_file_days", by.on),
    }
    return render(request, "members/member_list_export.html", context)


def on_paper(by: Actor, rule: ListRule, asked: Asked) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the list for paper; refuses beyond MOST_ON_PAPER."""
    columns = rule.all_columns()
    codes = plain(rule, columns)
    rows = with_read(listed(by, rule, asked), rule, asked.on, codes)
    found = list(rows[: MOST_ON_PAPER + 1])
    if len(found) > MOST_ON_PAPER:
        most = f"{MOST_ON_PAPER:,}".replace(",", ".")
        raise Refused([_("More than %(most)s rows do not go on paper: choose a unit.") % {"most": most}])
    return [str(columns[code].label) for code in codes], [
        [text for _head, text in cells(columns, codes, row)] for row in found
    ]


def issuer(by: Actor, asked: Asked) -> str:
    """Whose list it is: the unit asked for, else the office's own."""
    hold = next((hold for hold in by.holds if "members.see" in hold.may), None)
    return asked.unit.name if asked.unit else hold.unit_name if hold else str(settings.CHAPTER["name"])


@with_right("members.see")
@require_safe
@never_cache
def member_list_print(request: HttpRequest, code: str) -> HttpResponse:
    """The list on paper: heading, day, signatures, repeated head; nothing protected."""
    by, rule = actor_of(request), rule_of(code)
    asked = ListForm(request.GET, rule=rule, by=by).asked()
    form = AnnexForm(request.GET)
    form.is_valid()
    try:
        heads, rows = on_paper(by, rule, asked)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('member_list', args=[code])}?{request.GET.urlencode()}")
    context = {
        "rule": rule,
        "heads": heads,
        "rows": rows,
        "heading": form.cleaned_data.get("tieu_de") or _("List: %(list)s") % {"list": rule.title},
        "signing": form.cleaned_data.get("chu_ky") or "two",
        "form": form,
        "as_of": asked.on,
        "paper_day": paper_date(by.on),
        "unit": issuer(by, asked),
        "filters": [(name, value) for name, value in request.GET.items() if name not in form.fields],
    }
    return render(request, "members/member_list_print.html", context)


@with_right("paper.draft")
@require_http_methods(["POST"])
def member_list_paper(request: HttpRequest, code: str) -> HttpResponse:
    """A draft with the list as its annex; the words are the officer's."""
    by, rule = actor_of(request), rule_of(code)
    asked = ListForm(request.GET, rule=rule, by=by).asked()
    try:
        heads, rows = on_paper(by, rule, asked)
        paper = draft_list_paper(
            by=by, unit=asked.unit, title=str(rule.title), on=asked.on, heads=heads, rows=rows
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('member_list', args=[code])}?{request.GET.urlencode()}")
    messages.success(request, _("The draft is made; the list is its annex."))
    return redirect("paper", key=paper.key)

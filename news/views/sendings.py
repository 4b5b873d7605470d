"""Making known, the sender's side: send, follow, remind, extend, recall, take home as Excel."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook

from foundation.dated import in_force, load_table
from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from news.actions.sendings import Asked, ask_reminders, extend_sending, recall_sending, send_document
from news.document_forms import ExtendForm, SendingForm
from news.enums import SendingState, SendingStep
from news.forms import ReasonForm
from news.models import Receipt, Sending
from news.queries import sendings as queries
from news.queries.sendings import SEND
from news.queries.shelf import MANAGE, SEE, visible_documents
from news.rules.sendings import Progress, down_to_zero, progress_of
from people.access import with_right
from people.actors import actor_of
from people.permissions import may
from people.sheets import XLSX

PAGE = 50
WIDTH, HEIGHT, TOP, BOTTOM, EDGE = 640.0, 180.0, 24.0, 150.0, 20.0


@with_right(SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def sending_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to send the document to and until when; asked once more with the number of units, then sent."""
    by = actor_of(request)
    document = get_object_or_404(visible_documents(by), pk=pk)
    days = in_force(load_table("news", "documents"), by.on).values["days_to_read"]
    form = SendingForm(
        by, request.POST or None, initial={"due_on": by.on + timedelta(days=days), "kinds": queries.KINDS[:4]}
    )
    context: dict[str, Any] = {"document": document, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "news/sending_new.html", context, status=422 if form.errors else 200)
    given = form.cleaned_data
    units = form.chosen()
    if "gui" not in request.POST:
        context |= {"units": units, "given": given, "is_asked": True}
        return render(request, "news/sending_new.html", context)
    asked = Asked(
        due_on=given["due_on"],
        carry_out_on=given["carry_out_on"],
        office=given["office"],
        words=given["words"],
        to_everyone=given["to_everyone"],
    )
    try:
        made = send_document(by=by, document=document, unit=given["unit"], units=units, asked=asked)
    except Refused as refused:
        refused.add_to_form(form)
        return render(request, "news/sending_new.html", context, status=422)
    messages.success(request, _("Sent to %(n)d units. Their officers are written to.") % {"n": len(units)})
    return redirect("sending", made.pk)


@with_right(SEND, SEE, MANAGE)
@require_safe
def sending_list(request: HttpRequest) -> HttpResponse:
    """What was sent, with how many have not acknowledged."""
    by = actor_of(request)
    rows = queries.with_counts(queries.visible_sendings(by))
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "page_range": list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
        "today": by.on,
        "may_send": may(by, SEND),
    }
    return render(request, "news/sending_list.html", context)


@with_right(SEND, SEE, MANAGE)
@require_safe
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not, who was late, what was done; the course down to zero."""
    by = actor_of(request)
    found = _seen(by, pk)
    rows = list(queries.receipts_to_show(found))
    days = [_day(row) for row in rows]
    sent_on = timezone.localdate(found.sent_at)
    is_open = found.state == SendingState.SENT
    without = queries.units_without_reader(found, by.on) if is_open else set()
    events = list(found.events.select_related("user__person"))
    recalled = [timezone.localdate(one.at) for one in events if one.step == SendingStep.RECALLED]
    course = down_to_zero(days, sent_on, max(recalled, default=by.on))
    context = {
        "sending": found,
        "progress": _progress(found, rows, by.on),
        "rows": [(row, tone_of(row, found, by.on), row.unit_id in without) for row in rows],
        "without": len(without),
        "course": course,
        "chart": chart(course, len(rows)),
        "events": events,
        "is_open": is_open,
        "may_send": may(by, SEND, found.unit_id),
        "asked_today": any(row.asked_on == by.on for row in rows),
        "today": by.on,
    }
    return render(request, "news/sending.html", context)


@with_right(SEND, SEE, MANAGE)
@require_safe
@never_cache
def sending_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook: one line a unit."""
    by = actor_of(request)
    found = _seen(by, pk)
    rows = list(queries.receipts_to_show(found))
    told = _progress(found, rows, by.on)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Units")[:31])
    sheet.append([f"{found.document.name}: {found.document.title}"])
    facts = {"day": format_date(by.on), "due": format_date(found.due_on)}
    sheet.append([_("As of %(day)s; to be read by %(due)s") % facts])
    counts = {"read": told.acknowledged, "all": told.total, "late": told.late, "missing": told.missing}
    sheet.append(
        [_("%(read)d of %(all)d units have acknowledged, %(late)d late; %(missing)d have not") % counts]
    )
    sheet.append([])
    sheet.append(
        [_("No."), _("Unit"), _("State"), _("Acknowledged"), _("By"), _("Carried out"), _("What was done")]
    )
    for number, row in enumerate(rows, 1):
        read = (
            timezone.localtime(row.acknowledged_at).strftime("%H:%M %d/%m/%Y") if row.acknowledged_at else ""
        )
        done = format_date(timezone.localdate(row.done_at)) if row.done_at else ""
        state = WORDS[tone_of(row, found, by.on)]
        sheet.append(
            [
                number,
                plain(row.unit.name),
                str(state),
                read,
                plain(row.reader_name),
                done,
                plain(row.done_note),
            ]
        )
    out = BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="quan-triet-{found.pk}.xlsx"'
    return response


@with_right(SEND)
@require_POST
def sending_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not, once a day."""
    by = actor_of(request)
    try:
        asked = ask_reminders(by=by, sending=_seen(by, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(n)d units are being reminded.") % {"n": asked})
    return redirect("sending", pk)


@with_right(SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def sending_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """More time, with a reason the units see."""
    by = actor_of(request)
    found = _seen(by, pk)
    initial = {"due_on": found.due_on, "carry_out_on": found.carry_out_on}
    form = ExtendForm(request.POST if request.method == "POST" else None, initial=initial)
    missing = queries.receipts_of(found).filter(acknowledged_at=None).count()
    context = {
        "sentence": _("Give the units more time?"),
        "consequences": [
            _("Units see the new day and the reason."),
            _("Who acknowledges by then is in time; reminders follow the new day."),
        ],
        "count": missing,
        "count_label": _("units have not acknowledged"),
        "button_label": _("Extend"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            extend_sending(by=by, sending=found, **form.cleaned_data)
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Extended. The units see it."))
            return redirect("sending", pk)
    return _confirm(request, found, form, context)


@with_right(SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def sending_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the document back, with a reason the units see."""
    by = actor_of(request)
    found = _seen(by, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = {
        "sentence": _("Recall this document from the units?"),
        "consequences": [
            _("Units see that it was recalled, and why; nothing is asked of them any more."),
            _("Reminders stop. Who has acknowledged it stays noted."),
        ],
        "count": queries.receipts_of(found).count(),
        "count_label": _("units it was sent to"),
        "button_label": _("Recall"),
        "is_danger": True,
    }
    if request.method == "POST" and form.is_valid():
        try:
            recall_sending(by=by, sending=found, reason=form.cleaned_data["reason"])
        except Refused as refused:
            refused.add_to_form(form)
        else:
            messages.success(request, _("Recalled."))
            return redirect("sending", pk)
    return _confirm(request, found, form, context)


WORDS = {
    "ok": gettext_lazy("acknowledged"),
    "late": gettext_lazy("acknowledged late"),
    "wait": gettext_lazy("not yet"),
    "bad": gettext_lazy("overdue"),
    "none": gettext_lazy("not asked any more"),
}


def tone_of(row: Receipt, found: Sending, on: date) -> str:
    """ok: in time; late: after the last day; wait: not yet; bad: not yet and overdue; none: recalled."""
    day = _day(row)
    if day is not None:
        return "ok" if day <= found.due_on else "late"
    if found.state == SendingState.RECALLED:
        return "none"
    return "bad" if on > found.due_on else "wait"


def chart(course: list[tuple[date, int]], total: int) -> dict[str, Any]:
    """Bars of how many had not acknowledged at the end of each day."""
    step = WIDTH / max(len(course), 1)
    bars = []
    for number, (day, left) in enumerate(course):
        height = (BOTTOM - TOP) * left / total if total else 0
        shown = number in {0, len(course) - 1} or len(course) <= 14
        bars.append(
            {
                "x": round(number * step + step * 0.15, 1),
                "y": round(BOTTOM - height, 1),
                "width": round(step * 0.7, 1),
                "height": round(height, 1),
                # Days stand below their bars, but never beyond the edge.
                "middle": round(min(max((number + 0.5) * step, EDGE), WIDTH - EDGE), 1),
                "value": left if shown else "",
                "label": f"{day:%d/%m}" if shown else "",
            }
        )
    return {"width": WIDTH, "height": HEIGHT, "base": BOTTOM, "bars": bars}


def plain(text: str) -> str:
    """Text that a spreadsheet never takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _day(row: Receipt) -> date | None:
    return timezone.localdate(row.acknowledged_at) if row.acknowledged_at else None


def _progress(found: Sending, rows: list[Receipt], on: date) -> Progress:
    done = sum(row.done_at is not None for row in rows)
    if found.state == SendingState.RECALLED:
        on = min(on, found.due_on)  # nobody is overdue with what nobody asks any more
    return progress_of([_day(row) for row in rows], done, found.due_on, on)


def _seen(by: Actor, pk: int) -> Sending:
    return get_object_or_404(queries.visible_sendings(by), pk=pk)


def _confirm(request: HttpRequest, found: Sending, form: Any, context: dict[str, Any]) -> HttpResponse:
    context |= {"sending": found, "form": form, "back_url": reverse("sending", args=[found.pk])}
    return render(request, "news/sending_confirm.html", context, status=422 if form.errors else 200)

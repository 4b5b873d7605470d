"""Who waits for a letter about joining: questions not answered, cards not handed over; each told once."""

from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from foundation.dates import ZONE
from letters.models import Letter
from members.enums import ApplicationState, CardState, MembershipState
from members.models import Application, ApplicationStep, Card
from members.rules import terms


def answer_key(application: Application, asked: ApplicationStep) -> str:
    """The reminder of one question."""
    return f"members.answer_reminder:{application.key}:{asked.pk}"


def card_key(card: Card) -> str:
    """The reminder of one card."""
    return f"members.card:{card.pk}"


def unanswered(on: date) -> list[int]:
    """Ids of applications whose last question waits for longer than the term and was not recalled yet."""
    before = datetime.combine(on - timedelta(days=terms(on).answer_calendar_days), time.min, ZONE)
    steps = ApplicationStep.objects.filter(application=OuterRef("pk"), step="asked_more").order_by("-pk")
    key = Concat(
        Value("members.answer_reminder:"),
        Cast("key", CharField()),
        Value(":"),
        Cast("asked", CharField()),
        output_field=CharField(),
    )
    rows = Application.objects.filter(state=ApplicationState.RETURNED).annotate(
        asked=Subquery(steps.values("pk")[:1]), asked_at=Subquery(steps.values("at")[:1])
    )
    rows = rows.filter(asked_at__lt=before).annotate(letter_key=key)
    rows = rows.filter(~Exists(Letter.objects.filter(key=OuterRef("letter_key"))))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def waiting_cards(on: date) -> QuerySet[Card]:
    """Cards made longer ago than the term and never handed over, of memberships that still hold."""
    return Card.objects.filter(
        state=CardState.MADE,
        issued_on__lt=on - timedelta(days=terms(on).card_calendar_days),
        membership__state=MembershipState.ACTIVE,
    )


def cards_to_recall(on: date) -> list[int]:
    """Ids of such cards whose member has an e-mail and was not told yet."""
    key = Concat(Value("members.card:"), Cast("pk", CharField()), output_field=CharField())
    mail = Q(membership__person__email__gt="") | Q(
        membership__person__user__is_active=True, membership__person__user__email__gt=""
    )
    rows = waiting_cards(on).filter(mail).annotate(letter_key=key)
    rows = rows.filter(~Exists(Letter.objects.filter(key=OuterRef("letter_key"))))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def old_refusals(on: date) -> list[int]:
    """Ids of applications refused or taken back so long ago that only their course is kept."""
    before = datetime.combine(on - timedelta(days=terms(on).refused_calendar_days), time.min, ZONE)
    last = ApplicationStep.objects.filter(application=OuterRef("pk")).order_by("-pk")
    rows = Application.objects.filter(
        state__in=[ApplicationState.REFUSED, ApplicationState.WITHDRAWN], person=None
    ).exclude(search_name="")
    rows = rows.annotate(ended_at=Subquery(last.values("at")[:1])).filter(ended_at__lt=before)
    return list(rows.order_by("pk").values_list("pk", flat=True))

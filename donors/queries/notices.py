"""Who is due to be told something today, and was not told yet."""

from datetime import date, timedelta

from django.db.models import CharField, Exists, Max, OuterRef, Q
from django.db.models.functions import Cast

from donors.enums import DriveState, NoticeKind, SignUpState, Source
from donors.models import Deferral, Donation, Donor, Notice, SignUp
from donors.models.donors import DonorQuerySet
from donors.queries.rules import giving_rules
from donors.queries.settings import drive_settings
from people.enums import PersonState
from people.models import Consent

MESSAGES = "messages"  # people/tables/consents.toml


def _told(kind: NoticeKind, person: str) -> Exists:
    """Whether the row's person was told this about the row's drive."""
    about = Cast(OuterRef("drive_id"), CharField())
    return Exists(Notice.objects.filter(kind=kind, person=OuterRef(person), about=about))


def agrees_to_messages(person: str = "person") -> Exists:
    """Whether the person's consent to messages stands."""
    return Exists(Consent.objects.filter(person=OuterRef(person), purpose=MESSAGES, withdrawn_at=None))


def reachable_donors() -> DonorQuerySet:
    """Donors who stand, have an e-mail address and have not said that they cannot come."""
    standing = Donor.objects.filter(is_available=True, person__state=PersonState.STANDING)
    return standing.exclude(person__email="")


def due_again(on: date) -> list[int]:
    """Donors who became free to give within the last days, by the component given last; the action asks
    the rule itself. 1 query."""
    since = timedelta(days=drive_settings(on)["remind_days"])
    became = Q()
    for component, days in giving_rules(on).values["interval_days"].items():
        free = on - timedelta(days=days)
        became |= Q(component=component, on__gt=free - since, on__lte=free)
    given = Donation.objects.standing().exclude(source=Source.CARRIED).filter(donor=OuterRef("pk"))
    ended = Deferral.objects.filter(donor=OuterRef("pk"), until_on__gt=on - since, until_on__lte=on)
    due = reachable_donors().filter(agrees_to_messages()).filter(Exists(given.filter(became)) | Exists(ended))
    return list(due.order_by("pk").values_list("pk", flat=True))


def last_given(donor: Donor) -> date | None:
    """The day of the last donation, which names the interval a reminder belongs to."""
    rows = donor.donations.standing().exclude(source=Source.CARRIED)
    return rows.aggregate(last=Max("on"))["last"]  # type: ignore[no-any-return]


def due_tomorrow(on: date) -> list[int]:
    """Seats at drives of the next day whose holders were not reminded. 1 query."""
    seats = SignUp.objects.filter(state=SignUpState.SEATED, drive__on=on + timedelta(days=1))
    seats = seats.filter(drive__state__in=[DriveState.OPEN, DriveState.RUNNING])
    due = seats.filter(~_told(NoticeKind.TOMORROW, "person"))
    return list(due.order_by("pk").values_list("pk", flat=True))


def due_cancelled(on: date) -> list[int]:
    """Places at drives that were cancelled, told nobody yet, whose day has not passed. 1 query."""
    places = SignUp.objects.standing().filter(drive__state=DriveState.CANCELLED, drive__on__gte=on)
    due = places.filter(~_told(NoticeKind.CANCELLED, "person"))
    return list(due.order_by("pk").values_list("pk", flat=True))


def due_thanks(on: date) -> list[int]:
    """Donations at drives of the last days, given before today, not thanked for. 1 query."""
    since = on - timedelta(days=drive_settings(on)["remind_days"])
    given = Donation.objects.standing().filter(drive__isnull=False, on__gte=since, on__lt=on)
    due = given.exclude(donor__person__email="").filter(~_told(NoticeKind.THANKS, "donor__person"))
    return list(due.order_by("pk").values_list("pk", flat=True))

"""Volunteers: who is active on a day (the set-based twin of rules.volunteers.active), who can do what."""

from datetime import date

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from foundation.dated import Entry
from foundation.text import matching
from ledger.actor import Actor
from members.enums import SEE
from members.models import (
    ConductSigning,
    Membership,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
from members.rules.volunteers import conduct, months_before, volunteer_terms, windows
from people.models import Person
from people.queries.register import people_with


def _served(first: date, last: date) -> Coalesce:
    """Days of service of the membership's person within the span, as a column."""
    days = (
        ServiceDay.objects.filter(person=OuterRef("person"), on__range=(first, last))
        .order_by()
        .values("person")
        .annotate(days=Count("on", distinct=True))
    )
    return Coalesce(Subquery(days.values("days")), Value(0), output_field=IntegerField())


def with_activity(rows: QuerySet[Membership], entry: Entry, on: date) -> QuerySet[Membership]:
    """The memberships with the days of service of both windows: `served_now`, `served_before`."""
    now, earlier = windows(entry, on)
    return rows.annotate(served_now=_served(*now), served_before=_served(*earlier))


def active_only(
    rows: QuerySet[Membership], on: date, is_active: bool = True, entry: Entry | None = None
) -> QuerySet[Membership]:
    """Those who count as active on the day, or those who do not."""
    entry = entry or volunteer_terms(on)
    least = entry.values["active_days"]
    new = Q(during__startswith__gt=months_before(on, entry.values["forgiven_months"]))
    if least == 1:  # one day is enough: asked as such, without counting
        first, last = windows(entry, on)[1][0], on
        gap = windows(entry, on)
        days = ServiceDay.objects.filter(person=OuterRef("person"), on__range=(first, last))
        if gap[1][1] < gap[0][0]:  # the two windows do not touch
            days = days.filter(Q(on__range=gap[0]) | Q(on__range=gap[1]))
        found = Q(Exists(days)) | new
    else:
        rows = with_activity(rows, entry, on)
        found = Q(served_now__gte=least) | Q(served_before__gte=least) | new
    return rows.filter(found if is_active else ~found)


def with_skill(rows: QuerySet[Membership], code: str, on: date) -> QuerySet[Membership]:
    """Those who have the skill on the day."""
    has = VolunteerSkill.objects.filter(person=OuterRef("person"), code=code)
    return rows.filter(Exists(has.filter(Q(expires_on=None) | Q(expires_on__gte=on))))


def with_language(rows: QuerySet[Membership], code: str) -> QuerySet[Membership]:
    """Those who speak the language."""
    return rows.filter(Exists(VolunteerLanguage.objects.filter(person=OuterRef("person"), code=code)))


def with_profile(
    rows: QuerySet[Membership], *, field: str = "", free: str = "", area: str = ""
) -> QuerySet[Membership]:
    """Those whose page names the field of work, the time, the place."""
    pages = VolunteerProfile.objects.filter(person=OuterRef("person"))
    if field:
        pages = pages.filter(fields__contains=[field])
    if free:
        pages = pages.filter(availability__contains=[free])
    if area.strip():
        pages = pages.filter(matching("search_area", area))
    return rows.filter(Exists(pages))


def without_conduct(rows: QuerySet[Membership], on: date) -> QuerySet[Membership]:
    """Those who have not signed the code of conduct in force on the day."""
    signed = ConductSigning.objects.filter(
        person=OuterRef("person"), version=conduct(on).version, signed_on__lte=on
    )
    return rows.exclude(Exists(signed))


def visible_volunteer_page(by: Actor, person: Person) -> bool:
    """True if the actor may read the person's volunteer page: the person, or who covers it."""
    if by.user is not None and person.user_id == by.user.pk:
        return True
    return by.is_system or people_with(by, SEE).filter(pk=person.pk).exists()


def skills_of(person: Person) -> QuerySet[VolunteerSkill]:
    return VolunteerSkill.objects.filter(person=person)


def languages_of(person: Person) -> QuerySet[VolunteerLanguage]:
    return VolunteerLanguage.objects.filter(person=person)


def signings_of(person: Person) -> QuerySet[ConductSigning]:
    return ConductSigning.objects.filter(person=person)


def titles_of(person: Person) -> QuerySet[VolunteerTitle]:
    return VolunteerTitle.objects.filter(person=person)


def days_of(person: Person) -> QuerySet[ServiceDay]:
    """Days of service, the latest first."""
    return ServiceDay.objects.filter(person=person).select_related("unit")


def volunteering(person: Person, on: date) -> Membership | None:
    """The person's membership as a volunteer on the day."""
    return Membership.objects.on(on).filter(person=person, kind="volunteer").first()


def visible_titles(by: Actor) -> QuerySet[VolunteerTitle]:
    """Titles of people the actor covers."""
    return VolunteerTitle.objects.filter(person__in=people_with(by, SEE).values("pk"))


def visible_skills(by: Actor) -> QuerySet[VolunteerSkill]:
    """Skills of people the actor covers, and the actor's own."""
    mine = Q(person__user=by.user) if by.user else Q(pk=None)
    return VolunteerSkill.objects.filter(mine | Q(person__in=people_with(by, SEE).values("pk")))

"""What officers of the top decide by a dated row: a stricter rule on top of the law, where to book."""

from datetime import date, timedelta

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from donors.enums import RULES, Subject
from donors.models import BookingLink, LocalRule
from donors.queries.rules import giving_rules
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor, NotAllowed
from ledger.audit import record
from people.actions.files import store_file


@transaction.atomic
def set_local_rule(
    *,
    by: Actor,
    subject: str,
    value: int,
    effective_from: date,
    citation: str,
    confirmed: bool,
    file: File | None = None,  # type: ignore[type-arg]
) -> LocalRule:
    """A rule stricter than the law from the day on; the one before ends the day before. Returns the row."""
    by = acting_at_top(by)
    least: int = giving_rules(max(effective_from, by.on)).values["least_kg"][
        subject.removeprefix("least_kg_")
    ]
    reasons = []
    if value <= least:
        words = _("The law asks %(least)s kg already: a local rule is stricter.")
        reasons.append(Reason(words % {"least": least}, field="value"))
    if not citation.strip():
        reasons.append(Reason(_("Name the decision it rests on."), field="citation"))
    rows = LocalRule.objects.select_for_update().filter(subject=subject)
    later = rows.filter(effective_from__gte=effective_from).order_by("effective_from").first()
    if later is not None:
        told = {"day": format_date(later.effective_from)}
        reasons.append(
            Reason(_("A row from %(day)s stands: a new one begins later.") % told, field="effective_from")
        )
    if reasons:
        raise Refused(reasons)
    before = effective_from - timedelta(days=1)
    for row in rows.filter(effective_to=None):
        row.effective_to = before
        row.save(update_fields=["effective_to"])
    rows.filter(effective_to__gt=before).update(effective_to=before)
    stored = None
    if file is not None:
        name, kind = (file.name or "quyet-dinh")[:150], "application/octet-stream"
        stored = store_file(by=by, name=name, content_type=kind, file=file, days=None)
    rule = LocalRule(
        subject=Subject(subject),
        value=value,
        effective_from=effective_from,
        citation=citation.strip(),
        confirmed=confirmed,
        file=stored,
    )
    rule.full_clean()
    rule.save()
    after = {
        "subject": subject,
        "value": value,
        "from": effective_from.isoformat(),
        "citation": rule.citation,
    }
    record(by=by, act="donors.set_local_rule", subject=rule, after=after)
    return rule


@transaction.atomic
def end_local_rule(*, by: Actor, rule: LocalRule, last_on: date) -> LocalRule:
    """The rule holds up to and with the day; the law alone holds after it."""
    by = acting_at_top(by)
    rule = LocalRule.objects.select_for_update().get(pk=rule.pk)
    if last_on < rule.effective_from:
        told = {"day": format_date(rule.effective_from)}
        raise Refused(Reason(_("The last day is not before %(day)s.") % told, field="last_on"))
    if rule.effective_to is not None:
        raise Refused([_("This rule has its last day already.")])
    rule.effective_to = last_on
    rule.full_clean()
    rule.save(update_fields=["effective_to"])
    record(by=by, act="donors.end_local_rule", subject=rule, after={"last_on": last_on.isoformat()})
    return rule


@transaction.atomic
def set_booking(
    *, by: Actor, name: str, url: str, effective_from: date, citation: str, confirmed: bool
) -> BookingLink:
    """Where one books at the city's blood centre, from the day on."""
    by = acting_at_top(by)
    reasons = []
    if not url.startswith("https://"):
        reasons.append(Reason(_("The address begins with https://."), field="url"))
    if BookingLink.objects.filter(effective_from=effective_from).exists():
        reasons.append(Reason(_("A row of this day stands already."), field="effective_from"))
    if reasons:
        raise Refused(reasons)
    link = BookingLink(
        name=name.strip(),
        url=url,
        effective_from=effective_from,
        citation=citation.strip(),
        confirmed=confirmed,
    )
    link.full_clean()
    link.save()
    after = {"url": url, "from": effective_from.isoformat()}
    record(by=by, act="donors.set_booking", subject=link, after=after)
    return link


def acting_at_top(by: Actor) -> Actor:
    """The actor in an office of the top unit that may decide rules; refuses without one."""
    if by.is_system:
        return by
    hold = next((hold for hold in by.holds if RULES in hold.may and hold.is_top), None)
    if hold is None:
        raise NotAllowed([_("Only the chapter's own officers decide this.")])
    return by.as_(hold)
